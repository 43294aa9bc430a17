using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// A room. What can grow is in trees that are kept in order (by number, or by ordinal), so that a change costs the logarithm of their
/// size and two nodes never enumerate them differently.
/// </summary>
public sealed record RoomState
{
    /// <summary>The room's id.</summary>
    public required string Id { get; init; }

    /// <summary>How many events made this state; 0 when the room was never created.</summary>
    public long Seq { get; init; }

    /// <summary>The room's code.</summary>
    public string Code { get; init; } = "";

    /// <summary>The room's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The settings.</summary>
    public RoomSettings Settings { get; init; } = new();

    /// <summary>Whether it was deleted; nothing is left of it then.</summary>
    public bool Deleted { get; init; }

    /// <summary>The number of the last thing that got an id.</summary>
    public uint LastNumber { get; init; }

    /// <summary>The members in the order in which they were listed or joined.</summary>
    internal ImmutableArray<RoomPerson> Members { get; init; } = [];

    /// <summary>The user ids of the admins in the order in which they became it.</summary>
    internal ImmutableArray<string> Admins { get; init; } = [];

    /// <summary>The admin without a seat; null when there never was one.</summary>
    internal RoomHolder? SeatlessAdmin { get; init; }

    /// <summary>The user ids of those who are connected.</summary>
    internal ImmutableSortedSet<string> Present { get; init; } = NoUsers;

    /// <summary>The items that are queued or being watched, by number.</summary>
    internal ImmutableSortedDictionary<uint, RoomItem> Active { get; init; } = NoItems;

    /// <summary>The items that were watched, by number.</summary>
    internal ImmutableSortedDictionary<uint, RoomItem> Watched { get; init; } = NoItems;

    /// <summary>The items that were removed, by number; the oldest are forgotten.</summary>
    internal ImmutableSortedDictionary<uint, RoomItem> Removed { get; init; } = NoItems;

    /// <summary>The history by number, the oldest first.</summary>
    internal ImmutableSortedDictionary<uint, RoomEntry> History { get; init; } = ImmutableSortedDictionary<uint, RoomEntry>.Empty;

    /// <summary>What is counted of each user.</summary>
    internal ImmutableSortedDictionary<string, RoomFigures> Figures { get; init; } = NoFigures;

    /// <summary>How many films were watched.</summary>
    internal int WatchedCount { get; init; }

    /// <summary>The last selections, the oldest first.</summary>
    internal ImmutableList<SelectionMade> Selections { get; init; } = [];

    /// <summary>The open voting round; null when none is.</summary>
    internal RoomRound? Round { get; init; }

    /// <summary>How the last voting round ended; null when none has.</summary>
    internal RoundResultView? LastRound { get; init; }

    /// <summary>The last watch parties that were wanted, the oldest first.</summary>
    internal ImmutableArray<RoomOpening> Openings { get; init; } = [];

    /// <summary>Nobody.</summary>
    internal static ImmutableSortedSet<string> NoUsers { get; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>No items.</summary>
    internal static ImmutableSortedDictionary<uint, RoomItem> NoItems { get; } = ImmutableSortedDictionary<uint, RoomItem>.Empty;

    /// <summary>No figures.</summary>
    internal static ImmutableSortedDictionary<string, RoomFigures> NoFigures { get; } =
        ImmutableSortedDictionary.Create<string, RoomFigures>(StringComparer.Ordinal);

    /// <summary>Whether there is such a room.</summary>
    internal bool Exists => Seq > 0 && !Deleted;

    /// <summary>Finds a member.</summary>
    /// <param name="userId">The user id.</param>
    /// <returns>The member, or null when the room has no such member.</returns>
    internal RoomPerson? Find(string userId)
    {
        foreach (var member in Members)
        {
            if (member.Seat.UserId == userId)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Finds an item, removed ones included.</summary>
    /// <param name="itemId">The item's id.</param>
    /// <returns>The item, or null when the room has none or has forgotten it.</returns>
    internal RoomItem? FindItem(string itemId)
    {
        if (!IsOwn(itemId))
        {
            return null;
        }

        var number = RoomIds.NumberOf(itemId);
        return Active.GetValueOrDefault(number) ?? Watched.GetValueOrDefault(number) ?? Removed.GetValueOrDefault(number);
    }

    /// <summary>Finds a history entry.</summary>
    /// <param name="entryId">The entry's id.</param>
    /// <returns>The entry, or null when the room has none.</returns>
    internal RoomEntry? FindEntry(string entryId) => IsOwn(entryId) ? History.GetValueOrDefault(RoomIds.NumberOf(entryId)) : null;

    /// <summary>Finds a watch party that was wanted.</summary>
    /// <param name="watchPartyId">Its id.</param>
    /// <returns>The watch party, or null when none was, or the room has forgotten it.</returns>
    internal RoomOpening? FindOpening(string watchPartyId)
    {
        foreach (var opening in Openings)
        {
            if (opening.View.Id == watchPartyId)
            {
                return opening;
            }
        }

        return null;
    }

    /// <summary>Makes an id.</summary>
    /// <param name="number">The number of something in this room.</param>
    /// <returns>Its id.</returns>
    internal string IdOf(uint number) => RoomIds.In(Id, number);

    private bool IsOwn(string id) => RoomIds.TryParse(id, out var parsed, out var roomId) && parsed == id && roomId == Id;
}

/// <summary>A member.</summary>
/// <param name="Seat">What is known of them.</param>
/// <param name="Holder">Who holds the seat; null while nobody has claimed it.</param>
internal sealed record RoomPerson(RoomSeat Seat, RoomHolder? Holder)
{
    /// <summary>What makes the name unique, to be compared by ordinal, ignoring case.</summary>
    public string NameKey { get; } = TextRules.KeyOf(Seat.Name);
}

/// <summary>Somebody who holds a seat, or the room without one.</summary>
/// <param name="Person">Links their seats in several rooms.</param>
/// <param name="Tokens">Their tokens, the oldest first.</param>
internal sealed record RoomHolder(string Person, ImmutableArray<RoomToken> Tokens)
{
    /// <summary>Their account; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountId { get; init; }
}

/// <summary>A watch party that is wanted for an item, or is there.</summary>
/// <param name="View">How far it is.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
internal sealed record RoomOpening(WatchOpening View, string ItemId, string Title);

/// <summary>A token that may be presented.</summary>
/// <param name="Hash">Its hash; the token itself is nowhere.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record RoomToken(string Hash, DateTimeOffset ExpiresAt);

/// <summary>An item.</summary>
/// <param name="Facts">What is known of it.</param>
/// <param name="Votes">The votes by user id.</param>
/// <param name="Reactions">The reactions by user id: a bit for each of <see cref="ItemReactions"/>.</param>
/// <param name="Entry">The number of its history entry; 0 while it has none.</param>
internal sealed record RoomItem(
    ItemFacts Facts, ImmutableSortedDictionary<string, RoomVote> Votes, ImmutableSortedDictionary<string, int> Reactions, uint Entry)
{
    /// <summary>What makes the title unique, to be compared by ordinal, ignoring case.</summary>
    public string TitleKey { get; } = TextRules.KeyOf(Facts.Title);

    /// <summary>No votes.</summary>
    internal static ImmutableSortedDictionary<string, RoomVote> NoVotes { get; } =
        ImmutableSortedDictionary.Create<string, RoomVote>(StringComparer.Ordinal);

    /// <summary>No reactions.</summary>
    internal static ImmutableSortedDictionary<string, int> NoReactions { get; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
}

/// <summary>A vote.</summary>
/// <param name="IsUp">Up or down.</param>
/// <param name="VotedAt">When it was cast or changed.</param>
/// <param name="FirstSeq">The number of the event that cast it first.</param>
/// <param name="Seq">The number of the event that cast or changed it last.</param>
internal readonly record struct RoomVote(bool IsUp, DateTimeOffset VotedAt, long FirstSeq, long Seq);

/// <summary>A watched film.</summary>
/// <param name="View">The entry.</param>
/// <param name="ItemNumber">The number of its item.</param>
internal sealed record RoomEntry(HistoryView View, uint ItemNumber);

/// <summary>What is counted of one user.</summary>
/// <param name="ItemsAdded">How many films they added.</param>
/// <param name="ItemsPicked">How many of those were watched.</param>
/// <param name="RatingCount">How many ratings they gave.</param>
/// <param name="RatingHalfStars">The sum of those, in half stars.</param>
/// <param name="Queued">How many of their items are queued now.</param>
/// <param name="Turns">How often it was their turn, with what a newcomer starts with.</param>
/// <param name="ServedSeq">The number of the event that was their last turn; 0 for none.</param>
/// <param name="PassedAt">
/// The number of the last thing in the room when, while they waited, somebody new had a turn; 0 when none had.
/// </param>
internal sealed record RoomFigures(
    int ItemsAdded, int ItemsPicked, int RatingCount, long RatingHalfStars, int Queued, long Turns, long ServedSeq, uint PassedAt)
{
    /// <summary>Of somebody new.</summary>
    internal static RoomFigures None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>An open voting round.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Seq">The number of the event that began it.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndsAt">When it ends at the latest.</param>
/// <param name="DurationSeconds">How long it takes at most.</param>
/// <param name="StartedBy">Who started it.</param>
/// <param name="Done">The user ids of those who are done.</param>
internal sealed record RoomRound(
    string Id,
    long Seq,
    DateTimeOffset StartedAt,
    DateTimeOffset EndsAt,
    int DurationSeconds,
    string? StartedBy,
    ImmutableSortedSet<string> Done);
