using System.Text;

namespace AkkaParty.Catalog;

/// <summary>
/// Brings titles and queries into the one form in which they are compared: lower case, no accents, words separated by one space.
/// The accents are folded by a table because the program runs without culture data, where Unicode normalisation does nothing.
/// </summary>
internal static class TitleText
{
    // U+00E0 to U+00FF and U+0100 to U+017F; '*' marks a letter that becomes two (see TwoLetters), ' ' a sign that is no letter.
    private const string Latin1 = "aaaaaa*ceeeeiiiidnooooo ouuuuy*y";
    private const string ExtendedA =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    private static readonly HashSet<string> Articles =
        new(StringComparer.Ordinal) { "the", "a", "an", "le", "la", "les", "un", "une", "der", "die", "das" };

    /// <summary>
    /// Folds a text. Apostrophes, full stops and commas inside a word vanish ("D.O.A." is "doa", "20,000" is "20000");
    /// everything else that is neither letter nor digit separates words.
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= '\u0300' and <= '\u036f' || (IsJoiner(c) && IsInsideWord(text, i)))
            {
                continue;
            }

            Append(folded, char.ToLowerInvariant(c));
        }

        if (folded.Length > 0 && folded[^1] == ' ')
        {
            folded.Length--;
        }

        return folded.ToString();
    }

    /// <summary>The words of a folded text.</summary>
    public static string[] Words(string folded) => folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A folded text without its leading article, which nobody sorts titles by; never empty unless the text is.</summary>
    public static string WithoutArticle(string folded)
    {
        var space = folded.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && IsArticle(folded[..space]) ? folded[(space + 1)..] : folded;
    }

    /// <summary>Whether a folded word is an article.</summary>
    public static bool IsArticle(string word) => Articles.Contains(word);

    private static void Append(StringBuilder folded, char c)
    {
        if (TwoLetters(c) is { } letters)
        {
            folded.Append(letters);
            return;
        }

        var plain = c switch
        {
            >= '\u00e0' and <= '\u00ff' => Latin1[c - '\u00e0'],
            >= '\u0100' and <= '\u017f' => ExtendedA[c - '\u0100'],
            'ș' => 's',
            'ț' => 't',
            _ when char.IsLetterOrDigit(c) => c,
            _ => ' ',
        };
        if (plain != ' ' || (folded.Length > 0 && folded[^1] != ' '))
        {
            folded.Append(plain);
        }
    }

    private static string? TwoLetters(char c) => c switch
    {
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ĳ' => "ij",
        'ß' => "ss",
        _ => null,
    };

    private static bool IsJoiner(char c) => c is '\'' or '’' or '‘' or '`' or '.' or ',';

    private static bool IsInsideWord(string text, int index)
        => index > 0 && index + 1 < text.Length && char.IsLetterOrDigit(text[index - 1]) && char.IsLetterOrDigit(text[index + 1]);
}
