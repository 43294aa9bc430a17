using AkkaParty.Catalog;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Http.Rest;

/// <summary>Asks the catalogue for REST and sockets alike, with the same rules and errors.</summary>
internal sealed class FilmLookup(IFilmCatalog catalog)
{
    /// <summary>Finds films.</summary>
    /// <param name="query">What was typed.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="field">The field the query came in.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The trimmed query and its page, or the error.</returns>
    public async ValueTask<(string Query, FilmPage? Page, ApiError? Error)> SearchAsync(
        string? query, int page, string field, CancellationToken cancellationToken)
    {
        var trimmed = query?.Trim() ?? string.Empty;
        if (trimmed.Length == 0)
        {
            return (trimmed, null, ApiError.Of(PartyErrorCodes.SearchQueryRequired, field: field));
        }

        if (trimmed.Length > CatalogLimits.QueryLengthMax)
        {
            return (trimmed, null, ApiError.Invalid($"{field} must be 1 to {CatalogLimits.QueryLengthMax} characters.", field));
        }

        if (page is < 1 or > CatalogLimits.PageMax)
        {
            return (trimmed, null, ApiError.Invalid($"page must be 1 to {CatalogLimits.PageMax}.", "page"));
        }

        try
        {
            return (trimmed, await catalog.SearchAsync(trimmed, page, cancellationToken), null);
        }
        catch (CatalogUnavailableException exception)
        {
            return (trimmed, null, ApiError.Of(PartyErrorCodes.MovieSearchFailed, exception.Message, null, exception.RetryAfter));
        }
    }

    /// <summary>Finds one film.</summary>
    /// <param name="filmId">Its id.</param>
    /// <param name="field">The field the id came in.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The film, or the error.</returns>
    public async ValueTask<(FilmDetails? Film, ApiError? Error)> FindAsync(
        string? filmId, string field, CancellationToken cancellationToken)
    {
        if (ApiError.From(PartyInput.ValidateFilmId(filmId, field)) is { } invalid)
        {
            return (null, invalid);
        }

        try
        {
            return await catalog.FindAsync(filmId!, cancellationToken) is { } film
                ? (film, null)
                : (null, ApiError.Of(PartyErrorCodes.MovieNotFound, field: field));
        }
        catch (CatalogUnavailableException exception)
        {
            return (null, ApiError.Of(PartyErrorCodes.MovieLookupFailed, exception.Message, null, exception.RetryAfter));
        }
    }

    /// <summary>A film as a party shows it.</summary>
    /// <param name="film">The film.</param>
    /// <returns>The same for the wire.</returns>
    public static Movie ToMovie(Film film) => new(film.Id, film.Title, film.Year, film.PosterPath);
}
