using System.Globalization;
using System.Text.Json;

namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>A watch party as a client draws it from what it is told: where it is, the playlist, the people and what they said.</summary>
internal sealed class WatchPicture
{
    private readonly SortedDictionary<long, string> _chat = [];
    private readonly SortedDictionary<string, (string Role, bool Connected)> _people = new(StringComparer.Ordinal);
    private readonly List<(string Id, string Title)> _items = [];
    private long _playbackSeq = -1;
    private long _peopleSeq = -1;

    /// <summary>The ids of the playlist's items, in order.</summary>
    public IReadOnlyList<string> ItemIds => [.. _items.Select(item => item.Id)];

    /// <summary>What plays; null for nothing.</summary>
    public string? Current { get; private set; }

    /// <summary>How many people there are who are connected.</summary>
    public int ConnectedCount => _people.Values.Count(person => person.Connected);

    /// <summary>What playback is computed with.</summary>
    public string Playback { get; private set; } = string.Empty;

    /// <summary>The playlist, one line each.</summary>
    public IReadOnlyList<string> Items => [.. _items.Select(item => $"{item.Id} {item.Title}")];

    /// <summary>The people, one line each.</summary>
    public IReadOnlyList<string> People =>
        [.. _people.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value.Role} {p.Value.Connected}"))];

    /// <summary>What was said, one line each.</summary>
    public IReadOnlyList<string> Chat => [.. _chat.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value}"))];

    /// <summary>A picture of what REST shows.</summary>
    /// <param name="party">The party.</param>
    /// <param name="messages">Its messages.</param>
    public static WatchPicture Of(JsonElement party, JsonElement messages)
    {
        var picture = new WatchPicture();
        picture.TakeWhole(party, 0);
        picture.TakeMessages(messages);
        return picture;
    }

    public override string ToString() => string.Join(Environment.NewLine, [Playback, .. Items, .. People, .. Chat]);

    /// <summary>Takes any frame.</summary>
    public void Take(WatchFrame frame)
    {
        var seq = frame.Seq ?? 0;
        if (frame.IsFirst)
        {
            TakeWhole(frame.Body, seq);
            return;
        }

        switch (frame.Type)
        {
            case "playlist":
                ChangePlaylist(frame);
                break;
            case "chat_message":
                Say(frame.Body.GetProperty("chat_message"), "id", "user_id", "message");
                break;
            case "participants":
                TakePeople(frame.Body, seq);
                break;
            case "participant-joined" or "participant-left" or "participant-updated" or "presence" or "host_changed":
                ChangePeople(frame);
                break;
            default:
                TakePlayback(frame.Body, seq);
                if (frame.Member("message") is { ValueKind: JsonValueKind.Object } message)
                {
                    Say(message, "message_id", "member_id", "text");
                }

                break;
        }
    }

    /// <summary>Takes what its own user has said: where the sender is not told of it.</summary>
    public void Say(long messageId, string userId, string text) => _chat[messageId] = $"{userId}: {text}";

    private void TakeWhole(JsonElement whole, long seq)
    {
        TakePlayback(whole, seq);
        if (whole.TryGetProperty("items", out var items))
        {
            _items.Clear();
            _items.AddRange(items.EnumerateArray().Select(ItemOf));
        }

        if (whole.TryGetProperty("participants", out var people))
        {
            TakePeople(people, seq);
        }

        if (whole.TryGetProperty("messages", out var messages))
        {
            TakeMessages(messages);
        }
    }

    private void TakeMessages(JsonElement messages)
    {
        foreach (var message in messages.EnumerateArray())
        {
            if (message.TryGetProperty("message_id", out _))
            {
                Say(message, "message_id", "member_id", "text");
            }
            else
            {
                Say(message, "id", "user_id", "message");
            }
        }
    }

    // What follows the beginning of a connection that goes on is history: only the newest counts.
    private void TakePlayback(JsonElement body, long seq)
    {
        if (seq < _playbackSeq || !body.TryGetProperty("playback", out var playback) || playback.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        _playbackSeq = seq;
        Current = playback.GetProperty("item_id").GetString();
        Playback = string.Join(
            ' ',
            new[] { "item_id", "position_ms", "playing", "rate", "at_ms", "changed_by" }
                .Select(name => $"{name}={(playback.TryGetProperty(name, out var value) ? value.ToString() : string.Empty)}"));
    }

    private void ChangePlaylist(WatchFrame frame)
    {
        var (action, itemId) = (frame.Text("action"), frame.Text("item_id")!);
        var place = frame.Member("place") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 0;
        if (action == "add")
        {
            _items.Insert(place, ItemOf(frame.Body.GetProperty("item")));
        }
        else if (action == "move")
        {
            var item = _items.Single(one => one.Id == itemId);
            _items.Remove(item);
            _items.Insert(place, item);
        }
        else if (action == "remove")
        {
            _items.RemoveAll(one => one.Id == itemId);
        }
    }

    private void TakePeople(JsonElement people, long seq)
    {
        if (seq < _peopleSeq)
        {
            return;
        }

        _peopleSeq = seq;
        _people.Clear();
        foreach (var person in people.EnumerateArray())
        {
            _people[person.GetProperty("user_id").GetString()!] = (RoleOf(person), person.GetProperty("connected").GetBoolean());
        }
    }

    private void ChangePeople(WatchFrame frame)
    {
        if (frame.Text("former_host_user_id") is { } former && _people.TryGetValue(former, out var old))
        {
            _people[former] = old with { Role = "co-host" };
        }

        var face = frame.Body.GetProperty("participant");
        var userId = face.GetProperty("user_id").GetString()!;
        if (frame.Is("participant-left"))
        {
            _people.Remove(userId);
            return;
        }

        var connected = frame.Member("connected") is { } told ? told.GetBoolean() : _people.GetValueOrDefault(userId).Connected;
        _people[userId] = (RoleOf(face), connected);
    }

    private void Say(JsonElement message, string id, string userId, string text) => Say(
        long.Parse(message.GetProperty(id).GetString()!, CultureInfo.InvariantCulture),
        message.GetProperty(userId).GetString()!,
        message.GetProperty(text).GetString()!);

    private static (string Id, string Title) ItemOf(JsonElement item) =>
        (item.GetProperty("item_id").GetString()!, item.GetProperty("title").GetString()!);

    // One word for it in both dialects.
    private static string RoleOf(JsonElement person) => person.GetProperty("role").GetString()!.Replace('_', '-');
}
