using System.Text.Json;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// What a room's event streams are told of an event. It depends on the event alone, so that a resumed stream is the live one.
/// </summary>
internal static class RoomStreams
{
    /// <summary>What the stream of the whole room is told.</summary>
    /// <param name="event">The event.</param>
    /// <param name="seq">Its number.</param>
    /// <returns>The frame, or null when nobody is told of it.</returns>
    internal static RoomStreamFrame? Room(RoomEvent @event, long seq) =>
        Votes(@event, seq) ?? (RoomStreamFrame?)Item(@event, seq) ?? Other(@event, seq);

    /// <summary>What the stream of the votes is told.</summary>
    /// <param name="event">The event.</param>
    /// <param name="seq">Its number.</param>
    /// <returns>The frame, or null for what is no vote.</returns>
    internal static VoteChangeFrame? Votes(RoomEvent @event, long seq) => @event switch
    {
        VoteCast e => new VoteChangeFrame(
            e.IsChange ? RoomStreamFrame.Update : RoomStreamFrame.Insert,
            e.At,
            $"{e.ItemId}:{e.UserId}",
            RoomViews.Vote(e.ItemId, e.UserId, e.IsUp, e.At),
            e.IsChange ? new VoteFields(RoomViews.Word(e.IsUp), e.At) : new VoteFields(),
            [],
            Counts(e.Upvotes, e.Downvotes),
            seq),
        VoteRemoved e => new VoteChangeFrame(
            RoomStreamFrame.Delete,
            e.At,
            $"{e.ItemId}:{e.UserId}",
            RoomViews.Vote(e.ItemId, e.UserId, e.WasUp, e.VotedAt),
            new VoteFields(),
            [],
            Counts(e.Upvotes, e.Downvotes),
            seq),
        _ => null,
    };

    /// <summary>What the stream of the queue is told.</summary>
    /// <param name="event">The event.</param>
    /// <param name="seq">Its number.</param>
    /// <returns>The frame, or null for what changes no item.</returns>
    internal static RoomStreamFrame? Queue(RoomEvent @event, long seq) => @event switch
    {
        VoteCast e => Counted(e.ItemId, e.Title, e.Upvotes, e.Downvotes, e.At, seq),
        VoteRemoved e => Counted(e.ItemId, e.Title, e.Upvotes, e.Downvotes, e.At, seq),
        _ => Item(@event, seq),
    };

    private static QueueChangeFrame? Item(RoomEvent @event, long seq) => @event switch
    {
        ItemAdded e => Item(RoomStreamFrame.Insert, e.Item, [], e.At, seq),
        ItemUpdated e => Item(RoomStreamFrame.Update, e.Item, e.Fields, e.At, seq),
        ItemRemoved e => Item(RoomStreamFrame.Delete, e.Item, ["status"], e.At, seq),
        ItemWatched e => Item(RoomStreamFrame.Update, e.Item, ["status"], e.At, seq),
        EnrichmentRequested e => Item(RoomStreamFrame.Update, e.Item, ["enrichment", "enrichment_error"], e.At, seq),
        ItemEnriched e => Item(RoomStreamFrame.Update, e.Item, e.Fields, e.At, seq),
        _ => null,
    };

    private static QueueChangeFrame Item(string operation, ItemFacts item, IReadOnlyList<string> fields, DateTimeOffset at, long seq)
    {
        var view = item.ToView();
        var updated = new OrderedDictionary<string, JsonElement>(fields.Count, StringComparer.Ordinal);
        if (fields.Count > 0)
        {
            var members = JsonSerializer.SerializeToElement(view, RoomJsonContext.Wire.ItemView);
            foreach (var field in fields)
            {
                updated.Add(field, members.GetProperty(field));
            }
        }

        return new QueueChangeFrame(operation, at, item.Id, view, updated, [], seq);
    }

    private static QueueCountsFrame Counted(string itemId, string title, int up, int down, DateTimeOffset at, long seq) => new(
        RoomStreamFrame.Update,
        at,
        itemId,
        new CountedItem(itemId, RoomIds.RoomOf(itemId), title, ItemStatus.Queued, up - down, up, down),
        Counts(up, down),
        [],
        seq);

    private static VoteCounts Counts(int up, int down) => new(up, down, up - down);

    private static RoomChangeFrame? Other(RoomEvent @event, long seq) => RoomFrames.Of(@event, seq) is { } frame
        ? new RoomChangeFrame(frame.Type, @event.At, FrameBytes.ToElement(frame), seq)
        : null;
}
