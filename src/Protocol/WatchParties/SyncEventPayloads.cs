using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>What somebody did, or what happened by itself: the payload of <c>sync</c> frames over <c>/ws/room/{roomID}</c>.</summary>
public sealed record SyncEventShown
{
    /// <summary>One of <see cref="SyncEventActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The position in seconds, with two decimals: for what moves playback the one at <see cref="AtMs"/>.</summary>
    public required double CurrentTime { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Who did it; empty for nobody.</summary>
    public required string UserId { get; init; }

    /// <summary>Their name; empty for nobody.</summary>
    public required string Username { get; init; }

    /// <summary>More, where there is more to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SyncDataShown? Data { get; init; }

    /// <summary>The position in milliseconds.</summary>
    public required long PositionMs { get; init; }

    /// <summary>When it happened, in Unix milliseconds of the server's clock.</summary>
    public required double ServerTimeMs { get; init; }

    /// <summary>When it takes effect, in Unix milliseconds of the server's clock; left out for what moves nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AtMs { get; init; }

    /// <summary>What holds from then on, to compute with; left out for what moves nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlaybackShown? Playback { get; init; }

    /// <summary>What plays from then on; left out for nothing, and for what moves nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MediaItem? Item { get; init; }

    /// <summary>Whether it went on because an item was over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Ended { get; init; }

    /// <summary>The message that was said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChatMessage? Message { get; init; }
}

/// <summary>More about an action.</summary>
public sealed record SyncDataShown
{
    /// <summary>The position in seconds, with two decimals.</summary>
    public double CurrentTime { get; init; }

    /// <summary>How long what plays is, in seconds; left out when nobody knows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Duration { get; init; }

    /// <summary>Times normal speed; left out where that is not the matter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PlaybackRate { get; init; }

    /// <summary>Whether their client waits for data; left out where that is not the matter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsBuffering { get; init; }

    /// <summary>What was said; left out where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChatMessage { get; init; }
}

/// <summary>What happened to somebody's seat, or how their client is.</summary>
/// <param name="Action"><c>joined</c>, <c>left</c>, <c>updated</c> or <c>status</c>.</param>
/// <param name="UserId">Who.</param>
/// <param name="Username">Their name.</param>
/// <param name="Role">What they are.</param>
/// <param name="IsHost">Whether they are the host.</param>
/// <param name="IsGuest">Whether they have no account.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomParticipantChanged(
    string Action, string UserId, string Username, WatchRole Role, bool IsHost, bool IsGuest, DateTimeOffset Timestamp)
{
    /// <summary>Their picture; left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AvatarUrl { get; init; }

    /// <summary>How many have a seat now; left out where that does not change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Count { get; init; }

    /// <summary>Why they left; left out for all else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LeaveReason? Reason { get; init; }

    /// <summary>Whether they are muted; left out where that is not what changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Muted { get; init; }

    /// <summary>True when their account was deleted: all they said is under this name now; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? AccountDeleted { get; init; }

    /// <summary>How their client is; left out where that is not what changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WatchStatus? Status { get; init; }

    /// <summary>How far they are from the room's position, signed; left out where that is not what changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SyncOffsetMs { get; init; }
}

/// <summary>The host is another one.</summary>
/// <param name="UserId">The host from now on.</param>
/// <param name="Username">Their name.</param>
/// <param name="FormerUserId">Who was it; null for nobody.</param>
/// <param name="Reason">Why.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomHostShown(string UserId, string Username, string? FormerUserId, HostChangeReason Reason, DateTimeOffset Timestamp);

/// <summary>Something that was said was taken back.</summary>
/// <param name="MessageId">What.</param>
/// <param name="UserId">Who had said it.</param>
/// <param name="By">Who took it back; null for an administrator without a seat.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomChatDeleted(string MessageId, string UserId, string? By, DateTimeOffset Timestamp);

/// <summary>A barrier came up, waits for somebody less, or is over.</summary>
/// <param name="Action"><c>raised</c>, <c>reached</c> or <c>ended</c>.</param>
/// <param name="BarrierId">Which.</param>
/// <param name="Barrier">The barrier as it is now; null when it is over.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomBarrierShown(string Action, int BarrierId, BarrierView? Barrier, DateTimeOffset Timestamp)
{
    /// <summary>Why it is over; left out before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BarrierEnd? Reason { get; init; }

    /// <summary>For whom it waits no longer; left out when it does not say of one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UserId { get; init; }

    /// <summary>Whom it still waited for when it was over; left out before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Missing { get; init; }
}

/// <summary>A vote to skip what plays.</summary>
/// <param name="UserId">Who voted, or took the vote back by going.</param>
/// <param name="Skip">Whether they want to skip it.</param>
/// <param name="SkipVotes">How it stands.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomSkipVotesShown(string UserId, bool Skip, SkipVotes SkipVotes, DateTimeOffset Timestamp);

/// <summary>The playlist changed.</summary>
/// <param name="Action"><c>add</c>, <c>remove</c>, <c>move</c> or <c>update</c>.</param>
/// <param name="ItemId">Which item.</param>
/// <param name="By">Who did it; null for an administrator without a seat.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomPlaylistShown(string Action, string ItemId, string? By, DateTimeOffset Timestamp)
{
    /// <summary>An item that was added; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MediaItem? Item { get; init; }

    /// <summary>Its place from 0; left out where that does not change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Place { get; init; }

    /// <summary>How long it is; left out where that is not what changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DurationMs { get; init; }
}

/// <summary>Name, description, settings or password changed.</summary>
/// <param name="Name">The name from now on.</param>
/// <param name="Description">The description from now on; null for none.</param>
/// <param name="Settings">The settings from now on.</param>
/// <param name="HasPassword">Whether joining takes a password from now on.</param>
/// <param name="By">Who changed it; null for an administrator without a seat.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomSettingsShown(
    string Name, string? Description, WatchSettings Settings, bool HasPassword, string? By, DateTimeOffset Timestamp);

/// <summary>Somebody asks to be let in. Who may answer them asks who it is.</summary>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomAccessRequested(DateTimeOffset Timestamp);

/// <summary>The room ended; the connection is closed behind it.</summary>
/// <param name="By">Who ended it; null for an administrator without a seat.</param>
/// <param name="ByName">Their name; left out when unknown.</param>
/// <param name="Deleted">Whether it was deleted for good; else it can be started again.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomEndedShown(
    string? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ByName,
    bool Deleted,
    DateTimeOffset Timestamp);

/// <summary>The room began again.</summary>
/// <param name="By">Who started it; null for an administrator without a seat.</param>
/// <param name="ByName">Their name; left out when unknown.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RoomRestartedShown(
    string? By, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ByName, DateTimeOffset Timestamp);

/// <summary>Somebody reacts.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Username">Their name.</param>
/// <param name="Emoji">With what.</param>
/// <param name="CurrentTime">Where in the film, in seconds; null when not said.</param>
/// <param name="Timestamp">When.</param>
public sealed record RoomReactionShown(string UserId, string Username, string Emoji, double? CurrentTime, DateTimeOffset Timestamp);

/// <summary>Somebody writes, or no longer.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Username">Their name.</param>
/// <param name="IsTyping">Whether they do.</param>
/// <param name="Timestamp">When.</param>
public sealed record RoomTypingShown(string UserId, string Username, bool IsTyping, DateTimeOffset Timestamp);
