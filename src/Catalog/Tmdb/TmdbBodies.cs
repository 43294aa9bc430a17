using System.Text.Json.Serialization;

namespace AkkaParty.Catalog.Tmdb;

/// <summary>A page of <c>search/movie</c>. Everything may be missing: TMDB omits and nulls freely.</summary>
internal sealed record TmdbSearchBody(
    [property: JsonPropertyName("results")] IReadOnlyList<TmdbFilmBody?>? Results,
    [property: JsonPropertyName("total_pages")] int? TotalPages,
    [property: JsonPropertyName("total_results")] int? TotalResults);

/// <summary>A film, as an entry of a search or as the answer of <c>movie/{id}</c>.</summary>
internal sealed record TmdbFilmBody(
    [property: JsonPropertyName("id")] int? Id,
    [property: JsonPropertyName("title")] string? Title,
    [property: JsonPropertyName("original_title")] string? OriginalTitle,
    [property: JsonPropertyName("release_date")] string? ReleaseDate,
    [property: JsonPropertyName("poster_path")] string? PosterPath,
    [property: JsonPropertyName("overview")] string? Overview,
    [property: JsonPropertyName("runtime")] int? Runtime,
    [property: JsonPropertyName("genres")] IReadOnlyList<TmdbGenreBody?>? Genres);

/// <summary>A genre.</summary>
internal sealed record TmdbGenreBody(
    [property: JsonPropertyName("id")] int? Id, [property: JsonPropertyName("name")] string? Name);

/// <summary>A page of <c>search/movie</c>, <c>search/tv</c> or <c>search/multi</c>, read for films and series alike.</summary>
internal sealed record TmdbTitlesBody([property: JsonPropertyName("results")] IReadOnlyList<TmdbTitleBody?>? Results);

/// <summary>
/// A film or series, as an entry of a search or as the answer of <c>movie/{id}</c> or <c>tv/{id}</c>. A film has a title and a release
/// date, a series a name and a first air date; only <c>search/multi</c> says which it is.
/// </summary>
internal sealed record TmdbTitleBody(
    [property: JsonPropertyName("id")] int? Id,
    [property: JsonPropertyName("media_type")] string? MediaType,
    [property: JsonPropertyName("title")] string? Title,
    [property: JsonPropertyName("original_title")] string? OriginalTitle,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("original_name")] string? OriginalName,
    [property: JsonPropertyName("release_date")] string? ReleaseDate,
    [property: JsonPropertyName("first_air_date")] string? FirstAirDate,
    [property: JsonPropertyName("poster_path")] string? PosterPath,
    [property: JsonPropertyName("overview")] string? Overview,
    [property: JsonPropertyName("vote_average")] double? VoteAverage,
    [property: JsonPropertyName("vote_count")] int? VoteCount,
    [property: JsonPropertyName("genre_ids")] IReadOnlyList<int>? GenreIds,
    [property: JsonPropertyName("genres")] IReadOnlyList<TmdbGenreBody?>? Genres,
    [property: JsonPropertyName("runtime")] int? Runtime,
    [property: JsonPropertyName("episode_run_time")] IReadOnlyList<int>? EpisodeRunTime,
    [property: JsonPropertyName("watch/providers")] TmdbOffersBody? Offers);

/// <summary>The part <c>watch/providers</c> that a film or series brings along when it is appended; by country.</summary>
internal sealed record TmdbOffersBody(
    [property: JsonPropertyName("results")] IReadOnlyDictionary<string, TmdbRegionBody?>? Results);

/// <summary>The offers in one country; a kind of access that nobody offers is left out.</summary>
internal sealed record TmdbRegionBody(
    [property: JsonPropertyName("link")] string? Link,
    [property: JsonPropertyName("flatrate")] IReadOnlyList<TmdbOfferBody?>? Flatrate,
    [property: JsonPropertyName("ads")] IReadOnlyList<TmdbOfferBody?>? Ads,
    [property: JsonPropertyName("free")] IReadOnlyList<TmdbOfferBody?>? Free,
    [property: JsonPropertyName("rent")] IReadOnlyList<TmdbOfferBody?>? Rent,
    [property: JsonPropertyName("buy")] IReadOnlyList<TmdbOfferBody?>? Buy);

/// <summary>One service's offer.</summary>
internal sealed record TmdbOfferBody(
    [property: JsonPropertyName("provider_name")] string? ProviderName,
    [property: JsonPropertyName("logo_path")] string? LogoPath);

/// <summary>The answer of <c>genre/movie/list</c> and <c>genre/tv/list</c>.</summary>
internal sealed record TmdbGenresBody([property: JsonPropertyName("genres")] IReadOnlyList<TmdbGenreBody?>? Genres);

/// <summary>What TMDB says when it refuses.</summary>
internal sealed record TmdbErrorBody([property: JsonPropertyName("status_message")] string? StatusMessage);

/// <summary>The generated readers of these bodies.</summary>
[JsonSerializable(typeof(TmdbSearchBody))]
[JsonSerializable(typeof(TmdbFilmBody))]
[JsonSerializable(typeof(TmdbTitlesBody))]
[JsonSerializable(typeof(TmdbTitleBody))]
[JsonSerializable(typeof(TmdbGenresBody))]
[JsonSerializable(typeof(TmdbErrorBody))]
internal sealed partial class TmdbJson : JsonSerializerContext;
