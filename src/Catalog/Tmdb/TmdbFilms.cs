using System.Globalization;

namespace AkkaParty.Catalog.Tmdb;

/// <summary>From TMDB's bodies to films: the one place that knows what may be missing in them.</summary>
/// <param name="imageBaseUrl">What is put in front of an image's path.</param>
internal sealed class TmdbFilms(Uri imageBaseUrl)
{
    private const int ImagePathLengthMax = 200;
    private readonly string _imageBase = imageBaseUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>A page of films; entries without an id or a title are left out.</summary>
    public FilmPage ToPage(TmdbSearchBody body, int page) => new(
        [.. (body.Results ?? []).Take(CatalogLimits.PageSize).Select(ToFilm).OfType<Film>()],
        page,
        Math.Clamp(body.TotalPages ?? 0, 0, CatalogLimits.PageMax),
        Math.Max(body.TotalResults ?? 0, 0));

    /// <summary>A film's details, or null when the body has no id or no title.</summary>
    public FilmDetails? ToDetails(TmdbFilmBody body) => ToFilm(body) is { } film
        ? new FilmDetails(
            film,
            [.. (body.Genres ?? []).Select(genre => Clean(genre?.Name, CatalogLimits.TitleLengthMax)).Where(name => name.Length > 0)],
            body.Runtime is > 0 ? body.Runtime : null,
            Clean(body.Overview, CatalogLimits.OverviewLengthMax))
        : null;

    /// <summary>The full address of an image, or empty when the path is none.</summary>
    public string Image(string? path)
        => path is { Length: > 1 and <= ImagePathLengthMax } && path[0] == '/' && path.All(c => c is > ' ' and <= '~')
            ? _imageBase + path
            : "";

    /// <summary>The year of a date in four digits, or empty when it is none.</summary>
    public static string Year(string? releaseDate)
        => releaseDate is { Length: >= 4 } && releaseDate.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0 ? releaseDate[..4] : "";

    /// <summary>A text without control characters and surplus space, cut to a length; empty when there is none.</summary>
    public static string Clean(string? text, int lengthMax)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var clean = text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
        clean = clean.Trim();
        if (clean.Length <= lengthMax)
        {
            return clean;
        }

        // Never cut a surrogate pair in two: half of one cannot be written as UTF-8.
        return clean[..(char.IsHighSurrogate(clean[lengthMax - 1]) ? lengthMax - 1 : lengthMax)];
    }

    private Film? ToFilm(TmdbFilmBody? body)
    {
        var title = Clean(body?.Title, CatalogLimits.TitleLengthMax);
        if (title.Length == 0)
        {
            title = Clean(body?.OriginalTitle, CatalogLimits.TitleLengthMax);
        }

        return body?.Id is > 0 and var id && title.Length > 0
            ? new Film(id.ToString(CultureInfo.InvariantCulture), title, Year(body.ReleaseDate), Image(body.PosterPath))
            : null;
    }
}
