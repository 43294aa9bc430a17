namespace AkkaParty.Node.Configuration;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Suggestion
{
    /// <summary>The known word that takes the fewest edits, or null when all are too far away.</summary>
    public static string? Nearest(string word, IReadOnlyList<string> known)
    {
        var best = known
            .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .MinBy(pair => pair.Distance);
        var last = word[(word.LastIndexOf(':') + 1)..];
        if (best.Distance <= Math.Max(2, last.Length / 3))
        {
            return best.Candidate;
        }

        // A name cut short, or the right name in the wrong section.
        return known.FirstOrDefault(candidate => last.Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            ?? known.FirstOrDefault(candidate => candidate.EndsWith(":" + last, StringComparison.OrdinalIgnoreCase));
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[right.Length];
    }
}
