using System.Text.Json.Serialization;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Rooms;

/// <summary>A film was added to the queue.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Item">The item.</param>
/// <param name="Regions">The members' regions, when its data is to be looked up.</param>
public sealed record ItemAdded(DateTimeOffset At, ItemFacts Item, IReadOnlyList<string> Regions) : RoomEvent(At);

/// <summary>An item changed: its data, or whether it is being watched.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Item">The item from now on.</param>
/// <param name="Fields">The members of its view that changed.</param>
/// <param name="By">Who changed it; null for an admin without a seat, and where an open room's request names nobody.</param>
public sealed record ItemUpdated(DateTimeOffset At, ItemFacts Item, IReadOnlyList<string> Fields, string? By) : RoomEvent(At);

/// <summary>An item was taken out of the queue.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Item">The item from now on.</param>
/// <param name="By">Who took it out; null for an admin without a seat, and where an open room's request names nobody.</param>
public sealed record ItemRemoved(DateTimeOffset At, ItemFacts Item, string? By) : RoomEvent(At);

/// <summary>An item was watched, which was its adder's turn.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Item">The item from now on.</param>
/// <param name="By">Who said so; null for an admin without a seat, and where an open room's request names nobody.</param>
public sealed record ItemWatched(DateTimeOffset At, ItemFacts Item, string? By) : RoomEvent(At);

/// <summary>A watched film is in the history.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Entry">The entry.</param>
/// <param name="ForgottenItemId">The item of the oldest entry, which the full history forgets for this one; null for none.</param>
public sealed record EntryAdded(
    DateTimeOffset At,
    HistoryView Entry,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ForgottenItemId = null) : RoomEvent(At);

/// <summary>Somebody rated a watched film, for the first time or anew.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">Who.</param>
/// <param name="HalfStars">The rating in half stars, 2 to 10.</param>
/// <param name="Entry">The entry from now on.</param>
public sealed record EntryRated(DateTimeOffset At, string UserId, int HalfStars, HistoryView Entry) : RoomEvent(At);

/// <summary>An item's data is to be looked up.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Item">The item from now on.</param>
/// <param name="Regions">The members' regions.</param>
/// <param name="By">Who asked; null for an admin without a seat, and where an open room's request names nobody.</param>
public sealed record EnrichmentRequested(DateTimeOffset At, ItemFacts Item, IReadOnlyList<string> Regions, string? By) : RoomEvent(At);

/// <summary>The look-up of an item's data ended; <see cref="ItemFacts.Enrichment"/> says how.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Item">The item from now on.</param>
/// <param name="Fields">The members of its view that changed.</param>
public sealed record ItemEnriched(DateTimeOffset At, ItemFacts Item, IReadOnlyList<string> Fields) : RoomEvent(At);

/// <summary>Somebody voted, for the first time or anew.</summary>
/// <param name="At">When it happened.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">The item's title.</param>
/// <param name="UserId">The voter.</param>
/// <param name="UserName">The voter's name; null for somebody in an open room who is not its member.</param>
/// <param name="IsUp">Up or down.</param>
/// <param name="IsChange">Whether it replaces an earlier vote.</param>
/// <param name="Upvotes">The item's up votes from now on.</param>
/// <param name="Downvotes">The item's down votes from now on.</param>
public sealed record VoteCast(
    DateTimeOffset At,
    string ItemId,
    string Title,
    string UserId,
    string? UserName,
    bool IsUp,
    bool IsChange,
    int Upvotes,
    int Downvotes) : RoomEvent(At);

/// <summary>Somebody took their vote back.</summary>
/// <param name="At">When it happened.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">The item's title.</param>
/// <param name="UserId">The voter.</param>
/// <param name="UserName">The voter's name; null for somebody in an open room who is not its member.</param>
/// <param name="WasUp">What the vote was.</param>
/// <param name="VotedAt">When it had been cast.</param>
/// <param name="Upvotes">The item's up votes from now on.</param>
/// <param name="Downvotes">The item's down votes from now on.</param>
public sealed record VoteRemoved(
    DateTimeOffset At,
    string ItemId,
    string Title,
    string UserId,
    string? UserName,
    bool WasUp,
    DateTimeOffset VotedAt,
    int Upvotes,
    int Downvotes) : RoomEvent(At);

/// <summary>Somebody reacted to an item, or took a reaction back.</summary>
/// <param name="At">When it happened.</param>
/// <param name="ItemId">The item.</param>
/// <param name="UserId">Who.</param>
/// <param name="Reaction">One of <see cref="ItemReactions"/>.</param>
/// <param name="Active">Whether it is there now.</param>
public sealed record ItemReacted(DateTimeOffset At, string ItemId, string UserId, string Reaction, bool Active) : RoomEvent(At);

/// <summary>An item was picked. Everything that explains it is stored, so that no later version of the rules changes an old pick.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Id">The selection's id.</param>
/// <param name="Mode">How; null when an admin picked by hand.</param>
/// <param name="SelectedBy">Who had the room pick; null for an admin without a seat, and where an open room's request names nobody.</param>
/// <param name="ItemId">What was picked.</param>
/// <param name="Title">Its title.</param>
/// <param name="PosterUrl">The address of its poster.</param>
/// <param name="Candidates">What could be picked, in the order the draw goes through them; none when an admin picked by hand.</param>
/// <param name="TotalWeight">The sum of the weights.</param>
/// <param name="Draw">The 64 random bits, as 16 hex characters.</param>
/// <param name="Ticket">Where the draw fell; null for modes without a draw.</param>
/// <param name="Turn">Round robin: whose turn it was.</param>
/// <param name="Explanation">One sentence for people.</param>
public sealed record SelectionMade(
    DateTimeOffset At,
    string Id,
    SelectionMode? Mode,
    string? SelectedBy,
    string ItemId,
    string Title,
    string? PosterUrl,
    IReadOnlyList<DrawnCandidate> Candidates,
    long TotalWeight,
    string Draw,
    long? Ticket,
    string? Turn,
    string Explanation) : RoomEvent(At);

/// <summary>A voting round began.</summary>
/// <param name="At">When it happened.</param>
/// <param name="RoundId">The round.</param>
/// <param name="DurationSeconds">How long it takes at most.</param>
/// <param name="EndsAt">When it ends at the latest.</param>
/// <param name="StartedBy">Who started it; null for an admin without a seat, and where an open room's request names nobody.</param>
public sealed record VotingRoundStarted(
    DateTimeOffset At, string RoundId, int DurationSeconds, DateTimeOffset EndsAt, string? StartedBy) : RoomEvent(At);

/// <summary>Somebody has voted as they want in the open round.</summary>
/// <param name="At">When it happened.</param>
/// <param name="RoundId">The round.</param>
/// <param name="UserId">Who.</param>
public sealed record VotingDone(DateTimeOffset At, string RoundId, string UserId) : RoomEvent(At);

/// <summary>The voting round ended.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Result">How.</param>
public sealed record VotingRoundEnded(DateTimeOffset At, RoundResultView Result) : RoomEvent(At);

/// <summary>The watch party of an item is wanted. Everything it takes to make it is in here.</summary>
/// <param name="At">When it happened.</param>
/// <param name="WatchPartyId">The id it will have.</param>
/// <param name="RoomName">The room's name.</param>
/// <param name="HostId">The member who hosts it.</param>
/// <param name="Item">The item.</param>
/// <param name="Seats">All members, in the order in which they were listed or joined.</param>
public sealed record RoomWatchPartyRequested(
    DateTimeOffset At, string WatchPartyId, string RoomName, string HostId, ItemFacts Item, IReadOnlyList<OpeningSeat> Seats)
    : RoomEvent(At);

/// <summary>The watch party of an item is there.</summary>
/// <param name="At">When it happened.</param>
/// <param name="WatchPartyId">Which.</param>
/// <param name="InviteCode">Its invite code.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
public sealed record RoomWatchPartyOpened(DateTimeOffset At, string WatchPartyId, string InviteCode, string ItemId, string Title)
    : RoomEvent(At);

/// <summary>The watch party of an item cannot be made; an admin may try again.</summary>
/// <param name="At">When it happened.</param>
/// <param name="WatchPartyId">Which.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record RoomWatchPartyFailed(DateTimeOffset At, string WatchPartyId, string ItemId, string Title, string Reason)
    : RoomEvent(At);
