using System.Collections.Frozen;
using System.Globalization;

namespace AkkaParty.Catalog.BuiltIn;

/// <summary>The public-domain films that come with the program, so that it can be tried without a key for anything.</summary>
internal sealed class BuiltInCatalog : IFilmCatalog, ITitleCatalog
{
    private readonly FrozenDictionary<string, FilmDetails> _byId;
    private readonly Film[] _films;
    private readonly TitleIndex _index;
    private readonly TitleDetails[] _titles;
    private readonly FrozenDictionary<long, TitleDetails> _titlesById;
    private readonly ILookup<string, Known> _byTitle;

    public BuiltInCatalog(IReadOnlyList<BuiltInFilm> films)
    {
        var details = films.Select(ToDetails).ToArray();
        _films = [.. details.Select(film => film.Film)];
        _byId = details.ToFrozenDictionary(film => film.Film.Id, StringComparer.Ordinal);
        _titles = [.. films.Select(film => new TitleDetails(ToHit(film), []))];
        _titlesById = _titles.ToFrozenDictionary(title => title.Hit.Id);
        _byTitle = films
            .SelectMany((film, number) => TitlesOf(film).Select(title => new Known(title, film.Year, _titles[number])))
            .ToLookup(known => TitleText.WithoutArticle(TitleText.Fold(known.Title)), StringComparer.Ordinal);
        _index = new TitleIndex([.. films.Select(film => new TitleIndex.Work([.. TitlesOf(film)], film.Year))]);
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

    public ValueTask<IReadOnlyList<TitleHit>> SuggestAsync(string query, int limit, CancellationToken cancellationToken)
    {
        CatalogLimits.CheckTitles(query, limit);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<TitleHit>>([.. _index.Search(query).Take(limit).Select(index => _titles[index].Hit)]);
    }

    public ValueTask<TitleDetails?> MatchAsync(TitleQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<TitleDetails?>(
            query.Id is { } id && _titlesById.TryGetValue(id, out var title) ? title : MatchTitle(new TitleMatch(query)));
    }

    /// <summary>The film with this very title: nobody chooses here, so a similar one would be the wrong one.</summary>
    private TitleDetails? MatchTitle(TitleMatch match)
        => _byTitle[TitleText.WithoutArticle(TitleText.Fold(match.Title))]
            .Select(known => (known.Details, Rank: match.RankOf([known.Title], known.Year)))
            .Where(known => known.Rank is not null)
            .OrderBy(known => known.Rank)
            .Select(known => known.Details)
            .FirstOrDefault();

    private static IEnumerable<string> TitlesOf(BuiltInFilm film) => [film.Title, .. film.AlsoKnownAs ?? []];

    private static TitleHit ToHit(BuiltInFilm film)
        => new(film.Id, TitleKind.Film, film.Title, film.Year, null, film.Minutes, film.Genres, film.Overview, null);

    private static FilmDetails ToDetails(BuiltInFilm film) => new(
        new Film(film.Id.ToString(CultureInfo.InvariantCulture), film.Title, film.Year.ToString("0000", CultureInfo.InvariantCulture), ""),
        film.Genres,
        film.Minutes,
        film.Overview);

    private sealed record Known(string Title, int Year, TitleDetails Details);
}
