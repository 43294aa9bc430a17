using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>A room's state as its snapshot holds it: plain lists, with nothing that can be made again from the rest.</summary>
internal sealed record RoomSnapshot(
    string Id,
    long Seq,
    string Code,
    string Name,
    DateTimeOffset CreatedAt,
    RoomSettings Settings,
    bool Deleted,
    uint LastNumber,
    IReadOnlyList<SeatRow> Members,
    IReadOnlyList<string> Admins,
    RoomHolder? SeatlessAdmin,
    IReadOnlyList<string> Present,
    IReadOnlyList<ItemRow> Items,
    IReadOnlyList<HistoryView> History,
    IReadOnlyList<FiguresRow> Figures,
    int WatchedCount,
    IReadOnlyList<SelectionRow> Selections,
    RoundRow? Round,
    RoundResultView? LastRound,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RoomOpening>? Openings = null)
{
    internal static RoomSnapshot Of(RoomState state) => new(
        state.Id,
        state.Seq,
        state.Code,
        state.Name,
        state.CreatedAt,
        state.Settings,
        state.Deleted,
        state.LastNumber,
        [.. state.Members.Select(member => new SeatRow(member.Seat, member.Holder))],
        state.Admins,
        state.SeatlessAdmin,
        state.Present,
        [.. state.Active.Concat(state.Watched).Concat(state.Removed).Select(row => ItemRow.Of(row.Value))],
        [.. state.History.Select(row => row.Value.View)],
        [.. state.Figures.Select(row => new FiguresRow(row.Key, row.Value))],
        state.WatchedCount,
        [.. state.Selections.Select(SelectionRow.Of)],
        state.Round is { } round ? RoundRow.Of(round) : null,
        state.LastRound,
        state.Openings.IsEmpty ? null : state.Openings);

    internal RoomState ToState()
    {
        var items = Items.Select(row => KeyValuePair.Create(RoomIds.NumberOf(row.Facts.Id), row.ToItem())).ToList();
        return new RoomState
        {
            Id = Id,
            Seq = Seq,
            Code = Code,
            Name = Name,
            CreatedAt = CreatedAt,
            Settings = Settings,
            Deleted = Deleted,
            LastNumber = LastNumber,
            Members = [.. Members.Select(row => new RoomPerson(row.Seat, row.Holder))],
            Admins = [.. Admins],
            SeatlessAdmin = SeatlessAdmin,
            Present = RoomState.NoUsers.Union(Present),
            Active = With(items, status => status is ItemStatus.Queued or ItemStatus.Watching),
            Watched = With(items, status => status == ItemStatus.Watched),
            Removed = With(items, status => status == ItemStatus.Removed),
            History = ImmutableSortedDictionary.CreateRange(History.Select(view =>
                KeyValuePair.Create(RoomIds.NumberOf(view.Id), new RoomEntry(view, RoomIds.NumberOf(view.ItemId))))),
            Figures = RoomState.NoFigures.AddRange(Figures.Select(row => KeyValuePair.Create(row.UserId, row.Figures))),
            WatchedCount = WatchedCount,
            Selections = [.. Selections.Select(row => row.ToSelection(Id))],
            Round = Round?.ToRound(),
            LastRound = LastRound,
            Openings = [.. Openings ?? []],
        };
    }

    private static ImmutableSortedDictionary<uint, RoomItem> With(
        List<KeyValuePair<uint, RoomItem>> items, Func<ItemStatus, bool> belongs) =>
        RoomState.NoItems.AddRange(items.Where(row => belongs(row.Value.Facts.Status)));
}

/// <summary>A member in a snapshot.</summary>
internal sealed record SeatRow(RoomSeat Seat, RoomHolder? Holder);

/// <summary>An item in a snapshot.</summary>
internal sealed record ItemRow(ItemFacts Facts, IReadOnlyList<VoteRow> Votes, IReadOnlyList<ReactionRow> Reactions, uint Entry)
{
    internal static ItemRow Of(RoomItem item) => new(
        item.Facts,
        [.. item.Votes.Select(row => new VoteRow(row.Key, row.Value.IsUp, row.Value.VotedAt, row.Value.FirstSeq, row.Value.Seq))],
        [.. item.Reactions.Select(row => new ReactionRow(row.Key, row.Value))],
        item.Entry);

    internal RoomItem ToItem() => new(
        Facts,
        RoomItem.NoVotes.AddRange(Votes.Select(
            row => KeyValuePair.Create(row.UserId, new RoomVote(row.IsUp, row.VotedAt, row.FirstSeq, row.Seq)))),
        RoomItem.NoReactions.AddRange(Reactions.Select(row => KeyValuePair.Create(row.UserId, row.Bits))),
        Entry);
}

/// <summary>A vote in a snapshot.</summary>
internal sealed record VoteRow(string UserId, bool IsUp, DateTimeOffset VotedAt, long FirstSeq, long Seq);

/// <summary>Somebody's reactions to an item in a snapshot.</summary>
internal sealed record ReactionRow(string UserId, int Bits);

/// <summary>A user's figures in a snapshot.</summary>
internal sealed record FiguresRow(string UserId, RoomFigures Figures);

/// <summary>A selection in a snapshot.</summary>
/// <param name="Made">The selection without its candidates.</param>
/// <param name="Candidates">
/// Its candidates, of which there may be a thousand: number, score, weight; number, score, weight; and so on.
/// </param>
internal sealed record SelectionRow(SelectionMade Made, IReadOnlyList<long> Candidates)
{
    private const int Columns = 3;

    internal static SelectionRow Of(SelectionMade made) => new(
        made with { Candidates = [] },
        [.. made.Candidates.SelectMany(c => (long[])[RoomIds.NumberOf(c.ItemId), c.VoteScore, c.Weight])]);

    internal SelectionMade ToSelection(string roomId) => Made with
    {
        Candidates =
        [
            .. Candidates.Chunk(Columns).Select(row => new DrawnCandidate(RoomIds.In(roomId, (uint)row[0]), (int)row[1], row[2])),
        ],
    };
}

/// <summary>The open voting round in a snapshot.</summary>
internal sealed record RoundRow(
    string Id,
    long Seq,
    DateTimeOffset StartedAt,
    DateTimeOffset EndsAt,
    int DurationSeconds,
    string? StartedBy,
    IReadOnlyList<string> Done)
{
    internal static RoundRow Of(RoomRound round) => new(
        round.Id, round.Seq, round.StartedAt, round.EndsAt, round.DurationSeconds, round.StartedBy, round.Done);

    internal RoomRound ToRound() =>
        new(Id, Seq, StartedAt, EndsAt, DurationSeconds, StartedBy, RoomState.NoUsers.Union(Done));
}
