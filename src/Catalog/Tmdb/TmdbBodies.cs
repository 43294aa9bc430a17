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

/// <summary>A genre of <c>movie/{id}</c>.</summary>
internal sealed record TmdbGenreBody([property: JsonPropertyName("name")] string? Name);

/// <summary>What TMDB says when it refuses.</summary>
internal sealed record TmdbErrorBody([property: JsonPropertyName("status_message")] string? StatusMessage);

/// <summary>The generated readers of these bodies.</summary>
[JsonSerializable(typeof(TmdbSearchBody))]
[JsonSerializable(typeof(TmdbFilmBody))]
[JsonSerializable(typeof(TmdbErrorBody))]
internal sealed partial class TmdbJson : JsonSerializerContext;
