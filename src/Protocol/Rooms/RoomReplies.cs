using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>The answer to a command.</summary>
public abstract record RoomReply
{
    /// <summary>The <see cref="RoomCommand.Fingerprint"/> of the command that was carried out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fingerprint { get; init; }
}

/// <summary>The command was carried out; there is nothing else to say.</summary>
public sealed record RoomDone : RoomReply
{
    /// <summary>The reply to a command without a fingerprint.</summary>
    public static RoomDone Instance { get; } = new();
}

/// <summary>The room just after a command about the room or its members.</summary>
/// <param name="Room">The room.</param>
public sealed record RoomChanged(RoomView Room) : RoomReply;

/// <summary>The answer to <see cref="CreateRoom"/> and <see cref="JoinRoom"/>.</summary>
/// <param name="Room">The room.</param>
/// <param name="UserId">Whose seat it is; null for an admin without a seat.</param>
/// <param name="HasToken">Whether the command's token now holds; false when nothing changed.</param>
public sealed record RoomEntered(RoomView Room, string? UserId, bool HasToken) : RoomReply;

/// <summary>An item just after a command about it.</summary>
/// <param name="Item">The item.</param>
/// <param name="IsNew">Whether the command added it.</param>
public sealed record ItemChanged(ItemView Item, bool IsNew = false) : RoomReply;

/// <summary>A vote just after it was cast.</summary>
/// <param name="Vote">The vote.</param>
/// <param name="Counts">The item's counts with it.</param>
public sealed record VoteChanged(VoteView Vote, VoteCounts Counts) : RoomReply;

/// <summary>A reaction just after it was turned over.</summary>
/// <param name="Reaction">The reaction.</param>
public sealed record ReactionChanged(ReactionView Reaction) : RoomReply;

/// <summary>A history entry just after a command about it.</summary>
/// <param name="Entry">The entry.</param>
public sealed record EntryChanged(HistoryView Entry) : RoomReply;

/// <summary>What was picked.</summary>
/// <param name="Selection">The selection.</param>
/// <param name="Item">The item.</param>
public sealed record ItemSelected(SelectionView Selection, ItemView Item) : RoomReply;

/// <summary>The voting round just after a command about it.</summary>
/// <param name="Rounds">The open round, if one is, and the last result.</param>
public sealed record VotingChanged(VotingRounds Rounds) : RoomReply;
