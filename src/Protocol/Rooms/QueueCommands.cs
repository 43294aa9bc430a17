using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>
/// Adds a film. One that the queue has already, by title whatever the case or by TMDB id, is answered with the item it has; a watched or
/// removed one may be added again.
/// </summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="AddedBy">Who adds it: the acting member.</param>
/// <param name="Title">The title, 1 to 500 characters.</param>
/// <param name="Details">What is known of it.</param>
public sealed record AddItem(DateTimeOffset At, RoomActor Actor, string AddedBy, string Title, ItemDetails Details)
    : RoomCallerCommand(At, Actor);

/// <summary>Changes an item: whoever added it, or an admin.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Status">Its new status; null leaves it. <see cref="ItemStatus.Watched"/> makes a history entry.</param>
/// <param name="Details">What changes: members that are null stay as they are.</param>
public sealed record UpdateItem(DateTimeOffset At, RoomActor Actor, string ItemId, ItemStatus? Status, ItemDetails Details)
    : RoomCallerCommand(At, Actor);

/// <summary>Takes an item out of the queue: whoever added it, or an admin. It can still be read.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">The item.</param>
public sealed record RemoveItem(DateTimeOffset At, RoomActor Actor, string ItemId) : RoomCallerCommand(At, Actor);

/// <summary>Has an item's data looked up (again).</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">The item.</param>
public sealed record RequestEnrichment(DateTimeOffset At, RoomActor Actor, string ItemId) : RoomCallerCommand(At, Actor);

/// <summary>
/// What the look-up of an item found; sent by the server. It fills what is missing and never replaces what somebody typed.
/// </summary>
/// <param name="At">The time it ended.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Request">The <see cref="PendingEnrichment.Request"/> that it answers; an older one is ignored.</param>
/// <param name="Found">What was found; null when nothing was, or it failed.</param>
/// <param name="Failure">Why it failed, for people; null when it did not.</param>
public sealed record FinishEnrichment(DateTimeOffset At, string ItemId, long Request, ItemDetails? Found, string? Failure)
    : RoomCommand(At);

/// <summary>An admin has the room pick; the item stays queued until it is watched.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Mode">How; null for the room's setting.</param>
/// <param name="Draw">64 random bits, made at the edge.</param>
public sealed record SelectItem(DateTimeOffset At, RoomActor Actor, SelectionMode? Mode, ulong Draw) : RoomCallerCommand(At, Actor);

/// <summary>An admin picks by hand. When the item is the last pick already, nothing changes.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">The item.</param>
public sealed record PickItem(DateTimeOffset At, RoomActor Actor, string ItemId) : RoomCallerCommand(At, Actor);

/// <summary>Marks an item as watched: it gets a history entry and counts as its adder's turn. Twice gives the same entry.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Notes">Notes, at most 1,000 characters.</param>
public sealed record MarkWatched(DateTimeOffset At, RoomActor Actor, string ItemId, string? Notes) : RoomCallerCommand(At, Actor)
{
    /// <summary>Whether an admin has the watch party opened in which it is watched; once per item.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Open { get; init; }
}

/// <summary>The watch party of an item is there, or cannot be made; sent by the node that has tried.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="WatchPartyId">Which.</param>
/// <param name="InviteCode">Its invite code; null when it cannot be made.</param>
/// <param name="Failure">Why it cannot be made, for people; null when it is there.</param>
public sealed record FinishRoomOpening(DateTimeOffset At, string WatchPartyId, string? InviteCode, string? Failure = null)
    : RoomCommand(At);

/// <summary>Rates a watched film; a later rating replaces the earlier one.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="EntryId">The history entry.</param>
/// <param name="UserId">Who rates: the acting member.</param>
/// <param name="HalfStars">The rating in half stars, 2 to 10.</param>
public sealed record RateEntry(DateTimeOffset At, RoomActor Actor, string EntryId, string UserId, int HalfStars)
    : RoomCallerCommand(At, Actor);

/// <summary>Casts a vote, or changes one.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">The item; it must be queued.</param>
/// <param name="UserId">Who votes: the acting member.</param>
/// <param name="IsUp">Up or down.</param>
public sealed record CastVote(DateTimeOffset At, RoomActor Actor, string ItemId, string UserId, bool IsUp) : RoomCallerCommand(At, Actor);

/// <summary>Takes a vote back.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">The item.</param>
/// <param name="UserId">Whose vote: the acting member's.</param>
public sealed record RemoveVote(DateTimeOffset At, RoomActor Actor, string ItemId, string UserId) : RoomCallerCommand(At, Actor);

/// <summary>Reacts to an item, or takes the reaction back.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">The item.</param>
/// <param name="UserId">Who reacts: the acting member.</param>
/// <param name="Reaction">One of <see cref="ItemReactions"/>.</param>
/// <param name="Active">Whether it shall be there; null turns it over.</param>
public sealed record ReactToItem(DateTimeOffset At, RoomActor Actor, string ItemId, string UserId, string Reaction, bool? Active)
    : RoomCallerCommand(At, Actor);

/// <summary>Starts a voting round; one is open at a time.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="DurationSeconds">How long, 10 to 600 seconds; null for the room's setting.</param>
public sealed record StartVotingRound(DateTimeOffset At, RoomActor Actor, int? DurationSeconds) : RoomCallerCommand(At, Actor);

/// <summary>An admin ends the voting round now.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
public sealed record CloseVotingRound(DateTimeOffset At, RoomActor Actor) : RoomCallerCommand(At, Actor);

/// <summary>A member has voted as they want; the round ends when every connected member has said so.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="UserId">Who is done: the acting member.</param>
public sealed record FinishVoting(DateTimeOffset At, RoomActor Actor, string UserId) : RoomCallerCommand(At, Actor);
