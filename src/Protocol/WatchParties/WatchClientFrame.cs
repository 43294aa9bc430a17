using System.Text.Json;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>
/// A frame from a client over <c>/api/v1/watch-parties/{id}/ws</c>: flat, each type with its own members, unknown ones ignored. Numbers
/// may have fractions.
/// </summary>
public sealed record WatchClientFrame : IClientFrame
{
    /// <summary>One of <see cref="WatchClientFrameTypes"/>.</summary>
    public string? Type { get; init; }

    /// <summary>The party, if the frame says so: must be the one the connection belongs to.</summary>
    public string? PartyId { get; init; }

    /// <summary>A position in seconds.</summary>
    public double? Position { get; init; }

    /// <summary>A position in milliseconds; counts more than <see cref="Position"/>.</summary>
    public double? PositionMs { get; init; }

    /// <summary>When it was meant: Unix seconds or, when the number is that large, milliseconds; RFC 3339 text as well.</summary>
    public JsonElement? Timestamp { get; init; }

    /// <summary>An item of the playlist.</summary>
    public string? ItemId { get; init; }

    /// <summary>The same, under the name that older clients use.</summary>
    public string? ClipId { get; init; }

    /// <summary>Times normal speed.</summary>
    public double? Rate { get; init; }

    /// <summary>What is said, 1 to 1,000 characters.</summary>
    public string? Message { get; init; }

    /// <summary>A message.</summary>
    public string? MessageId { get; init; }

    /// <summary>Only messages pinned up to this position, in milliseconds; left out for all.</summary>
    public double? UpToMs { get; init; }

    /// <summary>A reaction, 1 to 10 characters.</summary>
    public string? Emoji { get; init; }

    /// <summary>Where in the film a reaction belongs, in seconds.</summary>
    public double? VideoTimestamp { get; init; }

    /// <summary>Whether they write; left out for yes.</summary>
    public bool? IsTyping { get; init; }

    /// <summary>Whether they want to skip; left out for yes.</summary>
    public bool? Skip { get; init; }

    /// <summary>An item to add.</summary>
    public MediaItemInput? Item { get; init; }

    /// <summary>A place in the playlist, from 0.</summary>
    public int? Place { get; init; }

    /// <summary>How long an item is, in milliseconds.</summary>
    public double? DurationMs { get; init; }

    /// <summary>How the client is: <c>online</c>, <c>away</c>, <c>buffering</c> or <c>ready</c>.</summary>
    public string? Status { get; init; }

    /// <summary>
    /// Whether the client has what it needs to play from the party's position. Whoever says so once, either way, is waited for.
    /// </summary>
    public bool? Ready { get; init; }

    /// <summary>
    /// The barrier for which the client says that it is ready; left out for the one of which the connection was told last. For another
    /// barrier than the one playing waits for, the report does not count.
    /// </summary>
    public int? Barrier { get; init; }

    /// <summary>Whether the client says when it is ready: false takes back that it is waited for.</summary>
    public bool? ReportsReady { get; init; }

    /// <summary>The client's round trip in milliseconds.</summary>
    public double? RttMs { get; init; }

    /// <summary>How far the client is from the party's position in milliseconds: positive when it is ahead.</summary>
    public double? OffsetMs { get; init; }

    /// <summary>The client's time when it asked for the time, in milliseconds; comes back as it is.</summary>
    public double? T0 { get; init; }

    /// <inheritdoc />
    public long? Id { get; init; }
}

/// <summary>An item for the playlist as a client names it.</summary>
public sealed record MediaItemInput
{
    /// <summary>The title, 1 to 300 characters.</summary>
    public string? Title { get; init; }

    /// <summary>Where it plays, http or https, at most 2,000 characters.</summary>
    public string? Url { get; init; }

    /// <summary>The id of an uploaded film.</summary>
    public string? MediaId { get; init; }

    /// <summary>The catalogue's number.</summary>
    public int? TmdbId { get; init; }

    /// <summary>Its picture.</summary>
    public string? PosterUrl { get; init; }

    /// <summary>How long it plays in milliseconds, 1 to 86,400,000.</summary>
    public double? DurationMs { get; init; }
}
