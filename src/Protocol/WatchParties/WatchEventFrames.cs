using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>
/// A flat frame that tells the followers over <c>/api/v1/watch-parties/{id}/ws</c> what happened. What stands here is in every one of
/// them, as it was when it happened; a frame that moves playback says where it will be at <c>at_ms</c>.
/// </summary>
/// <param name="Type">One of <see cref="WatchEventTypes"/>.</param>
public abstract record WatchEventFrame([property: JsonPropertyOrder(-9)] string Type)
{
    /// <summary>The party.</summary>
    [JsonPropertyOrder(-8)]
    public string PartyId { get; init; } = "";

    /// <summary>What plays; null for nothing.</summary>
    [JsonPropertyOrder(-7)]
    public string? ClipId { get; init; }

    /// <summary>The position in whole seconds.</summary>
    [JsonPropertyOrder(-6)]
    public long Position { get; init; }

    /// <summary>Whether it plays.</summary>
    [JsonPropertyOrder(-5)]
    public bool IsPlaying { get; init; }

    /// <summary>When it happened, in Unix seconds.</summary>
    [JsonPropertyOrder(-4)]
    public long ServerTimestamp { get; init; }

    /// <summary>The event's number: what to resume from with <c>?since=</c>.</summary>
    [JsonPropertyOrder(-3)]
    public long Seq { get; init; }

    /// <summary>The position in milliseconds.</summary>
    [JsonPropertyOrder(-2)]
    public long PositionMs { get; init; }

    /// <summary>When it happened, in Unix milliseconds of the server's clock.</summary>
    [JsonPropertyOrder(-1)]
    public double ServerTimeMs { get; init; }

    /// <summary>Who it is about, or who did it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WatchPersonShown? Participant { get; init; }
}

/// <summary>Playback moved.</summary>
/// <param name="Type"><c>play</c>, <c>pause</c>, <c>seek</c>, <c>skip</c> or <c>rate</c>.</param>
/// <param name="Action">The same, or <c>ended</c> when the item before was over.</param>
/// <param name="AtMs">When it takes effect, in Unix milliseconds of the server's clock. Until then what held before goes on.</param>
/// <param name="Rate">Times normal speed.</param>
/// <param name="Playback">What holds from then on, to compute with.</param>
/// <param name="Item">What plays; null for nothing.</param>
/// <param name="By">Whose command it was; null for the party's own.</param>
public sealed record WatchMovedFrame(
    string Type, PlaybackAction Action, long AtMs, double Rate, PlaybackShown Playback, MediaItem? Item, string? By)
    : WatchEventFrame(Type);

/// <summary>A barrier came up, waits for somebody less, or is over.</summary>
/// <param name="Action"><c>raised</c>, <c>reached</c> or <c>ended</c>.</param>
/// <param name="BarrierId">Which.</param>
/// <param name="Barrier">The barrier as it is now; null when it is over.</param>
/// <param name="Reason">Why it is over; left out before.</param>
/// <param name="UserId">For whom it waits no longer; left out when it does not say of one.</param>
/// <param name="Missing">Whom it still waited for when it was over; left out before.</param>
public sealed record WatchBarrierFrame(
    string Action,
    int BarrierId,
    BarrierView? Barrier,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BarrierEnd? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Missing = null)
    : WatchEventFrame(WatchEventTypes.Barrier);

/// <summary>A vote to skip what plays.</summary>
/// <param name="UserId">Who voted, or took the vote back by going.</param>
/// <param name="Skip">Whether they want to skip it.</param>
/// <param name="SkipVotes">How it stands.</param>
public sealed record WatchSkipVotesFrame(string UserId, bool Skip, SkipVotes SkipVotes) : WatchEventFrame(WatchEventTypes.SkipVotes);

/// <summary>The playlist changed.</summary>
/// <param name="Action"><c>add</c>, <c>remove</c>, <c>move</c> or <c>update</c>.</param>
/// <param name="ItemId">Which item.</param>
/// <param name="Item">An item that was added; left out otherwise.</param>
/// <param name="Place">Its place from 0; left out where that does not change.</param>
/// <param name="DurationMs">How long it is; left out where that is not what changed.</param>
/// <param name="By">Who did it; null for an administrator without a seat.</param>
public sealed record WatchPlaylistFrame(
    string Action,
    string ItemId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MediaItem? Item,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Place,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? DurationMs,
    string? By) : WatchEventFrame(WatchEventTypes.Playlist);

/// <summary>Somebody took a seat, or took theirs again.</summary>
/// <param name="ParticipantCount">How many have a seat now.</param>
/// <param name="Returned">Whether they had one before.</param>
public sealed record WatchJoinedFrame(int ParticipantCount, bool Returned) : WatchEventFrame(WatchEventTypes.ParticipantJoined);

/// <summary>Somebody has no seat any more.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who put them out; null when nobody did.</param>
/// <param name="ParticipantCount">How many have a seat now.</param>
public sealed record WatchLeftFrame(string UserId, LeaveReason Reason, string? By, int ParticipantCount)
    : WatchEventFrame(WatchEventTypes.ParticipantLeft);

/// <summary>Somebody's role changed, they were muted or not any more, or their account was deleted.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Muted">Whether they are muted; left out where that is not what changed.</param>
/// <param name="By">Who did it; null for an administrator without a seat.</param>
public sealed record WatchUpdatedFrame(
    string UserId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Muted, string? By)
    : WatchEventFrame(WatchEventTypes.ParticipantUpdated)
{
    /// <summary>True when their account was deleted: what they said has the name of <c>participant</c> now; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? AccountDeleted { get; init; }
}

/// <summary>Somebody connected or disconnected, or their client is otherwise.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Connected">Whether a connection of theirs is open.</param>
/// <param name="Status">How their client is.</param>
/// <param name="SyncOffsetMs">How far they are from the party's position, signed; left out when they have just come or gone.</param>
public sealed record WatchPresenceFrame(
    string UserId,
    bool Connected,
    WatchStatus Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? SyncOffsetMs)
    : WatchEventFrame(WatchEventTypes.Presence);

/// <summary>The host is another one: the participant.</summary>
/// <param name="HostUserId">The host from now on.</param>
/// <param name="FormerHostUserId">Who was it, and is a co-host now; null for nobody.</param>
/// <param name="Reason">Why.</param>
public sealed record WatchHostFrame(string HostUserId, string? FormerHostUserId, HostChangeReason Reason)
    : WatchEventFrame(WatchEventTypes.HostChanged);

/// <summary>Somebody said something.</summary>
/// <param name="ChatMessage">The message.</param>
public sealed record WatchChatFrame(WatchChatShown ChatMessage) : WatchEventFrame(WatchEventTypes.ChatMessage);

/// <summary>Something that was said was taken back.</summary>
/// <param name="MessageId">What.</param>
/// <param name="UserId">Who had said it.</param>
/// <param name="By">Who took it back; null for an administrator without a seat.</param>
public sealed record WatchChatDeletedFrame(string MessageId, string UserId, string? By) : WatchEventFrame(WatchEventTypes.ChatDeleted);

/// <summary>Title, description, settings or password changed.</summary>
/// <param name="Title">The title from now on.</param>
/// <param name="Description">The description from now on; null for none.</param>
/// <param name="Settings">The settings from now on.</param>
/// <param name="HasPassword">Whether joining takes a password from now on.</param>
/// <param name="By">Who changed it; null for an administrator without a seat.</param>
public sealed record WatchSettingsFrame(string Title, string? Description, WatchSettings Settings, bool HasPassword, string? By)
    : WatchEventFrame(WatchEventTypes.Settings);

/// <summary>Somebody asks to be let in. Who may answer them asks who it is.</summary>
public sealed record WatchAccessRequestedFrame() : WatchEventFrame(WatchEventTypes.AccessRequested);

/// <summary>The party ended; the connection is closed behind it.</summary>
/// <param name="By">Who ended it; null for an administrator without a seat.</param>
/// <param name="ByName">Their name; left out when unknown.</param>
/// <param name="DurationMs">From its start, in milliseconds; left out when it was deleted.</param>
/// <param name="Deleted">Whether it was deleted for good; else it can be started again.</param>
public sealed record WatchEndedFrame(
    string? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ByName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? DurationMs,
    bool Deleted) : WatchEventFrame(WatchEventTypes.PartyEnded);

/// <summary>The party began again.</summary>
/// <param name="By">Who started it; null for an administrator without a seat.</param>
/// <param name="ByName">Their name; left out when unknown.</param>
public sealed record WatchRestartedFrame(
    string? By, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ByName)
    : WatchEventFrame(WatchEventTypes.PartyRestarted);
