using System.Collections.Frozen;
using System.Globalization;

namespace AkkaParty.Catalog.BuiltIn;

/// <summary>The public-domain films that come with the program, so that it can be tried without a key for anything.</summary>
internal sealed class BuiltInCatalog : IFilmCatalog
{
    private readonly FrozenDictionary<string, FilmDetails> _byId;
    private readonly Film[] _films;
    private readonly TitleIndex _index;

    public BuiltInCatalog(IReadOnlyList<BuiltInFilm> films)
    {
        var details = films.Select(ToDetails).ToArray();
        _films = [.. details.Select(film => film.Film)];
        _byId = details.ToFrozenDictionary(film => film.Film.Id, StringComparer.Ordinal);
        _index = new TitleIndex([.. films.Select(film => new TitleIndex.Work([film.Title, .. film.AlsoKnownAs ?? []], film.Year))]);
    }

    public ValueTask<FilmPage> SearchAsync(string query, int page, CancellationToken cancellationToken)
    {
        CatalogLimits.Check(query, page);
        cancellationToken.ThrowIfCancellationRequested();
        var hits = _index.Search(query);
        var first = (page - 1) * CatalogLimits.PageSize;
        var films = hits.Skip(first).Take(CatalogLimits.PageSize).Select(index => _films[index]).ToArray();
        var pages = (hits.Count + CatalogLimits.PageSize - 1) / CatalogLimits.PageSize;
        return new ValueTask<FilmPage>(new FilmPage(films, page, pages, hits.Count));
    }

    public ValueTask<FilmDetails?> FindAsync(string filmId, CancellationToken cancellationToken)
        => new(CatalogLimits.IsFilmId(filmId) ? _byId.GetValueOrDefault(filmId) : null);

    private static FilmDetails ToDetails(BuiltInFilm film) => new(
        new Film(film.Id.ToString(CultureInfo.InvariantCulture), film.Title, film.Year.ToString("0000", CultureInfo.InvariantCulture), ""),
        film.Genres,
        film.Minutes,
        film.Overview);
}
