using System.Diagnostics.CodeAnalysis;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>The form of an invite code: letters and digits that are not mistaken for one another.</summary>
public static class InviteCodes
{
    /// <summary>The characters: no I, O, 0 or 1.</summary>
    public const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>How many characters a code has.</summary>
    public const int Length = 6;

    /// <summary>Whether a text is a code; they are compared letter by letter, small letters are none.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True when it has the form.</returns>
    public static bool IsCode([NotNullWhen(true)] string? text)
    {
        if (text is not { Length: Length })
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!Alphabet.Contains(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes a code of an id that was drawn at random, or derived.</summary>
    /// <param name="id">The id; its last bytes have no fixed bits.</param>
    /// <returns>The code: the same for the same id.</returns>
    public static string Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);

        // 32 characters: five bits each.
        Span<char> code = stackalloc char[Length];
        for (var i = 0; i < code.Length; i++)
        {
            code[i] = Alphabet[bytes[bytes.Length - Length + i] % Alphabet.Length];
        }

        return code.ToString();
    }
}
