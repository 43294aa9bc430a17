using System.Buffers;
using System.Text;
using AkkaParty.Actors.Rooms;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Actors.Tests.Rooms;

/// <summary>Given what rooms did, then rows.</summary>
public sealed class RoomProjectionsSpec : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Other = RoomIds.Room(0xcd);
    private readonly InMemoryJournal _journal = new();
    private readonly InMemoryProjectionStore _store = new();
    private readonly Dictionary<string, RoomState> _rooms = new(StringComparer.Ordinal);

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task Somebodys_rooms_are_those_in_which_the_seat_is_theirs()
    {
        await GivenAsync(RoomSpec.RoomId, RoomSpec.Create("ann", "bob"), RoomSpec.Join("bob", 5));
        await GivenAsync(
            Other,
            RoomSpec.Create("bob"),
            new JoinRoom(RoomSpec.At(1), RoomSpec.Stranger, new("ann", "Ann"), Token("x", "another person")));

        (await RoomsOfAsync("ann", RoomSpec.Person)).ShouldBe([RoomSpec.RoomId]);
        (await RoomsOfAsync("ann", "another person")).ShouldBe([Other]);
        (await RoomsOfAsync("ann", null)).ShouldBe([RoomSpec.RoomId, Other]);
        (await RoomsOfAsync("bob", RoomSpec.Person)).ShouldBe([Other, RoomSpec.RoomId]);
        (await RoomsOfAsync("bob", "nobody")).ShouldBeEmpty();
        (await RoomsOfAsync("cy", null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_only_listed_has_the_room_by_user_id_alone()
    {
        await GivenAsync(RoomSpec.RoomId, RoomSpec.Create("ann"), new AddMember(RoomSpec.At(1), RoomSpec.As("ann"), RoomSpec.Seat("bob")));
        (await RoomsOfAsync("bob", null)).ShouldBe([RoomSpec.RoomId]);
        (await RoomsOfAsync("bob", RoomSpec.Person)).ShouldBeEmpty();

        await GivenAsync(RoomSpec.RoomId, RoomSpec.Join("bob", 2));
        (await RoomsOfAsync("bob", RoomSpec.Person)).ShouldBe([RoomSpec.RoomId]);
        await GivenAsync(RoomSpec.RoomId, new FreeSeat(RoomSpec.At(3), RoomSpec.As("ann"), "bob"));
        (await RoomsOfAsync("bob", RoomSpec.Person)).ShouldBeEmpty();
        (await RoomsOfAsync("bob", null)).ShouldBe([RoomSpec.RoomId]);
    }

    [Fact]
    public async Task Who_leaves_and_whose_room_is_deleted_has_it_no_more()
    {
        await GivenAsync(RoomSpec.RoomId, RoomSpec.Create("ann", "bob", "cy"), RoomSpec.Join("bob", 5));
        await GivenAsync(RoomSpec.RoomId, new LeaveRoom(RoomSpec.At(6), RoomSpec.As("bob"), "bob", null));
        (await RoomsOfAsync("bob", null)).ShouldBeEmpty();
        (await RoomsOfAsync("bob", RoomSpec.Person)).ShouldBeEmpty();

        await GivenAsync(RoomSpec.RoomId, new DeleteRoom(RoomSpec.At(7), RoomSpec.As("ann")));
        (await RowsAsync(RoomsOfMembersProjection.RowsName)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_to_be_looked_up_waits_until_it_was_or_is_gone()
    {
        await GivenAsync(
            RoomSpec.RoomId, RoomSpec.Create("ann"), RoomSpec.Add("ann", "Film 1", 1), RoomSpec.Add("ann", "Film 2", 2),
            RoomSpec.Add("ann", "Film 3", 3), RoomSpec.Add("ann", "Film 4", 4));
        await GivenAsync(
            RoomSpec.RoomId,
            new FinishEnrichment(RoomSpec.At(5), RoomSpec.Id(1), 1, new ItemDetails { Year = 1927 }, null),
            new RemoveItem(RoomSpec.At(6), RoomSpec.As("ann"), RoomSpec.Id(2)),
            new UpdateItem(RoomSpec.At(7), RoomSpec.As("ann"), RoomSpec.Id(3), null, new ItemDetails { TmdbId = 19, Year = 1927 }));

        var pending = await PendingAsync();
        pending.Select(item => item.ItemId).ShouldBe([RoomSpec.Id(3), RoomSpec.Id(4)]);
        var third = pending[0];
        (third.RoomId, third.Request, third.Title, third.TmdbId, third.Year).ShouldBe((RoomSpec.RoomId, 1, "Film 3", 19, 1927));
        (third.Regions[0], third.RequestedAt).ShouldBe(("US", RoomSpec.At(3)));
        (await new PendingEnrichmentsReader(_store).FindAsync(RoomSpec.Id(1), CancellationToken.None)).ShouldBeNull();
        (await new PendingEnrichmentsReader(_store).FindAsync(RoomSpec.Id(4), CancellationToken.None))!.Title.ShouldBe("Film 4");

        await GivenAsync(RoomSpec.RoomId, new RequestEnrichment(RoomSpec.At(8), RoomSpec.As("ann"), RoomSpec.Id(1)));
        (await PendingAsync()).Select(item => (item.ItemId, item.Request)).ShouldBe(
            [(RoomSpec.Id(3), 1), (RoomSpec.Id(4), 1), (RoomSpec.Id(1), 2)]);
        await GivenAsync(RoomSpec.RoomId, new DeleteRoom(RoomSpec.At(9), RoomSpec.As("ann")));
        (await PendingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_full_history_forgets_is_not_looked_up_any_more()
    {
        await GivenAsync(
            RoomSpec.RoomId, RoomSpec.Create("ann"), RoomSpec.Add("ann", "Film 1", 1), RoomSpec.Add("ann", "Film 2", 2),
            new MarkWatched(RoomSpec.At(3), RoomSpec.As("ann"), RoomSpec.Id(2), null));
        var entry = new HistoryView(RoomSpec.Id(3), RoomSpec.RoomId, RoomSpec.Id(2), "Film 2", "ann", RoomSpec.At(3), [], null);

        (await PendingAfterAsync()).ShouldBe([RoomSpec.Id(1), RoomSpec.Id(2)]);
        await AppendAsync(
            new EntityAddress(RoomAddress.Kind, RoomSpec.RoomId), [Encoded(new EntryAdded(RoomSpec.At(5), entry, RoomSpec.Id(1)))]);
        (await PendingAfterAsync()).ShouldBe([RoomSpec.Id(2)]);

        async Task<IEnumerable<string>> PendingAfterAsync()
        {
            await CatchUpAsync();
            return (await PendingAsync()).Select(item => item.ItemId);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Step_by_step_with_restarts_the_rows_are_what_a_rebuild_makes_and_what_the_rooms_say(int seed)
    {
        var random = new Random(seed);
        var walk = new RoomWalk().Walk(Enumerable.Range(0, 400).Select(_ => random.Next()));
        foreach (var part in walk.Events.Chunk(20))
        {
            await StoreAsync(RoomSpec.RoomId, part);
            if (random.Next(2) == 0)
            {
                await CatchUpAsync();
            }
        }

        await CatchUpAsync();
        foreach (var (name, make) in Projections)
        {
            var stepByStep = Texts(await RowsAsync(name));
            await RunAsync(make(), runner => runner.RebuildAsync(CancellationToken.None));
            Texts(await RowsAsync(name)).ShouldBe(stepByStep);
        }

        var seats = _rooms.Values.SelectMany(room => room.Members.Select(
            member => (room.Id, member.Seat.UserId, Claimed: member.Holder is not null)));
        (await RowsAsync(RoomsOfMembersProjection.RowsName)).Select(row => row.Key).Order(StringComparer.Ordinal).ShouldBe(
            seats.SelectMany(seat => seat.Claimed
                ? (string[])[$"u|{seat.Id}|{seat.UserId}", $"p|{seat.Id}|{seat.UserId}"]
                : [$"u|{seat.Id}|{seat.UserId}"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Other_kinds_are_none_of_their_business_and_a_newer_event_of_a_room_stops_them()
    {
        await AppendAsync(new EntityAddress("party", "p1"), [("party.created.v9", [1])]);
        await CatchUpAsync();
        await AppendAsync(new EntityAddress(RoomAddress.Kind, RoomSpec.RoomId), [("room.created.v2", [1])]);
        (await Should.ThrowAsync<UnknownManifestException>(CatchUpAsync)).Message.ShouldContain("room.created.v2");
    }

    private static IReadOnlyList<(string Name, Func<IProjection> Make)> Projections { get; } =
    [
        (RoomsOfMembersProjection.RowsName, () => new RoomsOfMembersProjection()),
        (PendingEnrichmentsProjection.RowsName, () => new PendingEnrichmentsProjection()),
    ];

    private static RoomTokenGrant Token(string name, string person) => new($"hash-{name}", RoomSpec.At(9_000), person);

    private static IEnumerable<string> Texts(IEnumerable<ProjectionRow> rows) =>
        rows.Select(row => $"{row.Key} {row.Sort} {Encoding.UTF8.GetString(row.Value.Span)}");

    private async Task GivenAsync(string roomId, params RoomCommand[] commands)
    {
        foreach (var command in commands)
        {
            var state = _rooms.GetValueOrDefault(roomId) ?? RoomSpec.Entity.Initial(roomId);
            var decision = RoomSpec.Entity.Decide(state, Moved(command, roomId));
            decision.Rejection.ShouldBeNull($"given {command}");
            await StoreAsync(roomId, decision.Events);
        }

        await CatchUpAsync();
    }

    /// <summary>Commands are written for the first room; their ids stay as they are, since only that room has items here.</summary>
    private static RoomCommand Moved(RoomCommand command, string roomId) =>
        command is CreateRoom create ? create with { Code = roomId == Other ? "XYZ789" : "ABC234" } : command;

    private async Task StoreAsync(string roomId, IReadOnlyList<RoomEvent> events)
    {
        await AppendAsync(new EntityAddress(RoomAddress.Kind, roomId), [.. events.Select(Encoded)]);
        _rooms[roomId] = events.Aggregate(_rooms.GetValueOrDefault(roomId) ?? RoomSpec.Entity.Initial(roomId), RoomSpec.Entity.Evolve);
    }

    private static (string Manifest, byte[] Payload) Encoded(RoomEvent @event)
    {
        var codec = RoomSpec.Entity.EventCodec;
        var payload = new ArrayBufferWriter<byte>();
        codec.Encode(@event, payload);
        return (codec.Manifest(@event), payload.WrittenSpan.ToArray());
    }

    private async Task AppendAsync(EntityAddress address, IReadOnlyList<(string Manifest, byte[] Payload)> events)
    {
        var head = _rooms.GetValueOrDefault(address.Id)?.Seq ?? 0;
        var append = new AppendOperation
        {
            Address = address,
            ExpectedHead = head,
            Entries = [.. events.Select((e, i) => new JournalEntry(head + 1 + i, e.Manifest, e.Payload, RoomSpec.T0))],
        };
        await _journal.CommitAsync([append], CancellationToken.None);
        append.Outcome.ShouldBe(AppendOutcome.Appended);
    }

    private async Task CatchUpAsync()
    {
        foreach (var (_, make) in Projections)
        {
            await RunAsync(make(), runner => runner.CatchUpAsync(CancellationToken.None));
        }
    }

    private async Task<IReadOnlyList<string>> RoomsOfAsync(string userId, string? person) =>
        await new RoomsOfMembersReader(_store).ListAsync(userId, person, CancellationToken.None);

    private async Task<IReadOnlyList<PendingEnrichment>> PendingAsync() =>
        await new PendingEnrichmentsReader(_store).ListAsync(100, CancellationToken.None);

    private async Task<IReadOnlyList<ProjectionRow>> RowsAsync(string name) =>
        await _store.ListAsync(name, ProjectionRange.All, CancellationToken.None);

    /// <summary>Runs a projection as a new process would: from what is stored.</summary>
    private async Task RunAsync(IProjection projection, Func<ProjectionRunner, Task> work)
    {
        await using var runner = new ProjectionRunner(
            projection,
            new JournalPages(_journal),
            _store,
            ThreadPoolDispatcher.Instance,
            TimeProvider.System,
            new ProjectionOptions { RecordsMax = 4, PassedOverMax = 6 },
            NullLogger.Instance);
        await work(runner).WaitAsync(Patience);
    }
}
