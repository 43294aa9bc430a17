using System.Globalization;

namespace AkkaParty.Catalog;

/// <summary>
/// Whether a title is the one that is meant. Pure: case, accents, punctuation and a leading article do not count, and a year that is
/// known must be right to within one, as festivals and cinemas are often a year apart.
/// </summary>
internal sealed class TitleMatch
{
    private readonly string _wanted;
    private readonly string _wantedBare;

    /// <summary>Prepares the comparison. A year in brackets at the title's end is the year that is meant, unless one is given.</summary>
    public TitleMatch(TitleQuery query)
    {
        (Title, Year) = Split(query.Title.Trim(), query.Year);
        _wanted = TitleText.Fold(Title);
        _wantedBare = TitleText.WithoutArticle(_wanted);
    }

    /// <summary>The title without a year.</summary>
    public string Title { get; }

    /// <summary>The year that is meant, or null.</summary>
    public int? Year { get; }

    /// <summary>How well a work matches, lower is better, or null when it is another one.</summary>
    /// <param name="titles">Every title it is known by.</param>
    /// <param name="year">The year it came out, or null.</param>
    public int? RankOf(IEnumerable<string> titles, int? year)
    {
        var best = titles.Select(RankOf).Min();
        return best is null ? null : YearRank(year) is { } rank ? best + rank : null;
    }

    private int? RankOf(string title)
    {
        var folded = TitleText.Fold(title);
        return folded.Length == 0 ? null
            : string.Equals(folded, _wanted, StringComparison.Ordinal) ? 0
            : string.Equals(TitleText.WithoutArticle(folded), _wantedBare, StringComparison.Ordinal) ? 1
            : null;
    }

    // A year counts for more than an article.
    private int? YearRank(int? year) => (Year, year) switch
    {
        (null, _) => 0,
        (_, null) => 4,
        ({ } wanted, { } known) => Math.Abs(wanted - known) switch { 0 => 0, 1 => 2, _ => null },
    };

    private static (string Title, int? Year) Split(string title, int? year)
    {
        const int Brackets = 6;
        if (year is null
            && title.Length > Brackets + 1
            && title[^1] == ')'
            && title[^Brackets] == '('
            && title.AsSpan(title.Length - Brackets + 1, 4).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return (
                title[..^Brackets].TrimEnd(),
                int.Parse(title.AsSpan(title.Length - Brackets + 1, 4), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return (title, year);
    }
}
