namespace AkkaParty.Protocol.Rooms;

/// <summary>A question to a room; it changes nothing.</summary>
public abstract record RoomQuery;

/// <summary>The room as whoever knows its code may see it; answered with <see cref="RoomView"/>.</summary>
public sealed record GetRoom : RoomQuery;

/// <summary>Whose token this is; answered with <see cref="RoomMember"/>, or refused with <c>invalid_token</c>.</summary>
/// <param name="TokenHash">The hash of the token that was presented.</param>
/// <param name="At">The time of the call.</param>
public sealed record AuthenticateRoomCaller(string TokenHash, DateTimeOffset At) : RoomQuery;

/// <summary>A question that only members may ask.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public abstract record RoomMemberQuery(RoomActor Actor, DateTimeOffset At) : RoomQuery;

/// <summary>Who is connected; answered with <see cref="PresentMembers"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetPresence(RoomActor Actor, DateTimeOffset At) : RoomMemberQuery(Actor, At);

/// <summary>The queue, highest score first, of equal scores the oldest first; answered with <see cref="ItemList"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
/// <param name="Status">Only these; null for all that are not removed.</param>
/// <param name="Provider">Only what this service shows, whatever the case; null for all.</param>
/// <param name="AvailableNow">Whether only what some service shows in a member's region.</param>
/// <param name="Limit">At most this many, 1 to 1,000.</param>
/// <param name="Skip">Without the first.</param>
public sealed record ListItems(
    RoomActor Actor, DateTimeOffset At, ItemStatus? Status, string? Provider, bool AvailableNow, int Limit, int Skip)
    : RoomMemberQuery(Actor, At);

/// <summary>One item, removed ones included; answered with <see cref="ItemView"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
/// <param name="ItemId">The item.</param>
public sealed record GetItem(RoomActor Actor, DateTimeOffset At, string ItemId) : RoomMemberQuery(Actor, At);

/// <summary>The votes on an item in the order they were first cast; answered with <see cref="VoteList"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
/// <param name="ItemId">The item.</param>
public sealed record ListVotes(RoomActor Actor, DateTimeOffset At, string ItemId) : RoomMemberQuery(Actor, At);

/// <summary>Somebody's votes on all items that are not removed; answered with <see cref="VoteList"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
/// <param name="UserId">Whose.</param>
public sealed record ListVotesOf(RoomActor Actor, DateTimeOffset At, string UserId) : RoomMemberQuery(Actor, At);

/// <summary>All reactions; answered with <see cref="ReactionList"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record ListReactions(RoomActor Actor, DateTimeOffset At) : RoomMemberQuery(Actor, At);

/// <summary>The history, newest first; answered with <see cref="HistoryList"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
/// <param name="Limit">At most this many, 1 to 5,000.</param>
/// <param name="Skip">Without the newest.</param>
public sealed record ListHistory(RoomActor Actor, DateTimeOffset At, int Limit, int Skip = 0) : RoomMemberQuery(Actor, At);

/// <summary>The room's figures; answered with <see cref="RoomStats"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetRoomStats(RoomActor Actor, DateTimeOffset At) : RoomMemberQuery(Actor, At);

/// <summary>The last selections, newest first, each with everything that explains it; answered with <see cref="SelectionList"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
/// <param name="Limit">At most this many, 1 to 50.</param>
public sealed record ListSelections(RoomActor Actor, DateTimeOffset At, int Limit) : RoomMemberQuery(Actor, At);

/// <summary>The open voting round and the last result; answered with <see cref="VotingRounds"/>.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetVotingRounds(RoomActor Actor, DateTimeOffset At) : RoomMemberQuery(Actor, At);
