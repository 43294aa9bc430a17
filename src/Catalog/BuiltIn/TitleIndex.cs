using System.Collections.Frozen;
using System.Globalization;

namespace AkkaParty.Catalog.BuiltIn;

/// <summary>
/// Finds works by title. Every distinct word is compared with each word of a query once, whichever titles it occurs in; everything
/// that depends on the titles alone is prepared when the index is made.
/// </summary>
internal sealed class TitleIndex
{
    private const byte NoMatch = byte.MaxValue;
    private const int CompactLengthMin = 4;

    private readonly string[] _vocabulary;
    private readonly Entry[] _entries;

    /// <summary>Prepares the index.</summary>
    /// <param name="works">What can be found; hits are given as positions in this list.</param>
    public TitleIndex(IReadOnlyList<Work> works)
    {
        var titles = works
            .Select((work, index) => (Work: work, Index: index, SortKey: TitleText.WithoutArticle(TitleText.Fold(work.Titles[0]))))
            .OrderBy(work => work.SortKey, StringComparer.Ordinal)
            .ThenBy(work => work.Work.Year)
            .ThenBy(work => work.Index)
            .SelectMany((work, order) => work.Work.Titles.Select(title => (Title: title, work.Work.Year, work.Index, Order: order)))
            .ToArray();
        _vocabulary = [.. titles.SelectMany(title => WordsOf(title.Title)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var numbers = _vocabulary.Select((word, number) => (word, number)).ToFrozenDictionary(pair => pair.word, pair => pair.number);
        _entries = [.. titles.Select(title => new Entry(
            title.Title, title.Year, title.Index, title.Order, [.. WordsOf(title.Title).Select(word => numbers[word])]))];
    }

    /// <summary>
    /// Finds what matches, best first: the exact title, titles that begin so, titles with a word (or words in a row) that begins so,
    /// titles that have all the words in any order, titles that have them but for typing errors, fewest errors first. Equals are in
    /// the order of title, then year. Leading articles do not count. A year in four digits matches the year of release.
    /// </summary>
    /// <param name="query">What was typed.</param>
    /// <returns>The positions of the works that match, each once.</returns>
    public IReadOnlyList<int> Search(string query)
    {
        var folded = TitleText.Fold(query);
        if (folded.Length == 0)
        {
            return [];
        }

        var asked = new Asked(folded, _vocabulary);
        var best = new Dictionary<int, (int Rank, int Order)>();
        foreach (var entry in _entries)
        {
            var rank = entry.RankOf(asked);
            if (rank is not null && (!best.TryGetValue(entry.Index, out var known) || rank < known.Rank))
            {
                best[entry.Index] = (rank.Value, entry.Order);
            }
        }

        return [.. best.OrderBy(hit => hit.Value.Rank).ThenBy(hit => hit.Value.Order).Select(hit => hit.Key)];
    }

    // "L'Inferno" is found by "linferno", "l'inferno", "l inferno" and "inferno": joined, and in its parts.
    private static IEnumerable<string> WordsOf(string title)
        => TitleText.Words(TitleText.Fold(title)).Concat(TitleText.Words(TitleText.Fold(Parted(title)))).Distinct(StringComparer.Ordinal);

    private static string Parted(string title) => title.Replace('\'', ' ').Replace('’', ' ');

    /// <summary>Something that can be found.</summary>
    /// <param name="Titles">Its titles, at least one; the first is the one it is sorted by.</param>
    /// <param name="Year">The year of first release.</param>
    internal sealed record Work(IReadOnlyList<string> Titles, int Year);

    /// <summary>A query, prepared: its words, each with the number of errors that turns it into each word of the vocabulary.</summary>
    private sealed class Asked
    {
        public Asked(string folded, string[] vocabulary)
        {
            Folded = folded;
            Bare = TitleText.WithoutArticle(folded);
            Compact = Bare.Replace(" ", "", StringComparison.Ordinal);
            var words = TitleText.Words(folded).Distinct(StringComparer.Ordinal).ToArray();
            Words = [.. words.Select(word => (word, ErrorsTo(word, vocabulary)))];
            IsOneWord = words.Length == 1;
        }

        public string Folded { get; }

        public string Bare { get; }

        public string Compact { get; }

        public bool IsOneWord { get; }

        public (string Word, byte[] Errors)[] Words { get; }

        private static byte[] ErrorsTo(string word, string[] vocabulary)
        {
            var allowed = word.Length switch { >= 8 => 2, >= 4 => 1, _ => 0 };
            var errors = new byte[vocabulary.Length];
            for (var i = 0; i < vocabulary.Length; i++)
            {
                errors[i] = Errors(word, vocabulary[i], allowed);
            }

            return errors;
        }

        // Short words and articles are never meant by a typing error: "them" would find every title with "the". From six letters
        // on, the error may be in a word that is still being typed.
        private static byte Errors(string typed, string word, int allowed)
        {
            if (word.StartsWith(typed, StringComparison.Ordinal))
            {
                return 0;
            }

            if (allowed == 0 || word.Length < 3 || word is "and" || TitleText.IsArticle(word))
            {
                return NoMatch;
            }

            var distance = EditDistance.Bounded(typed, word, allowed, prefix: typed.Length >= 6);
            return distance == EditDistance.TooFar ? NoMatch : (byte)distance;
        }
    }

    /// <summary>One title of one work, prepared.</summary>
    private sealed class Entry(string title, int year, int index, int order, int[] words)
    {
        private const int Exact = 0;
        private const int TitlePrefix = 1;
        private const int WordPrefix = 2;
        private const int AllWords = 3;

        private readonly string _folded = TitleText.Fold(title);
        private readonly string _bare = TitleText.WithoutArticle(TitleText.Fold(title));
        private readonly string _compact = TitleText.WithoutArticle(TitleText.Fold(title)).Replace(" ", "", StringComparison.Ordinal);
        private readonly string _spaced = " " + TitleText.Fold(title);
        private readonly string _spacedParts = " " + TitleText.Fold(Parted(title));
        private readonly string _year = year.ToString("0000", CultureInfo.InvariantCulture);

        public int Index => index;

        public int Order => order;

        /// <summary>How well it matches, lower is better (a typing error adds one), or null when it does not.</summary>
        public int? RankOf(Asked asked)
        {
            if (_folded == asked.Folded || _bare == asked.Bare)
            {
                return Exact;
            }

            if (_folded.StartsWith(asked.Folded, StringComparison.Ordinal)
                || _bare.StartsWith(asked.Bare, StringComparison.Ordinal)
                || (asked.Compact.Length >= CompactLengthMin && _compact.StartsWith(asked.Compact, StringComparison.Ordinal)))
            {
                return TitlePrefix;
            }

            var errors = Errors(asked);
            if (errors is null)
            {
                return null;
            }

            return errors > 0 ? AllWords + errors : IsWordPrefix(asked) ? WordPrefix : AllWords;
        }

        private bool IsWordPrefix(Asked asked)
        {
            var atWord = " " + asked.Folded;
            return (asked.IsOneWord && asked.Folded != _year)
                || _spaced.Contains(atWord, StringComparison.Ordinal)
                || _spacedParts.Contains(atWord, StringComparison.Ordinal);
        }

        private int? Errors(Asked asked)
        {
            var total = 0;
            foreach (var (word, errors) in asked.Words)
            {
                var fewest = word == _year ? 0 : NoMatch;
                foreach (var number in words)
                {
                    fewest = Math.Min(fewest, errors[number]);
                }

                if (fewest == NoMatch)
                {
                    return null;
                }

                total += fewest;
            }

            return total;
        }
    }
}
