using System.Globalization;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Catalog.Tmdb;

/// <summary>Films from TMDB, through a cache shared by everybody.</summary>
internal sealed class TmdbCatalog : IFilmCatalog, IDisposable
{
    private readonly TmdbClient _client;
    private readonly TmdbFilms _films;
    private readonly SharedAnswers<FilmPage> _pages;
    private readonly SharedAnswers<FilmDetails?> _details;

    public TmdbCatalog(TmdbOptions options, TimeProvider time, ILogger<TmdbCatalog> logger)
    {
        var empty = options.EmptyCacheDuration < options.CacheDuration ? options.EmptyCacheDuration : options.CacheDuration;
        _client = new TmdbClient(options, time, logger);
        _films = new TmdbFilms(options.ImageBaseUrl);
        Titles = new TmdbTitleCatalog(_client, _films, options, time);
        _pages = new(
            time, options.CacheEntriesMax, options.RequestsInFlightMax, page => page.Films.Count > 0 ? options.CacheDuration : empty);
        _details = new(
            time, options.CacheEntriesMax, options.RequestsInFlightMax, film => film is not null ? options.CacheDuration : empty);
    }

    /// <summary>Films and series, through the same client: one circuit for all requests.</summary>
    public ITitleCatalog Titles { get; }

    public ValueTask<FilmPage> SearchAsync(string query, int page, CancellationToken cancellationToken)
    {
        CatalogLimits.Check(query, page);
        var normal = TmdbQuery.Normal(query);
        if (!TmdbQuery.HasWords(normal))
        {
            return new ValueTask<FilmPage>(new FilmPage([], page, 0, 0));
        }

        var number = page.ToString(CultureInfo.InvariantCulture);
        return _pages.GetAsync($"{number} {normal}", () => FetchPageAsync(normal, page), cancellationToken);
    }

    public ValueTask<FilmDetails?> FindAsync(string filmId, CancellationToken cancellationToken)
        => CatalogLimits.IsFilmId(filmId)
            ? _details.GetAsync(filmId, () => FetchDetailsAsync(filmId), cancellationToken)
            : new ValueTask<FilmDetails?>((FilmDetails?)null);

    public void Dispose() => _client.Dispose();

    private async Task<FilmPage> FetchPageAsync(string query, int page)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var body = await _client.GetAsync(
            "search/movie", $"query={Uri.EscapeDataString(query)}&page={number}&include_adult=false");
        return body is null
            ? throw new CatalogUnavailableException("TMDB has no film search at the configured address (404).")
            : _films.ToPage(_client.Read(body, TmdbJson.Default.TmdbSearchBody), page);
    }

    private async Task<FilmDetails?> FetchDetailsAsync(string filmId)
    {
        var body = await _client.GetAsync("movie/" + filmId, "");
        return body is null ? null : _films.ToDetails(_client.Read(body, TmdbJson.Default.TmdbFilmBody)) ?? throw _client.Unreadable(null);
    }
}
