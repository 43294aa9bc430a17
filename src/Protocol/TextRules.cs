using System.Globalization;
using System.Text;

namespace AkkaParty.Protocol;

/// <summary>The rules that hold for every text people type, on every surface.</summary>
public static class TextRules
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>How long a text is to people.</summary>
    /// <param name="text">The text as typed.</param>
    /// <returns>Its Unicode code points after trimming.</returns>
    public static int LengthOf(string text) => Clean(text).EnumerateRunes().Count();

    /// <summary>A text as it is stored: without white space around it.</summary>
    /// <param name="text">What was typed.</param>
    /// <returns>The text to store.</returns>
    public static string Clean(string text) => text.Trim();

    /// <summary>A text of another place that has no room for all of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="max">How many Unicode code points there is room for, at least 1.</param>
    /// <returns>The text, or its beginning with an ellipsis.</returns>
    public static string Shorten(string text, int max) =>
        LengthOf(text) <= max ? text : string.Concat(Clean(text).EnumerateRunes().Take(max - 1)) + '\u2026';

    /// <summary>
    /// What makes a name unique: two names with the same key (ordinal, ignoring case) look alike. Joiners and variation
    /// selectors, which are allowed for emoji and some scripts but cannot be seen, do not count, and every kind of space is one.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <returns>The key, to be compared by ordinal, ignoring case.</returns>
    public static string KeyOf(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var rune in Clean(name).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                key.Append(' ');
            }
            else if (!IsInvisible(rune))
            {
                key.Append(rune.ToString());
            }
        }

        return key.ToString();
    }

    /// <summary>Whether there is nothing to see.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for nothing, white space and what is invisible.</returns>
    public static bool IsBlank(string text) => text.EnumerateRunes().All(rune => Rune.IsWhiteSpace(rune) || IsInvisible(rune));

    /// <summary>No control, no direction override, nothing that cannot be seen, no half of a surrogate pair, no line break.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lineBreaks">Whether line feeds and carriage returns are allowed after all.</param>
    /// <returns>Whether it may be shown to others.</returns>
    public static bool IsReadable(string text, bool lineBreaks = false)
    {
        for (var index = 0; index < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune))
            {
                return false;
            }

            if (!IsReadable(rune) && !(lineBreaks && rune.Value is '\n' or '\r'))
            {
                return false;
            }

            index += rune.Utf16SequenceLength;
        }

        return true;
    }

    private static bool IsReadable(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => false,
        UnicodeCategory.Format => rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner,
        _ => true,
    };

    private static bool IsInvisible(Rune rune) =>
        rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner or (>= 0xFE00 and <= 0xFE0F);
}
