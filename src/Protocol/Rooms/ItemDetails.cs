using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>Where an item stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ItemStatus>))]
public enum ItemStatus
{
    /// <summary>It can be voted on and picked.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>It is being watched.</summary>
    [JsonStringEnumMemberName("watching")]
    Watching,

    /// <summary>It was watched; the history has it.</summary>
    [JsonStringEnumMemberName("watched")]
    Watched,

    /// <summary>It was taken out of the queue.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,
}

/// <summary>Where the look-up of an item's data stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EnrichmentStatus>))]
public enum EnrichmentStatus
{
    /// <summary>It is going to be looked up.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>The data was found.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>The catalogue has no such film.</summary>
    [JsonStringEnumMemberName("not_found")]
    NotFound,

    /// <summary>The catalogue could not be asked; <see cref="ItemView.EnrichmentError"/> says why.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>The reactions to items.</summary>
public static class ItemReactions
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = ["fire", "sleepy", "laughing", "scream", "hundred"];
}

/// <summary>What is known of a film besides its title. A member that is null is not known.</summary>
public sealed record ItemDetails
{
    /// <summary>Its TMDB id, at least 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TmdbId { get; init; }

    /// <summary>The address of its poster.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PosterUrl { get; init; }

    /// <summary>The year it came out, 1800 to 2100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Year { get; init; }

    /// <summary>Its running time, 1 to 1,000 minutes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RuntimeMinutes { get; init; }

    /// <summary>The names of its genres.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Genres { get; init; }

    /// <summary>The services that show it in any of the members' regions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? StreamingOn { get; init; }

    /// <summary>What it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Overview { get; init; }

    /// <summary>The catalogue's average rating, 0 to 10.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? VoteAverage { get; init; }

    /// <summary>Where it can be watched at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlayNowUrl { get; init; }

    /// <summary>The services with what they ask for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProviderLink>? ProviderLinks { get; init; }

    /// <summary>The services by region.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? ProvidersByRegion { get; init; }

    /// <summary>Nothing.</summary>
    public static ItemDetails None { get; } = new();

    /// <summary>No services in any region.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> NoProviders { get; } =
        new OrderedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Whether nothing is known.</summary>
    [JsonIgnore]
    public bool IsEmpty => this == None;

    /// <summary>Whether a look-up could add nothing.</summary>
    [JsonIgnore]
    public bool IsComplete =>
        TmdbId is not null && PosterUrl is not null && Year is not null && RuntimeMinutes is not null && Genres is not null
        && StreamingOn is not null && Overview is not null && VoteAverage is not null && ProvidersByRegion is not null;

    /// <summary>Fills what is not known here from elsewhere.</summary>
    /// <param name="other">The other knowledge.</param>
    /// <returns>Both, this one first.</returns>
    public ItemDetails Over(ItemDetails other) => new()
    {
        TmdbId = TmdbId ?? other.TmdbId,
        PosterUrl = PosterUrl ?? other.PosterUrl,
        Year = Year ?? other.Year,
        RuntimeMinutes = RuntimeMinutes ?? other.RuntimeMinutes,
        Genres = Genres ?? other.Genres,
        StreamingOn = StreamingOn ?? other.StreamingOn,
        Overview = Overview ?? other.Overview,
        VoteAverage = VoteAverage ?? other.VoteAverage,
        PlayNowUrl = PlayNowUrl ?? other.PlayNowUrl,
        ProviderLinks = ProviderLinks ?? other.ProviderLinks,
        ProvidersByRegion = ProvidersByRegion ?? other.ProvidersByRegion,
    };
}

/// <summary>A service that shows a film.</summary>
/// <param name="ProviderName">The service.</param>
/// <param name="Region">Two letters.</param>
/// <param name="AccessType"><c>flatrate</c>, <c>ads</c>, <c>free</c>, <c>rent</c> or <c>buy</c>.</param>
/// <param name="ProviderLogo">The address of its logo.</param>
/// <param name="Link">Where the film is listed.</param>
public sealed record ProviderLink(string ProviderName, string Region, string AccessType, string? ProviderLogo, string? Link);
