using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>Something asked of a watch party. Everything a decision needs comes with it: time, ids and token hashes.</summary>
/// <param name="At">The time of the call, in cluster time.</param>
public abstract record WatchCommand(DateTimeOffset At)
{
    /// <summary>
    /// What the caller's request asked for, as a hash, when it came with a key of the caller's own choosing; copied into the reply, so
    /// that the same key with another request is noticed. At most 64 characters.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fingerprint { get; init; }
}

/// <summary>Something that a participant (or an administrator) asks.</summary>
/// <param name="At">The time of the call, in cluster time.</param>
/// <param name="Actor">Who acts.</param>
public abstract record WatchCallerCommand(DateTimeOffset At, WatchActor Actor) : WatchCommand(At);

/// <summary>Creates the watch party; the host is its first participant.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Host">Who creates it.</param>
/// <param name="InviteCode">The code, already claimed for it: 6 characters of <see cref="InviteCodes"/>.</param>
/// <param name="Title">The title, 1 to 200 characters.</param>
/// <param name="Description">More about it, at most 1,000 characters; null for none.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Items">The playlist at the start, at most <see cref="WatchLimits.ItemsMax"/>; the first is what plays.</param>
/// <param name="PlaylistId">The saved playlist the items were copied from; null for none.</param>
/// <param name="Seats">Members who already have a seat, because the group decided this together; not the host.</param>
/// <param name="Origin">What decided it; null for a party somebody just made.</param>
public sealed record CreateWatchParty(
    DateTimeOffset At,
    WatchPerson Host,
    string InviteCode,
    string Title,
    string? Description,
    WatchSettings Settings,
    IReadOnlyList<MediaItem> Items,
    string? PlaylistId = null,
    IReadOnlyList<OriginSeat>? Seats = null,
    WatchOrigin? Origin = null) : WatchCommand(At)
{
    /// <summary>The hash of the password that is asked from the first moment on; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PasswordHash { get; init; }
}

/// <summary>A seat for a member of the party or room whose decision opened this watch party.</summary>
/// <param name="Person">Who sits there.</param>
/// <param name="OriginMember">The member's id over there; one seat each.</param>
public sealed record OriginSeat(WatchPerson Person, string OriginMember);

/// <summary>What decided that there is this watch party.</summary>
/// <param name="Kind">The entity kind: <c>party</c> or <c>room</c>.</param>
/// <param name="Id">The entity's id.</param>
/// <param name="HostMember">The member over there who has the host's seat.</param>
public sealed record WatchOrigin(string Kind, string Id, string HostMember);

/// <summary>Takes a seat, or takes one's seat again.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who joins: somebody with an account, or a guest who had a seat.</param>
/// <param name="Person">The same, with a name.</param>
/// <param name="InviteCode">The code they came by; null when by the id.</param>
/// <param name="IsFriendOfHost">Whether they are an accepted friend of the host <paramref name="HostSeen"/>.</param>
/// <param name="HostSeen">The host of whom that was asked; when it is another by now it does not count. Null when it was not asked.</param>
/// <param name="PasswordVersion">The version of the password they proved to know; null for none.</param>
/// <param name="BannedBy">A hash of the browser session or guest token they showed; null for none: a ban follows it.</param>
public sealed record JoinWatchParty(
    DateTimeOffset At,
    WatchActor Actor,
    WatchPerson Person,
    string? InviteCode,
    bool IsFriendOfHost,
    string? HostSeen,
    int? PasswordVersion,
    string? BannedBy = null) : WatchCommand(At);

/// <summary>Leaves; the seat's role is kept for a return, but a host's passes on at once.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who leaves.</param>
public sealed record LeaveWatchParty(DateTimeOffset At, WatchActor Actor) : WatchCallerCommand(At, Actor);

/// <summary>
/// An account was deleted: its seat is given up, and its name and picture are forgotten. Sent by the node that works through deleted
/// accounts; once more changes nothing.
/// </summary>
/// <param name="At">The time of the call.</param>
/// <param name="MemberId">The account.</param>
public sealed record ForgetAccount(DateTimeOffset At, string MemberId) : WatchCommand(At);

/// <summary>The host ends it: all are told, and their sockets close.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
public sealed record EndWatchParty(DateTimeOffset At, WatchActor Actor) : WatchCallerCommand(At, Actor);

/// <summary>The host starts an ended one again, with the same people and the same code.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
public sealed record RestartWatchParty(DateTimeOffset At, WatchActor Actor) : WatchCallerCommand(At, Actor);

/// <summary>The host deletes it for good.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
public sealed record DeleteWatchParty(DateTimeOffset At, WatchActor Actor) : WatchCallerCommand(At, Actor);

/// <summary>The host changes what is given; null leaves it.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Title">The title.</param>
/// <param name="Description">The description; empty for none.</param>
/// <param name="Settings">All settings.</param>
/// <param name="PasswordHash">A new password's hash; empty for none.</param>
public sealed record UpdateWatchParty(
    DateTimeOffset At, WatchActor Actor, string? Title, string? Description, WatchSettings? Settings, string? PasswordHash)
    : WatchCallerCommand(At, Actor);

/// <summary>The host lets an account in before it asks.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Person">Who is invited.</param>
public sealed record InviteToWatchParty(DateTimeOffset At, WatchActor Actor, WatchPerson Person) : WatchCallerCommand(At, Actor);

/// <summary>An account asks to be let in.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Person">The same, with a name.</param>
/// <param name="Message">What they say, at most 500 characters; null for nothing.</param>
public sealed record RequestWatchAccess(DateTimeOffset At, WatchActor Actor, WatchPerson Person, string? Message) : WatchCommand(At);

/// <summary>The host answers an account's request.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="MemberId">Whose request.</param>
/// <param name="Approved">Whether they may come in.</param>
/// <param name="Message">What the host says; null for nothing.</param>
public sealed record ReviewWatchAccess(DateTimeOffset At, WatchActor Actor, string MemberId, bool Approved, string? Message)
    : WatchCallerCommand(At, Actor);

/// <summary>Somebody without an account asks to be let in; in a public party it is granted at once.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="RequestId">The request's public id (<see cref="WatchTokens"/>).</param>
/// <param name="SecretHash">The hash of what only the guest knows.</param>
/// <param name="MemberId">The seat's id, new.</param>
/// <param name="Name">The guest's name, 1 to 100 characters, not taken in the party.</param>
/// <param name="Message">What they say, at most 500 characters; null for nothing.</param>
/// <param name="BannedBy">A hash of the browser session or guest token they showed; null for none: a ban follows it.</param>
public sealed record RequestGuestAccess(
    DateTimeOffset At, string RequestId, string SecretHash, string MemberId, string Name, string? Message, string? BannedBy)
    : WatchCommand(At);

/// <summary>The host answers a guest's request.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="RequestId">Which.</param>
/// <param name="Approved">Whether they may come in.</param>
/// <param name="Message">What the host says; null for nothing.</param>
public sealed record ReviewGuestRequest(DateTimeOffset At, WatchActor Actor, string RequestId, bool Approved, string? Message)
    : WatchCallerCommand(At, Actor);

/// <summary>A guest whose request was granted gets a token (again: at most <see cref="WatchLimits.TokensPerGuestMax"/> hold).</summary>
/// <param name="At">The time of the call.</param>
/// <param name="RequestId">Which.</param>
/// <param name="SecretHash">The hash of what only the guest knows.</param>
/// <param name="Token">The token.</param>
public sealed record ClaimGuestAccess(DateTimeOffset At, string RequestId, string SecretHash, WatchTokenGrant Token) : WatchCommand(At);

/// <summary>The host makes somebody a co-host, or no longer one.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="MemberId">Whom.</param>
/// <param name="CoHost">Whether they are one from now on.</param>
public sealed record SetCoHost(DateTimeOffset At, WatchActor Actor, string MemberId, bool CoHost) : WatchCallerCommand(At, Actor);

/// <summary>The host hands the role over.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="MemberId">The next host.</param>
public sealed record TransferHost(DateTimeOffset At, WatchActor Actor, string MemberId) : WatchCallerCommand(At, Actor);

/// <summary>Somebody is put out, and with a ban stays out: host and co-hosts, but nobody the host, and co-hosts no co-host.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="MemberId">Whom.</param>
/// <param name="Ban">Whether they may never come back, under another guest name either; a kick alone ends with a new invitation.</param>
public sealed record KickParticipant(DateTimeOffset At, WatchActor Actor, string MemberId, bool Ban) : WatchCallerCommand(At, Actor);

/// <summary>The host lifts a ban.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="MemberId">Whose.</param>
public sealed record LiftBan(DateTimeOffset At, WatchActor Actor, string MemberId) : WatchCallerCommand(At, Actor);

/// <summary>Host and co-hosts mute a viewer: chat, reactions and typing are refused.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="MemberId">Whom.</param>
/// <param name="Muted">Whether they are from now on.</param>
public sealed record MuteParticipant(DateTimeOffset At, WatchActor Actor, string MemberId, bool Muted) : WatchCallerCommand(At, Actor);

/// <summary>Says something.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who says it.</param>
/// <param name="Text">1 to 1,000 characters.</param>
public sealed record SendWatchMessage(DateTimeOffset At, WatchActor Actor, string Text) : WatchCallerCommand(At, Actor);

/// <summary>Takes a message back: one's own, or by host and co-hosts.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="MessageId">Which.</param>
public sealed record DeleteWatchMessage(DateTimeOffset At, WatchActor Actor, string MessageId) : WatchCallerCommand(At, Actor);

/// <summary>What a client says of itself at the edges: sent only when it changes.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Whose client.</param>
/// <param name="Status">How it is; null leaves it.</param>
/// <param name="ReportsReady">Whether it says when it is ready, so that barriers wait for it; null leaves it.</param>
/// <param name="RoundTripMs">Its round trip in milliseconds, rounded up to hundreds, 100 to 1,000; null leaves it.</param>
/// <param name="SyncOffsetMs">How far it was from the party's position, signed; null leaves it.</param>
public sealed record ReportClient(
    DateTimeOffset At, WatchActor Actor, WatchStatus? Status, bool? ReportsReady, int? RoundTripMs, int? SyncOffsetMs)
    : WatchCallerCommand(At, Actor)
{
    /// <summary>
    /// The barrier of which the client knew when it said that it is ready, 0 for none: for no later one it counts. Null where nobody
    /// says; then it counts for the one that is there.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Barrier { get; init; }
}

/// <summary>Gives the acting member a ticket that opens one connection within <see cref="WatchLimits.TicketSeconds"/>.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">
/// Whose; with <paramref name="OriginMember"/>, nobody: the caller is vouched for by the party or room they are in.
/// </param>
/// <param name="TicketHash">The ticket's hash.</param>
/// <param name="Session">The account session it is bound to; null for a guest's.</param>
/// <param name="OriginMember">The member of the deciding party or room whose seat it opens; null for the actor's own.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record IssueWatchTicket(
    DateTimeOffset At, WatchActor Actor, string TicketHash, string? Session, string? OriginMember, DateTimeOffset ExpiresAt)
    : WatchCommand(At);

/// <summary>Uses a ticket up. Answered with <see cref="WatchTicketHolder"/>; a second time is refused.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="TicketHash">The ticket's hash.</param>
/// <param name="GuestToken">A token that a guest gets for it; holds only when the seat is a guest's.</param>
public sealed record RedeemWatchTicket(DateTimeOffset At, string TicketHash, WatchTokenGrant GuestToken) : WatchCommand(At);

/// <summary>Somebody's first connection opened, or the last one is gone; sent by the runtime.</summary>
/// <param name="At">The time it happened.</param>
/// <param name="MemberId">Who.</param>
/// <param name="Connected">True for the first connection, false when none is left.</param>
public sealed record SetWatchPresence(DateTimeOffset At, string MemberId, bool Connected) : WatchCommand(At);

/// <summary>A deadline of the watch party has passed; sent by the runtime.</summary>
/// <param name="At">The time now.</param>
/// <param name="Due">The deadline.</param>
public sealed record PassWatchDeadline(DateTimeOffset At, DateTimeOffset Due) : WatchCommand(At);
