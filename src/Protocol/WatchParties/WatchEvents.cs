using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>
/// Something that happened in a watch party. Events carry what followers are told, so that a resumed feed is the live one.
/// </summary>
/// <param name="At">When it happened, in cluster time.</param>
public abstract record WatchEvent(DateTimeOffset At)
{
    /// <summary>Where the party was just after the event; set for every event, and never read to make the state.</summary>
    [JsonPropertyOrder(1)]
    public WatchMoment? Moment { get; init; }
}

/// <summary>What the frames of every event say besides the event itself.</summary>
/// <param name="PartyId">The party.</param>
/// <param name="ItemId">What plays; null for nothing.</param>
/// <param name="PositionMs">The position at the time of the event, in milliseconds.</param>
/// <param name="Playing">Whether it played then.</param>
public sealed record WatchMoment(string PartyId, string? ItemId, long PositionMs, bool Playing);

/// <summary>Somebody as the frames of an event name them.</summary>
/// <param name="MemberId">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="AvatarUrl">Their picture; null for none.</param>
/// <param name="IsGuest">Whether they have no account.</param>
/// <param name="Role">What they are, after the event.</param>
public sealed record WatchFace(string MemberId, string Name, string? AvatarUrl, bool IsGuest, WatchRole Role);

/// <summary>The party was created. The host is its first participant; who has a seat from the beginning comes after.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Host">The host.</param>
/// <param name="InviteCode">The code.</param>
/// <param name="Title">The title.</param>
/// <param name="Description">More about it; null for none.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Items">The playlist; the first is what plays.</param>
/// <param name="PlaylistId">The saved playlist the items were copied from; null for none.</param>
/// <param name="Seats">Who else has a seat.</param>
/// <param name="Origin">What decided it; null for a party somebody just made.</param>
public sealed record WatchPartyCreated(
    DateTimeOffset At,
    WatchPerson Host,
    string InviteCode,
    string Title,
    string? Description,
    WatchSettings Settings,
    IReadOnlyList<MediaItem> Items,
    string? PlaylistId,
    IReadOnlyList<OriginSeat> Seats,
    WatchOrigin? Origin) : WatchEvent(At);

/// <summary>Title, description, settings or password changed.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Title">The title from now on.</param>
/// <param name="Description">The description from now on; null for none.</param>
/// <param name="Settings">The settings from now on.</param>
/// <param name="Password">The password from now on; null for none.</param>
/// <param name="PasswordVersion">How often the password has been changed.</param>
/// <param name="By">Who changed it.</param>
public sealed record WatchPartyUpdated(
    DateTimeOffset At,
    string Title,
    string? Description,
    WatchSettings Settings,
    WatchPassword? Password,
    int PasswordVersion,
    string? By) : WatchEvent(At);

/// <summary>The party ended: it stands still, and nobody is connected any more.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who ended it; null for an administrator without a seat.</param>
/// <param name="ByName">Their name.</param>
/// <param name="DurationMs">From its start until now, in milliseconds; 0 when it never began.</param>
/// <param name="Watched">For how long those who were connected have watched until now.</param>
public sealed record WatchPartyEnded(
    DateTimeOffset At, string? By, string? ByName, long DurationMs, IReadOnlyList<WatchedTime> Watched) : WatchEvent(At);

/// <summary>An ended party begins again with the same people: at the beginning of its first item.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who started it; null for an administrator without a seat.</param>
/// <param name="ByName">Their name.</param>
public sealed record WatchPartyRestarted(DateTimeOffset At, string? By, string? ByName) : WatchEvent(At);

/// <summary>The party was deleted for good.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who deleted it; null for an administrator without a seat.</param>
/// <param name="Members">Everybody who had a seat, had had one, or was invited.</param>
public sealed record WatchPartyDeleted(DateTimeOffset At, string? By, IReadOnlyList<string> Members) : WatchEvent(At);

/// <summary>Somebody took a seat, or took theirs again.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Person">Who, under the name they have from now on.</param>
/// <param name="Role">What they are.</param>
/// <param name="Returned">Whether they had a seat before.</param>
/// <param name="Mark">The hash of the browser session or older guest token they showed; null for none. A ban follows it.</param>
/// <param name="Count">How many have a seat now.</param>
public sealed record ParticipantJoined(
    DateTimeOffset At, WatchPerson Person, WatchRole Role, bool Returned, string? Mark, int Count) : WatchEvent(At);

/// <summary>Why somebody has no seat any more.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<LeaveReason>))]
public enum LeaveReason
{
    /// <summary>They left.</summary>
    Left,

    /// <summary>They were put out: until they are let in again.</summary>
    Kicked,

    /// <summary>They were put out for good.</summary>
    Banned,

    /// <summary>Nothing was seen of them for a day.</summary>
    Stale,
}

/// <summary>Somebody has no seat any more.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Who">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who put them out; null when nobody did.</param>
/// <param name="WatchedMs">For how long they have watched altogether, in milliseconds.</param>
/// <param name="Count">How many have a seat now.</param>
public sealed record ParticipantLeft(
    DateTimeOffset At, WatchFace Who, LeaveReason Reason, string? By, long WatchedMs, int Count) : WatchEvent(At);

/// <summary>Somebody who had no seat any more was banned.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Who">Who.</param>
/// <param name="By">Who banned them.</param>
public sealed record ParticipantBanned(DateTimeOffset At, WatchFace Who, string? By) : WatchEvent(At);

/// <summary>A ban was lifted.</summary>
/// <param name="At">When it happened.</param>
/// <param name="MemberId">Whose.</param>
/// <param name="Name">Their name.</param>
/// <param name="By">Who lifted it; null for an administrator without a seat.</param>
public sealed record WatchBanLifted(DateTimeOffset At, string MemberId, string Name, string? By) : WatchEvent(At);

/// <summary>Why the host is another one.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<HostChangeReason>))]
public enum HostChangeReason
{
    /// <summary>The host handed the role over.</summary>
    Transferred,

    /// <summary>The host left.</summary>
    Left,

    /// <summary>The host was away for too long.</summary>
    Away,

    /// <summary>There was none, and this one came first.</summary>
    FirstToCome,
}

/// <summary>The role of the host passed on; whoever had it is a co-host.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Host">The host from now on.</param>
/// <param name="FormerId">Who was it; null for nobody.</param>
/// <param name="Reason">Why.</param>
public sealed record HostChanged(DateTimeOffset At, WatchFace Host, string? FormerId, HostChangeReason Reason) : WatchEvent(At);

/// <summary>Somebody became a co-host, or is none any more.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Who">Who, with the role from now on.</param>
/// <param name="By">Who did it; null for an administrator without a seat.</param>
public sealed record CoHostChanged(DateTimeOffset At, WatchFace Who, string? By) : WatchEvent(At);

/// <summary>Somebody was muted, or is not any more.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Who">Who.</param>
/// <param name="Muted">Whether they are from now on.</param>
/// <param name="By">Who did it; null for an administrator without a seat.</param>
public sealed record ParticipantMuted(DateTimeOffset At, WatchFace Who, bool Muted, string? By) : WatchEvent(At);

/// <summary>Somebody's account was deleted: what they said and did stays, under a name that is everybody's.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Who">Who, as others see them from now on; without a seat.</param>
public sealed record AccountForgotten(DateTimeOffset At, WatchFace Who) : WatchEvent(At);

/// <summary>Somebody's first connection opened.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Who">Who.</param>
public sealed record ParticipantConnected(DateTimeOffset At, WatchFace Who) : WatchEvent(At);

/// <summary>Somebody's last connection is gone.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Who">Who.</param>
/// <param name="WatchedMs">For how long they have watched altogether, in milliseconds.</param>
public sealed record ParticipantDisconnected(DateTimeOffset At, WatchFace Who, long WatchedMs) : WatchEvent(At);

/// <summary>A client said something new about itself.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Who">Whose.</param>
/// <param name="Status">How it is from now on.</param>
/// <param name="ReportsReady">Whether barriers wait for it from now on.</param>
/// <param name="RoundTripMs">Its round trip from now on, in milliseconds; a multiple of 100.</param>
/// <param name="SyncOffsetMs">How far it is from the party's position, signed.</param>
public sealed record ClientReported(
    DateTimeOffset At, WatchFace Who, WatchStatus Status, bool ReportsReady, int RoundTripMs, int SyncOffsetMs) : WatchEvent(At)
{
    /// <summary>
    /// Whether only the figures of its connection changed: the others are not told of those, since in a large party somebody's always do.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Quiet { get; init; }
}
