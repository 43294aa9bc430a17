using System.Text.Json;

namespace AkkaParty.EndToEnd.Rooms.Crowds;

/// <summary>An item as somebody pictures it who has only heard of changes.</summary>
internal sealed class ItemPicture
{
    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Who added it.</summary>
    public required string AddedBy { get; init; }

    /// <summary>The vote of each voter.</summary>
    public Dictionary<string, string> Votes { get; } = [];

    /// <summary>Up votes, down votes and score, as they were told with the last change of them.</summary>
    public (int Up, int Down, int Score) Counts { get; set; }

    /// <summary>Whether its data is still being looked up.</summary>
    public bool IsPending { get; set; }
}

/// <summary>A room's queue and votes, put together from what a socket or a stream tells, and from nothing else.</summary>
internal sealed class RoomPicture
{
    /// <summary>The items by their ids.</summary>
    public Dictionary<string, ItemPicture> Items { get; } = [];

    /// <summary>Takes a frame of a socket.</summary>
    public void TakeFrame(RoomFrame frame)
    {
        if (frame.Is("queue_update"))
        {
            TakeItem(frame.Json.GetProperty("item"));
        }
        else if (frame.Is("vote_update"))
        {
            TakeVote(frame.Text("item_id"), frame.Text("user_id"), frame.Json.GetProperty("vote").GetString(), frame.Json);
        }
    }

    /// <summary>Takes the data of an event of a stream.</summary>
    public void TakeEvent(RoomFrame data)
    {
        var document = data.Json.GetProperty("document");
        if (data.Is("queue_change") && document.TryGetProperty("added_by", out _))
        {
            TakeItem(document);
        }
        else if (data.Is("queue_change"))
        {
            Items[data.Text("document_id")].Counts = Counts(document);
        }
        else if (data.Is("vote_change"))
        {
            var vote = data.Text("operation") == "delete" ? null : document.GetProperty("vote").GetString();
            TakeVote(
                document.GetProperty("item_id").GetString()!, document.GetProperty("user_id").GetString()!, vote,
                data.Json.GetProperty("vote_counts"));
        }
    }

    /// <summary>The items with their counts, as lines to compare.</summary>
    public IReadOnlyList<string> CountLines() =>
        [.. Items.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key} {i.Value.Title} ({i.Value.AddedBy}) {i.Value.Counts}")];

    /// <summary>Every vote, as lines to compare.</summary>
    public IReadOnlyList<string> VoteLines() =>
        [.. Items.SelectMany(i => i.Value.Votes.Select(v => $"{i.Key} {v.Key} {v.Value}")).Order(StringComparer.Ordinal)];

    /// <summary>Reads counts.</summary>
    public static (int Up, int Down, int Score) Counts(JsonElement json) =>
        (json.GetProperty("upvotes").GetInt32(), json.GetProperty("downvotes").GetInt32(), json.GetProperty("vote_score").GetInt32());

    private void TakeItem(JsonElement item)
    {
        var id = item.GetProperty("_id").GetString()!;
        if (!Items.TryGetValue(id, out var known))
        {
            known = new ItemPicture
            {
                Title = item.GetProperty("title").GetString()!,
                AddedBy = item.GetProperty("added_by").GetString()!,
            };
            Items.Add(id, known);
        }

        known.Counts = Counts(item);
        known.IsPending = item.GetProperty("enrichment").GetString() == "pending";
    }

    private void TakeVote(string itemId, string userId, string? vote, JsonElement counts)
    {
        // A stream of votes alone tells of items nothing but their ids.
        if (!Items.TryGetValue(itemId, out var item))
        {
            Items.Add(itemId, item = new ItemPicture { Title = string.Empty, AddedBy = string.Empty });
        }

        item.Counts = Counts(counts);
        if (vote is null)
        {
            item.Votes.Remove(userId).ShouldBeTrue($"{userId} took back a vote on {itemId} that was never told of");
        }
        else
        {
            item.Votes[userId] = vote;
        }
    }
}
