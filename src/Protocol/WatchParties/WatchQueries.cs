namespace AkkaParty.Protocol.WatchParties;

/// <summary>A question to a watch party; it changes nothing.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call, in cluster time.</param>
public abstract record WatchQuery(WatchActor Actor, DateTimeOffset At);

/// <summary>The party; answered with <see cref="WatchPartyChanged"/>. Public ones to everybody, others to those who may join.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
/// <param name="IsFriendOfHost">Whether they are an accepted friend of the host <paramref name="HostSeen"/>.</param>
/// <param name="HostSeen">The host of whom that was asked; null when it was not.</param>
public sealed record GetWatchParty(WatchActor Actor, DateTimeOffset At, bool IsFriendOfHost = false, string? HostSeen = null)
    : WatchQuery(Actor, At);

/// <summary>Who is banned; answered with <see cref="BanList"/>. Host and co-hosts.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record ListBans(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);

/// <summary>What joining takes; answered with <see cref="WatchEntry"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetWatchEntry(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);

/// <summary>The caller's own seat; answered with <see cref="WatchSeat"/>, or refused. The guest whose token it is has no need to know
/// their member id: an actor with a token hash and no member id is found by the hash.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetWatchSeat(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);

/// <summary>What a connection begins with; answered with <see cref="WatchWelcome"/>. Participants only.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetWatchWelcome(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);

/// <summary>Who has a seat; answered with <see cref="ParticipantList"/>. Of public parties to everybody.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record ListParticipants(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);

/// <summary>Where it plays; answered with <see cref="PlaybackChanged"/>. Participants only.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetPlayback(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);

/// <summary>The last messages; answered with <see cref="MessageList"/>. Participants only.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
/// <param name="UpToMs">
/// Only what is pinned to no later position of <paramref name="ItemId"/> (and messages of items before it in the playlist), so that
/// nothing is given away; null for all.
/// </param>
/// <param name="ItemId">The item of <paramref name="UpToMs"/>; null for what plays.</param>
public sealed record ListMessages(WatchActor Actor, DateTimeOffset At, long? UpToMs = null, string? ItemId = null) : WatchQuery(Actor, At);

/// <summary>Requests of guests; answered with <see cref="AccessList"/>. Host and co-hosts.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record ListGuestRequests(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);

/// <summary>Requests of accounts; answered with <see cref="AccessList"/>. Host and co-hosts.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record ListAccessRequests(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);

/// <summary>The caller's own request; answered with <see cref="AccessChanged"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetAccessRequest(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);

/// <summary>A guest's request; answered with <see cref="AccessChanged"/>.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="RequestId">Its public id.</param>
/// <param name="SecretHash">The hash of what only the guest knows; null when the host asks, who must be the actor.</param>
/// <param name="Actor">Who asks.</param>
public sealed record GetGuestRequest(DateTimeOffset At, string RequestId, string? SecretHash, WatchActor Actor) : WatchQuery(Actor, At);

/// <summary>What it was like; answered with <see cref="WatchNumbers"/>. Host and co-hosts.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetWatchAnalytics(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);
