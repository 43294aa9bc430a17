using System.Globalization;

namespace AkkaParty.Catalog;

/// <summary>The limits of a film search, the same for every source of films.</summary>
public static class CatalogLimits
{
    /// <summary>The longest query, in UTF-16 characters.</summary>
    public const int QueryLengthMax = 200;

    /// <summary>The most films on one page.</summary>
    public const int PageSize = 20;

    /// <summary>The highest page number; TMDB serves no page above it.</summary>
    public const int PageMax = 500;

    internal const int TitleLengthMax = 300;
    internal const int OverviewLengthMax = 4_000;
    internal const int NameLengthMax = 100;
    internal const int UrlLengthMax = 2_000;

    internal static void Check(string query, int page)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Length > QueryLengthMax)
        {
            throw new ArgumentException($"query must be at most {QueryLengthMax} characters long, but has {query.Length}.", nameof(query));
        }

        if (page is < 1 or > PageMax)
        {
            throw new ArgumentOutOfRangeException(nameof(page), page, $"page must be 1 to {PageMax}.");
        }
    }

    internal static void CheckTitles(string query, int limit)
    {
        Check(query, page: 1);
        if (limit is < 1 or > PageSize)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"limit must be 1 to {PageSize}.");
        }
    }

    /// <summary>Whether the text is a film's number in its one canonical spelling, which is the only one that finds anything.</summary>
    internal static bool IsFilmId(string? filmId)
        => filmId is { Length: >= 1 and <= 10 }
            && filmId[0] != '0'
            && filmId.All(char.IsAsciiDigit)
            && int.TryParse(filmId, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
