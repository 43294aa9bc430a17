namespace AkkaParty.Catalog.BuiltIn;

/// <summary>How many slips of the finger lie between what was typed and what was meant.</summary>
internal static class EditDistance
{
    /// <summary>What <see cref="Bounded"/> answers when the words are too far apart.</summary>
    public const int TooFar = int.MaxValue;

    private const int LengthMax = 64;

    /// <summary>
    /// The Damerau-Levenshtein distance in its restricted form: letters inserted, left out, replaced, or swapped with their
    /// neighbour count one each, and no letter is edited twice.
    /// </summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="word">What may have been meant.</param>
    /// <param name="max">The most edits that are of interest.</param>
    /// <param name="prefix">Whether being close to a beginning of the word is enough.</param>
    /// <returns>The distance, or <see cref="TooFar"/> when it is above the maximum.</returns>
    public static int Bounded(ReadOnlySpan<char> typed, ReadOnlySpan<char> word, int max, bool prefix)
    {
        if (typed.Length > LengthMax || typed.Length - word.Length > max || (!prefix && word.Length - typed.Length > max))
        {
            return TooFar;
        }

        // Beyond this many letters of the word, its beginning is longer than what was typed by more than the allowed edits.
        word = word[..Math.Min(word.Length, typed.Length + max)];
        Span<int> beforeLast = stackalloc int[word.Length + 1];
        Span<int> last = stackalloc int[word.Length + 1];
        Span<int> row = stackalloc int[word.Length + 1];
        for (var j = 0; j <= word.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= typed.Length; i++)
        {
            row[0] = i;
            var best = i;
            for (var j = 1; j <= word.Length; j++)
            {
                var cost = typed[i - 1] == word[j - 1] ? 0 : 1;
                var edits = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                {
                    edits = Math.Min(edits, beforeLast[j - 2] + 1);
                }

                row[j] = edits;
                best = Math.Min(best, edits);
            }

            if (best > max)
            {
                return TooFar;
            }

            var spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }

        var distance = last[word.Length];
        if (prefix)
        {
            foreach (var edits in last)
            {
                distance = Math.Min(distance, edits);
            }
        }

        return distance <= max ? distance : TooFar;
    }
}
