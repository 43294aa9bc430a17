using System.Collections.Frozen;
using System.Globalization;

namespace AkkaParty.Catalog.BuiltIn;

/// <summary>
/// Finds works by title. Every distinct word is compared with each word of a query once, whichever titles it occurs in; everything
/// that depends on the titles alone is prepared when the index is made.
/// Measured over 297 films on one core: 11 to 45 microseconds (median) for what people type, 0.4 ms for 200 characters of near misses.
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
            .SelectMany((work, order) => work.Work.Titles.Select(
                (title, number) => (Title: title, IsMain: number == 0, work.Work.Year, work.Index, Order: order)))
            .ToArray();
        _vocabulary = [.. titles.SelectMany(title => WordsOf(title.Title)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var numbers = _vocabulary.Select((word, number) => (word, number)).ToFrozenDictionary(pair => pair.word, pair => pair.number);
        _entries = [.. titles.Select(title => new Entry(
            title.Title, title.IsMain, title.Year, title.Index, title.Order, [.. WordsOf(title.Title).Select(word => numbers[word])]))];
    }

    /// <summary>
    /// Finds what matches, best first: the exact title, titles that begin so, titles with a word (or words in a row) that begins so,
    /// titles that have all the words in any order, titles that have them but for typing errors (fewest errors first, and of these
    /// the ones that begin so). Equals are in the order of title, then year. Leading articles do not count, and a work's main title
    /// comes before its other ones. A year in four digits matches the year of release.
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
            FirstWord = words.Length > 1 && Bare.Length < folded.Length ? 1 : 0;
        }

        public string Folded { get; }

        public string Bare { get; }

        public string Compact { get; }

        /// <summary>Which word is the first that is no leading article.</summary>
        public int FirstWord { get; }

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
    private sealed class Entry(string title, bool isMain, int year, int index, int order, int[] words)
    {
        // Each kind of match leaves room for finer differences: the main title before the other ones, and among titles with equally
        // many typing errors the whole title, then the beginning, then the rest.
        private const int Exact = 0;
        private const int TitlePrefix = 10;
        private const int WordPrefix = 20;
        private const int AllWords = 30;
        private const int OneError = 40;

        private readonly string _bare = TitleText.WithoutArticle(TitleText.Fold(title));
        private readonly string _compact = TitleText.WithoutArticle(TitleText.Fold(title)).Replace(" ", "", StringComparison.Ordinal);
        private readonly string _spaced = " " + TitleText.Fold(title);
        private readonly string _spacedParts = " " + TitleText.Fold(Parted(title));
        private readonly string _year = year.ToString("0000", CultureInfo.InvariantCulture);
        private readonly int _firstWord =
            words[TitleText.WithoutArticle(TitleText.Fold(title)) == TitleText.Fold(title) ? 0 : Math.Min(1, words.Length - 1)];

        public int Index => index;

        public int Order => order;

        /// <summary>How well it matches, lower is better, or null when it does not.</summary>
        public int? RankOf(Asked asked) => KindOf(asked) switch
        {
            null => null,
            Exact => Exact,
            { } kind => kind + (isMain ? 0 : 1),
        };

        private int? KindOf(Asked asked)
        {
            if (_bare == asked.Bare)
            {
                return Exact;
            }

            if (_bare.StartsWith(asked.Bare, StringComparison.Ordinal)
                || _compact == asked.Compact
                || (asked.Compact.Length >= CompactLengthMin && _compact.StartsWith(asked.Compact, StringComparison.Ordinal)))
            {
                return TitlePrefix;
            }

            return Errors(asked) switch
            {
                null => null,
                0 => IsWordPrefix(asked) ? WordPrefix : AllWords,
                { } errors => (OneError * errors) + (!BeginsLike(asked) ? 4 : words.Length > asked.Words.Length ? 2 : 0),
            };
        }

        private bool BeginsLike(Asked asked) => asked.Words[asked.FirstWord].Errors[_firstWord] != NoMatch;

        private bool IsWordPrefix(Asked asked)
        {
            var atWord = " " + asked.Folded;
            return (asked.Words.Length == 1 && asked.Folded != _year)
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
