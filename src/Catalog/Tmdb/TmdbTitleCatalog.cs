using System.Globalization;

namespace AkkaParty.Catalog.Tmdb;

/// <summary>Films and series from TMDB, through a cache shared by everybody.</summary>
internal sealed class TmdbTitleCatalog : ITitleCatalog
{
    // What can be watched where makes an entry some 50 KB for a film that everybody shows.
    private const int DetailsEntriesMax = 500;
    private static readonly Dictionary<int, string> NoGenres = [];

    private readonly TmdbClient _client;
    private readonly TmdbTitles _titles;
    private readonly SharedAnswers<IReadOnlyList<TitleHit>> _hits;
    private readonly SharedAnswers<TitleDetails?> _details;
    private readonly SharedAnswers<IReadOnlyDictionary<int, string>> _genres;

    public TmdbTitleCatalog(TmdbClient client, TmdbFilms films, TmdbOptions options, TimeProvider time)
    {
        var empty = options.EmptyCacheDuration < options.CacheDuration ? options.EmptyCacheDuration : options.CacheDuration;
        _client = client;
        _titles = new TmdbTitles(films);
        _hits = new(
            time, options.CacheEntriesMax, options.RequestsInFlightMax, hits => hits.Count > 0 ? options.CacheDuration : empty);
        _details = new(
            time,
            Math.Min(options.CacheEntriesMax, DetailsEntriesMax),
            options.RequestsInFlightMax,
            title => title is not null ? options.CacheDuration : empty);
        _genres = new(time, options.CacheEntriesMax, options.RequestsInFlightMax, _ => options.CacheDuration);
    }

    public async ValueTask<IReadOnlyList<TitleHit>> SuggestAsync(string query, int limit, CancellationToken cancellationToken)
    {
        CatalogLimits.CheckTitles(query, limit);
        var normal = TmdbQuery.Normal(query);
        if (!TmdbQuery.HasWords(normal))
        {
            return [];
        }

        var hits = await _hits.GetAsync(normal, () => FetchHitsAsync(normal), cancellationToken);
        return hits.Count <= limit ? hits : [.. hits.Take(limit)];
    }

    public ValueTask<TitleDetails?> MatchAsync(TitleQuery query, CancellationToken cancellationToken)
    {
        var match = new TitleMatch(query);
        var normal = TmdbQuery.Normal(match.Title.Length <= CatalogLimits.QueryLengthMax
            ? match.Title
            : match.Title[..CatalogLimits.QueryLengthMax]);
        var id = query.Id is > 0 and <= int.MaxValue ? (int)query.Id : 0;
        return id > 0 || TmdbQuery.HasWords(normal)
            ? _details.GetAsync(
                string.Create(CultureInfo.InvariantCulture, $"{id} {match.Year ?? 0} {normal}"),
                () => FetchMatchAsync(id, normal, match),
                cancellationToken)
            : new ValueTask<TitleDetails?>((TitleDetails?)null);
    }

    private async Task<IReadOnlyList<TitleHit>> FetchHitsAsync(string query)
    {
        var body = await SearchAsync("search/multi", query, "");
        var hits = new List<TitleHit>();
        foreach (var entry in body)
        {
            // People and collections are found as well.
            if (KindOf(entry.MediaType) is { } kind && _titles.ToHit(entry, kind, await GenresAsync(kind)) is { } hit)
            {
                hits.Add(hit);
            }
        }

        return hits;
    }

    private async Task<TitleDetails?> FetchMatchAsync(int id, string query, TitleMatch match)
        => (id > 0 ? await FetchByIdAsync(id, match) : null)
            ?? (TmdbQuery.HasWords(query) ? await FetchByTitleAsync(query, match) : null);

    /// <summary>The film with this id, unless its title is another one and the series with this id has the right one.</summary>
    private async Task<TitleDetails?> FetchByIdAsync(int id, TitleMatch match)
    {
        var film = await FetchAsync(id, TitleKind.Film);
        if (film is not null && match.RankOf(TmdbTitles.TitlesOf(film), TmdbTitles.YearOf(film)) is not null)
        {
            return ToDetails(film, TitleKind.Film);
        }

        var series = await FetchAsync(id, TitleKind.Series);
        if (series is not null
            && (film is null || match.RankOf(TmdbTitles.TitlesOf(series), TmdbTitles.YearOf(series)) is not null))
        {
            return ToDetails(series, TitleKind.Series);
        }

        return film is null ? null : ToDetails(film, TitleKind.Film);
    }

    /// <summary>
    /// The film with this very title, else the series, first of the year that is meant, then of any; else whatever TMDB ranks first.
    /// </summary>
    private async Task<TitleDetails?> FetchByTitleAsync(string query, TitleMatch match)
    {
        (int Id, TitleKind Kind)? first = null;
        int?[] years = match.Year is null ? [null] : [match.Year, null];
        foreach (var year in years)
        {
            foreach (var kind in new[] { TitleKind.Film, TitleKind.Series })
            {
                var found = await SearchAsync(kind, query, year);
                if (Best(found, match) is { } best)
                {
                    return await FetchDetailsAsync(best, kind);
                }

                first ??= found.Count > 0 ? (found[0].Id!.Value, kind) : null;
            }
        }

        return first is { } some ? await FetchDetailsAsync(some.Id, some.Kind) : null;
    }

    private static int? Best(IReadOnlyList<TmdbTitleBody> found, TitleMatch match)
        => found.Select(body => (Body: body, Rank: match.RankOf(TmdbTitles.TitlesOf(body), TmdbTitles.YearOf(body))))
            .Where(entry => entry.Rank is not null)
            .OrderBy(entry => entry.Rank)
            .Select(entry => entry.Body.Id)
            .FirstOrDefault();

    private async Task<TitleDetails?> FetchDetailsAsync(int id, TitleKind kind)
        => await FetchAsync(id, kind) is { } body ? ToDetails(body, kind) : null;

    private TitleDetails ToDetails(TmdbTitleBody body, TitleKind kind)
        => _titles.ToHit(body, kind, NoGenres) is { } hit
            ? new TitleDetails(hit, _titles.ToRegions(body.Offers))
            : throw _client.Unreadable(null);

    // Appended, the offers cost no request of their own.
    private async Task<TmdbTitleBody?> FetchAsync(int id, TitleKind kind)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{(kind is TitleKind.Film ? "movie" : "tv")}/{id}");
        var body = await _client.GetAsync(path, "append_to_response=watch/providers");
        return body is null ? null : _client.Read(body, TmdbJson.Default.TmdbTitleBody);
    }

    private Task<IReadOnlyList<TmdbTitleBody>> SearchAsync(TitleKind kind, string query, int? year)
    {
        var (path, field) = kind is TitleKind.Film ? ("search/movie", "year") : ("search/tv", "first_air_date_year");
        return SearchAsync(path, query, year is null ? "" : string.Create(CultureInfo.InvariantCulture, $"&{field}={year}"));
    }

    private async Task<IReadOnlyList<TmdbTitleBody>> SearchAsync(string path, string query, string more)
    {
        var body = await _client.GetAsync(path, $"query={Uri.EscapeDataString(query)}&page=1&include_adult=false{more}")
            ?? throw new CatalogUnavailableException($"TMDB has no {path} at the configured address (404).");
        var results = _client.Read(body, TmdbJson.Default.TmdbTitlesBody).Results ?? [];
        return [.. results.OfType<TmdbTitleBody>().Where(entry => entry.Id is > 0)];
    }

    private async Task<IReadOnlyDictionary<int, string>> GenresAsync(TitleKind kind)
    {
        var path = kind is TitleKind.Film ? "genre/movie/list" : "genre/tv/list";
        return await _genres.GetAsync(path, () => FetchGenresAsync(path), CancellationToken.None);
    }

    private async Task<IReadOnlyDictionary<int, string>> FetchGenresAsync(string path)
    {
        var body = await _client.GetAsync(path, "");
        return body is null
            ? NoGenres
            : (_client.Read(body, TmdbJson.Default.TmdbGenresBody).Genres ?? [])
                .Where(genre => genre?.Id is not null && !string.IsNullOrWhiteSpace(genre.Name))
                .DistinctBy(genre => genre!.Id)
                .ToDictionary(genre => genre!.Id!.Value, genre => TmdbFilms.Clean(genre!.Name, CatalogLimits.NameLengthMax));
    }

    private static TitleKind? KindOf(string? mediaType) => mediaType switch
    {
        "movie" => TitleKind.Film,
        "tv" => TitleKind.Series,
        _ => null,
    };
}
