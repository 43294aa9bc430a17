using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Postgres;

/// <summary>What PostgreSQL can keep as text: any Unicode but the NUL character. No entity outside of that can exist.</summary>
internal static class StoreText
{
    public static bool Fits(EntityAddress address) => Fits(address.Kind) && Fits(address.Id);

    public static bool Fits(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0' || (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && ++i < text.Length && char.IsLowSurrogate(text[i]))))
            {
                return false;
            }
        }

        return true;
    }
}
