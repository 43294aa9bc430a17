using System.Text.Json.Serialization;

namespace AkkaParty.Catalog.BuiltIn;

/// <summary>An entry of <c>films.json</c>. Entries are appended and never renumbered: parties keep the ids.</summary>
/// <param name="Id">
/// Our own number, from <see cref="FirstId"/> upwards and so beyond the ids that TMDB gives: an id of one source can never mean a
/// different film in the other.
/// </param>
/// <param name="Title">The title it is best known by in English.</param>
/// <param name="Year">The year of first release.</param>
/// <param name="Minutes">The running time; for a silent film, which had no fixed speed, that of a common version.</param>
/// <param name="Genres">Genres, named as TMDB names them.</param>
/// <param name="PublicDomain">Why it is in the public domain in the United States.</param>
/// <param name="Overview">One line of ours about it.</param>
/// <param name="AlsoKnownAs">Other titles that a search finds it by, or null.</param>
internal sealed record BuiltInFilm(
    int Id,
    string Title,
    int Year,
    int Minutes,
    IReadOnlyList<string> Genres,
    PublicDomainReason PublicDomain,
    string Overview,
    IReadOnlyList<string>? AlsoKnownAs)
{
    /// <summary>The lowest number in the built-in catalogue.</summary>
    public const int FirstId = 900_000_001;
}

/// <summary>
/// Why a film is in the public domain in the United States, as far as is commonly known. Other countries count differently.
/// </summary>
internal enum PublicDomainReason
{
    /// <summary>Published before 1930: its term has run out.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>Published without a valid notice, or never renewed.</summary>
    [JsonStringEnumMemberName("lapsed")]
    Lapsed,

    /// <summary>Made by the government of the United States.</summary>
    [JsonStringEnumMemberName("us-government")]
    UsGovernment,
}

/// <summary>The generated reader of <c>films.json</c>: strict, so that a slip in the file stops the tests.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<BuiltInFilm>))]
internal sealed partial class BuiltInJson : JsonSerializerContext;
