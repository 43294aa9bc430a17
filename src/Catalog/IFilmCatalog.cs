namespace AkkaParty.Catalog;

/// <summary>Where films are looked up: TMDB, or the built-in catalogue when the server has no key for it.</summary>
public interface IFilmCatalog
{
    /// <summary>Finds films by title.</summary>
    /// <param name="query">
    /// What the person typed, at most <see cref="CatalogLimits.QueryLengthMax"/> characters. Case and surplus white space do not matter;
    /// a query without any letter or digit matches nothing.
    /// </param>
    /// <param name="page">The page to return, 1 to <see cref="CatalogLimits.PageMax"/>.</param>
    /// <param name="cancellationToken">Stops this caller's waiting; an answer that others wait for too goes on.</param>
    /// <returns>At most <see cref="CatalogLimits.PageSize"/> films.</returns>
    /// <exception cref="ArgumentException">
    /// The query is too long or the page is out of range; the message names the field and the rule.
    /// </exception>
    /// <exception cref="CatalogUnavailableException">The films cannot be looked up now.</exception>
    ValueTask<FilmPage> SearchAsync(string query, int page, CancellationToken cancellationToken);

    /// <summary>Finds one film.</summary>
    /// <param name="filmId">A film's id as <see cref="Film.Id"/> gives it.</param>
    /// <param name="cancellationToken">Stops this caller's waiting; an answer that others wait for too goes on.</param>
    /// <returns>The film, or null when there is none with this id (text that is no id included).</returns>
    /// <exception cref="CatalogUnavailableException">The film cannot be looked up now.</exception>
    ValueTask<FilmDetails?> FindAsync(string filmId, CancellationToken cancellationToken);
}
