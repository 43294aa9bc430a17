using System.Globalization;

namespace AkkaParty.Catalog.Tmdb;

/// <summary>From TMDB's bodies to films and series: the one place that knows what may be missing in them.</summary>
/// <param name="films">What films and these have in common.</param>
internal sealed class TmdbTitles(TmdbFilms films)
{
    private const int GenresMax = 20;
    private const int OffersMax = 100;

    /// <summary>The titles by which a film or series is known: its own, and the one in its own language.</summary>
    public static IEnumerable<string> TitlesOf(TmdbTitleBody body)
        => new[] { body.Title, body.OriginalTitle, body.Name, body.OriginalName }.OfType<string>();

    /// <summary>The year it came out, or null.</summary>
    public static int? YearOf(TmdbTitleBody body)
        => TmdbFilms.Year(string.IsNullOrEmpty(body.ReleaseDate) ? body.FirstAirDate : body.ReleaseDate) is { Length: 4 } year
            ? int.Parse(year, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;

    /// <summary>A film or series, or null when the body has no id or no title.</summary>
    /// <param name="body">The body.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="genres">The names of the genres' numbers, for a body that has no names.</param>
    public TitleHit? ToHit(TmdbTitleBody body, TitleKind kind, IReadOnlyDictionary<int, string> genres)
    {
        var title = TitlesOf(body)
            .Select(text => TmdbFilms.Clean(text, CatalogLimits.TitleLengthMax))
            .FirstOrDefault(text => text.Length > 0);
        if (title is null || body.Id is not > 0)
        {
            return null;
        }

        return new TitleHit(
            body.Id.Value,
            kind,
            title,
            YearOf(body),
            OrNull(films.Image(body.PosterPath)),
            Runtime(body),
            [.. GenresOf(body, genres).Distinct(StringComparer.Ordinal).Take(GenresMax)],
            OrNull(TmdbFilms.Clean(body.Overview, CatalogLimits.OverviewLengthMax)),
            body is { VoteAverage: > 0 and <= 10, VoteCount: not 0 } ? body.VoteAverage : null);
    }

    /// <summary>Where it can be watched, by country.</summary>
    public IReadOnlyList<RegionOffers> ToRegions(TmdbOffersBody? body)
    {
        // Most services are in most countries: each is kept once.
        var known = new Dictionary<(string?, string?, string), Offer?>();
        return [.. (body?.Results ?? new Dictionary<string, TmdbRegionBody?>())
            .Where(region => region.Key is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] && region.Value is not null)
            .OrderBy(region => region.Key, StringComparer.Ordinal)
            .Select(region => new RegionOffers(region.Key, Link(region.Value!.Link), [.. OffersOf(region.Value).Take(OffersMax)]))];

        IEnumerable<Offer> OffersOf(TmdbRegionBody region)
            => Of(region.Flatrate, "flatrate")
                .Concat(Of(region.Ads, "ads"))
                .Concat(Of(region.Free, "free"))
                .Concat(Of(region.Rent, "rent"))
                .Concat(Of(region.Buy, "buy"));

        IEnumerable<Offer> Of(IReadOnlyList<TmdbOfferBody?>? offers, string access)
            => (offers ?? []).Select(offer => ToOffer(offer, access)).OfType<Offer>();

        Offer? ToOffer(TmdbOfferBody? offer, string access)
        {
            var key = (offer?.ProviderName, offer?.LogoPath, access);
            if (!known.TryGetValue(key, out var made))
            {
                var name = TmdbFilms.Clean(offer?.ProviderName, CatalogLimits.NameLengthMax);
                made = name.Length == 0 ? null : new Offer(name, access, OrNull(films.Image(offer?.LogoPath)));
                known.Add(key, made);
            }

            return made;
        }
    }

    private static IEnumerable<string> GenresOf(TmdbTitleBody body, IReadOnlyDictionary<int, string> names)
        => body.Genres is { } genres
            ? genres.Select(genre => TmdbFilms.Clean(genre?.Name, CatalogLimits.NameLengthMax)).Where(name => name.Length > 0)
            : (body.GenreIds ?? []).Select(names.GetValueOrDefault).OfType<string>();

    // A series has no running time of its own; what an episode takes is the nearest thing.
    private static int? Runtime(TmdbTitleBody body)
        => body.Runtime is > 0 ? body.Runtime : (body.EpisodeRunTime ?? []).Cast<int?>().FirstOrDefault(minutes => minutes > 0);

    private static string? Link(string? text)
        => text is { Length: > 0 and <= CatalogLimits.UrlLengthMax }
            && Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps
            ? text
            : null;

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}
