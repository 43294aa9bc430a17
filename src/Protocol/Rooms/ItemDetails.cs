using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>Where an item stands.</summary>
public enum ItemStatus
{
    /// <summary>It can be voted on and picked.</summary>
    Queued,

    /// <summary>It is being watched.</summary>
    Watching,

    /// <summary>It was watched; the history has it.</summary>
    Watched,

    /// <summary>It was taken out of the queue.</summary>
    Removed,
}

/// <summary>Where the look-up of an item's data stands.</summary>
public enum EnrichmentStatus
{
    /// <summary>It is going to be looked up.</summary>
    Pending,

    /// <summary>The data was found.</summary>
    Done,

    /// <summary>The catalogue has no such film.</summary>
    NotFound,

    /// <summary>The catalogue could not be asked; <see cref="ItemView.EnrichmentError"/> says why.</summary>
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
    public long? TmdbId { get; init; }

    /// <summary>The address of its poster.</summary>
    public string? PosterUrl { get; init; }

    /// <summary>The year it came out, 1800 to 2100.</summary>
    public int? Year { get; init; }

    /// <summary>Its running time, 1 to 1,000 minutes.</summary>
    public int? RuntimeMinutes { get; init; }

    /// <summary>The names of its genres.</summary>
    public IReadOnlyList<string>? Genres { get; init; }

    /// <summary>The services that show it in any of the members' regions.</summary>
    public IReadOnlyList<string>? StreamingOn { get; init; }

    /// <summary>What it is about.</summary>
    public string? Overview { get; init; }

    /// <summary>The catalogue's average rating, 0 to 10.</summary>
    public double? VoteAverage { get; init; }

    /// <summary>Where it can be watched at once.</summary>
    public string? PlayNowUrl { get; init; }

    /// <summary>The services with what they ask for it.</summary>
    public IReadOnlyList<ProviderLink>? ProviderLinks { get; init; }

    /// <summary>The services by region.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? ProvidersByRegion { get; init; }

    /// <summary>Whether nothing is known.</summary>
    [JsonIgnore]
    public bool IsEmpty => this == new ItemDetails();
}

/// <summary>A service that shows a film.</summary>
/// <param name="ProviderName">The service.</param>
/// <param name="Region">Two letters.</param>
/// <param name="AccessType"><c>flatrate</c>, <c>ads</c>, <c>free</c>, <c>rent</c> or <c>buy</c>.</param>
/// <param name="ProviderLogo">The address of its logo.</param>
/// <param name="Link">Where the film is listed.</param>
public sealed record ProviderLink(string ProviderName, string Region, string AccessType, string? ProviderLogo, string? Link);
