using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AkkaParty.Chaos.Histories;

/// <summary>How the votes on an item stand.</summary>
internal readonly record struct Counts(int Up, int Down)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"+{Up} -{Down} = {Up - Down}");
}

/// <summary>
/// What the checker follows of a room: of each event what it changed, with the counts from then on, and of the queue as a whole a
/// digest. Sockets and streams say the same in other words; here it is the same.
/// </summary>
internal static class RoomSight
{
    /// <summary>No vote any more.</summary>
    public const string NoVote = "none";

    private static readonly string[] CountNames = ["upvotes", "downvotes", "vote_score"];

    /// <summary>Takes it from a frame of a socket, or from the data of an event of a stream.</summary>
    /// <returns>Nothing for what tells of no event.</returns>
    public static Sight? Of(JsonElement frame, string feed) => frame.TryGetProperty("seq", out var seq)
        ? new Sight(seq.GetInt64(), feed, SightHash.Of(frame), LookOf(frame))
        : null;

    /// <summary>Takes it from the answer to a call that reads the queue.</summary>
    public static Sight OfQueue(JsonElement items, long seq)
    {
        var digest = items.EnumerateArray().Aggregate(0UL, (sum, item) => sum ^ Digest(Text(item, "_id"), CountsOf(item)));
        return new Sight(seq, Feeds.Queue, SightHash.Of(items), Queue(digest));
    }

    /// <summary>A vote that was cast, changed or taken back.</summary>
    public static string Vote(string item, string person, string vote, Counts counts) => $"vote {item} {person} {vote} {counts}";

    /// <summary>An item that was added or changed.</summary>
    public static string Item(string item, string status, Counts counts, string title) => $"item {item} {status} {counts} {title}";

    /// <summary>An entry of the history.</summary>
    public static string Entry(string item) => $"entry {item}";

    /// <summary>Somebody who came, or went.</summary>
    public static string Coming(string person, bool isThere) => isThere ? $"joined {person}" : $"left {person}";

    /// <summary>The whole queue.</summary>
    public static string Queue(ulong digest) => digest.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>A queued item's share in the queue's digest; the digest is all shares combined by exclusive or.</summary>
    public static ulong Digest(string item, Counts counts) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{item} {counts}")));

    private static string LookOf(JsonElement frame) => Text(frame, "type") switch
    {
        "vote_update" => Vote(
            Text(frame, "item_id"), Text(frame, "user_id"), frame.GetProperty("vote").GetString() ?? NoVote, CountsOf(frame)),
        "vote_change" => VoteOf(frame),
        "queue_update" => ItemOf(frame.GetProperty("item")),
        "queue_change" => ItemOf(frame.GetProperty("document")),
        "room_change" => LookOf(frame.GetProperty("document")),
        "history_update" => Entry(Text(frame.GetProperty("entry"), "item_id")),
        "user_joined" => Coming(Text(frame, "user_id"), isThere: true),
        "user_left" => Coming(Text(frame, "user_id"), isThere: false),
        var type => type,
    };

    private static string VoteOf(JsonElement change)
    {
        var vote = change.GetProperty("document");
        var word = Text(change, "operation") == "delete" ? NoVote : Text(vote, "vote");
        return Vote(Text(vote, "item_id"), Text(vote, "user_id"), word, CountsOf(change.GetProperty("vote_counts")));
    }

    private static string ItemOf(JsonElement item) => Item(Text(item, "_id"), Text(item, "status"), CountsOf(item), Text(item, "title"));

    private static Counts CountsOf(JsonElement json)
    {
        var numbers = CountNames.Select(name => json.GetProperty(name).GetInt32()).ToList();
        return numbers[0] - numbers[1] == numbers[2]
            ? new Counts(numbers[0], numbers[1])
            : throw new FormatException($"The score {numbers[2]} is not {numbers[0]} up votes less {numbers[1]} down votes.");
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
