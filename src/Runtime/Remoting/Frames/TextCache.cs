using System.Text;

namespace AkkaParty.Runtime.Remoting.Frames;

/// <summary>Texts that come again and again over a link (entity ids, manifests), as one object each. One reader at a time.</summary>
internal sealed class TextCache(int textsMax)
{
    private const int CharsMax = 128;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>The text of these UTF-8 bytes.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > CharsMax)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> chars = stackalloc char[CharsMax];
        var text = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        var lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known))
        {
            return known;
        }

        // What is in use comes back soon; cheaper than keeping an order.
        if (_texts.Count >= textsMax)
        {
            _texts.Clear();
        }

        var added = text.ToString();
        _texts.Add(added);
        return added;
    }
}
