using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>What a server-sent event of a room holds.</summary>
/// <param name="Type">Which one.</param>
public abstract record RoomStreamFrame([property: JsonPropertyOrder(-1)] string Type)
{
    /// <summary>Something came to be.</summary>
    public const string Insert = "insert";

    /// <summary>Something changed.</summary>
    public const string Update = "update";

    /// <summary>Something is gone.</summary>
    public const string Delete = "delete";
}

/// <summary>The stream is open; its first event.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Seq">The number of the room's last event.</param>
/// <param name="Resumed">As in <see cref="PresenceFrame"/>.</param>
public sealed record StreamConnectedFrame(
    string RoomId,
    long Seq,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Resumed = null) : RoomStreamFrame("connected");

/// <summary>The server ends the stream; its last event.</summary>
/// <param name="Message">Why, for people.</param>
/// <param name="Error">The same.</param>
/// <param name="Code">The name of the close code that a WebSocket would get.</param>
/// <param name="Retryable">Whether to connect again.</param>
public sealed record StreamErrorFrame(string Message, string Error, string Code, bool Retryable) : RoomStreamFrame("error");

/// <summary>The stream lives.</summary>
/// <param name="Timestamp">The time now.</param>
public sealed record StreamKeepAliveFrame(DateTimeOffset Timestamp) : RoomStreamFrame("keepalive");

/// <summary>A vote was cast, changed or taken back.</summary>
/// <param name="Operation"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="Timestamp">When.</param>
/// <param name="DocumentId">The vote: its item and its voter with a colon between them.</param>
/// <param name="Document">The vote; as it was when it was taken back.</param>
/// <param name="UpdatedFields">What changed; empty for a new vote and for one taken back.</param>
/// <param name="RemovedFields">Always empty.</param>
/// <param name="VoteCounts">The item's counts.</param>
/// <param name="Seq">The event's number.</param>
public sealed record VoteChangeFrame(
    string Operation,
    DateTimeOffset Timestamp,
    string DocumentId,
    VoteView Document,
    VoteFields UpdatedFields,
    IReadOnlyList<string> RemovedFields,
    VoteCounts VoteCounts,
    long Seq) : RoomStreamFrame("vote_change");

/// <summary>What changed about a vote.</summary>
/// <param name="Vote">The vote.</param>
/// <param name="VotedAt">When it was changed.</param>
public sealed record VoteFields(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Vote = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? VotedAt = null);

/// <summary>An item was added, changed or removed.</summary>
/// <param name="Operation"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="Timestamp">When.</param>
/// <param name="DocumentId">The item.</param>
/// <param name="Document">The item from now on.</param>
/// <param name="UpdatedFields">The members that changed, with their values.</param>
/// <param name="RemovedFields">Always empty.</param>
/// <param name="Seq">The event's number.</param>
public sealed record QueueChangeFrame(
    string Operation,
    DateTimeOffset Timestamp,
    string DocumentId,
    ItemView Document,
    IReadOnlyDictionary<string, JsonElement> UpdatedFields,
    IReadOnlyList<string> RemovedFields,
    long Seq) : RoomStreamFrame("queue_change");

/// <summary>An item's counts changed.</summary>
/// <param name="Operation">Always <c>update</c>.</param>
/// <param name="Timestamp">When.</param>
/// <param name="DocumentId">The item.</param>
/// <param name="Document">What of the item shows its place in the queue.</param>
/// <param name="UpdatedFields">The counts.</param>
/// <param name="RemovedFields">Always empty.</param>
/// <param name="Seq">The event's number.</param>
public sealed record QueueCountsFrame(
    string Operation,
    DateTimeOffset Timestamp,
    string DocumentId,
    CountedItem Document,
    VoteCounts UpdatedFields,
    IReadOnlyList<string> RemovedFields,
    long Seq) : RoomStreamFrame("queue_change");

/// <summary>What of an item shows its place in the queue.</summary>
/// <param name="Id">The item.</param>
/// <param name="RoomId">Its room.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="VoteScore">Up votes less down votes.</param>
/// <param name="Upvotes">Its up votes.</param>
/// <param name="Downvotes">Its down votes.</param>
public sealed record CountedItem(
    [property: JsonPropertyName("_id")] string Id,
    string RoomId,
    string Title,
    ItemStatus Status,
    int VoteScore,
    int Upvotes,
    int Downvotes);

/// <summary>Something else of the room changed.</summary>
/// <param name="Change">What: the type of the frame that the room's sockets get.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Document">That frame.</param>
/// <param name="Seq">The event's number.</param>
public sealed record RoomChangeFrame(string Change, DateTimeOffset Timestamp, JsonElement Document, long Seq)
    : RoomStreamFrame("room_change");
