using System.Buffers;
using System.Text;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>Given what watch parties did, then rows.</summary>
public sealed class WatchProjectionsSpec : IAsyncDisposable
{
    private const string Other = "019c1f00-0000-7000-8000-0000000000cd";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly InMemoryJournal _journal = new();
    private readonly InMemoryProjectionStore _store = new();
    private readonly Dictionary<string, WatchState> _parties = new(StringComparer.Ordinal);

    private static IReadOnlyList<(string Name, Func<IProjection> Make)> Projections { get; } =
    [
        (WatchPartiesProjection.RowsName, () => new WatchPartiesProjection()),
        (WatchParticipantsProjection.RowsName, () => new WatchParticipantsProjection()),
    ];

    private WatchPartiesReader Reader => new(_store, _ => ValueTask.CompletedTask);

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task A_party_is_listed_for_everybody_who_has_had_a_seat_or_was_let_in()
    {
        await GivenAsync(
            WatchSpec.PartyId,
            WatchSpec.Create(),
            WatchSpec.Join("bob"),
            new SetCoHost(WatchSpec.At(2), WatchSpec.As("ann"), "bob", CoHost: true),
            new InviteToWatchParty(WatchSpec.At(3), WatchSpec.As("ann"), WatchSpec.Person("cy")));
        var party = await Reader.FindAsync(WatchSpec.PartyId, CancellationToken.None);
        party.ShouldBe(new WatchPartyRow(
            WatchSpec.PartyId, "ann", "ann", "Film night", null, WatchVisibility.Private, HasPassword: false, WatchSpec.Code, 100, 2,
            WatchSpec.T0, WatchSpec.At(1), null, WatchSpec.Item(1)));
        (await OfAsync("ann")).ShouldBe([new WatchPartyOfMember(party!, "ann", WatchRole.Host, WatchSpec.T0, null, 0)]);
        (await OfAsync("bob")).ShouldBe([new WatchPartyOfMember(party!, "bob", WatchRole.CoHost, WatchSpec.At(1), null, 0)]);
        (await OfAsync("cy")).ShouldBe([new WatchPartyOfMember(party!, "cy", WatchRole.Viewer, null, null, 0)]);
        (await OfAsync("dee")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_party_of_one_began_when_it_first_played()
    {
        await GivenAsync(
            WatchSpec.PartyId, WatchSpec.Create(), WatchSpec.Connect("ann", 5), new Seek(WatchSpec.At(8), WatchSpec.As("ann"), 5_000));
        (await StartedAsync()).ShouldBeNull("nothing has played yet");
        var played = WatchSpec.T0.AddMilliseconds(20_200);
        await GivenAsync(WatchSpec.PartyId, new Play(WatchSpec.At(20), WatchSpec.As("ann")));
        (await StartedAsync()).ShouldBe(played, "that is when it takes effect");
        await GivenAsync(
            WatchSpec.PartyId,
            new Pause(WatchSpec.At(30), WatchSpec.As("ann")),
            WatchSpec.Join("bob", 40),
            new Play(WatchSpec.At(50), WatchSpec.As("ann")),
            new EndWatchParty(WatchSpec.At(60), WatchSpec.As("ann")));
        (await StartedAsync()).ShouldBe(played);
        await RunAsync(new WatchPartiesProjection(), runner => runner.RebuildAsync(CancellationToken.None));
        (await StartedAsync()).ShouldBe(played);
        await GivenAsync(WatchSpec.PartyId, new RestartWatchParty(WatchSpec.At(70), WatchSpec.As("ann")));
        (await StartedAsync()).ShouldBe(WatchSpec.At(70));

        async Task<DateTimeOffset?> StartedAsync() => (await Reader.FindAsync(WatchSpec.PartyId, CancellationToken.None))!.StartedAt;
    }

    [Fact]
    public async Task Nothing_leads_from_a_deleted_account_to_its_parties()
    {
        await GivenAsync(
            WatchSpec.PartyId,
            WatchSpec.Create(),
            WatchSpec.Join("bob"),
            new InviteToWatchParty(WatchSpec.At(3), WatchSpec.As("ann"), WatchSpec.Person("cy")),
            new ForgetAccount(WatchSpec.At(4), "ann"),
            new ForgetAccount(WatchSpec.At(4), "cy"));

        (await OfAsync("ann")).ShouldBeEmpty();
        (await OfAsync("cy")).ShouldBeEmpty();
        var bob = (await OfAsync("bob")).ShouldHaveSingleItem();
        (bob.Role, bob.Party.HostId, bob.Party.HostName, bob.Party.ParticipantCount).ShouldBe((WatchRole.Host, "bob", "bob", 1));
    }

    [Fact]
    public async Task Who_left_and_how_long_they_watched_stays_known()
    {
        await GivenAsync(
            WatchSpec.PartyId,
            WatchSpec.Create(),
            WatchSpec.Join("bob"),
            WatchSpec.Connect("bob", 10),
            new Play(WatchSpec.At(20), WatchSpec.As("ann")),
            WatchSpec.Disconnect("bob", 80),
            WatchSpec.Connect("bob", 90),
            new LeaveWatchParty(WatchSpec.At(100), WatchSpec.As("ann")));
        var bob = (await OfAsync("bob")).ShouldHaveSingleItem();
        (bob.Role, bob.Party.HostName, bob.Party.ParticipantCount).ShouldBe((WatchRole.Host, "bob", 1));
        bob.WatchedMs.ShouldBeInRange(59_000, 60_000);
        var ann = (await OfAsync("ann")).ShouldHaveSingleItem();
        (ann.Role, ann.LeftAt).ShouldBe((WatchRole.CoHost, WatchSpec.At(100)));

        await GivenAsync(WatchSpec.PartyId, new EndWatchParty(WatchSpec.At(140), WatchSpec.As("bob")));
        bob = (await OfAsync("bob")).ShouldHaveSingleItem();
        bob.Party.EndedAt.ShouldBe(WatchSpec.At(140));
        bob.WatchedMs.ShouldBeInRange(109_000, 110_000);

        await GivenAsync(WatchSpec.PartyId, new DeleteWatchParty(WatchSpec.At(150), WatchSpec.As("bob")));
        (await OfAsync("bob")).ShouldBeEmpty();
        (await RowsAsync(WatchParticipantsProjection.RowsName)).ShouldBeEmpty();
        (await RowsAsync(WatchPartiesProjection.RowsName)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Public_parties_that_go_on_are_listed_newest_first()
    {
        var isPublic = new WatchSettings { Visibility = WatchVisibility.Public };
        await GivenAsync(WatchSpec.PartyId, WatchSpec.Create(isPublic));
        await GivenAsync(Other, WatchSpec.Create(isPublic, at: 60));
        await GivenAsync("019c1f00-0000-7000-8000-0000000000ef", WatchSpec.Create(at: 70));
        (await PublicAsync(10, 0)).ShouldBe([Other, WatchSpec.PartyId]);
        (await PublicAsync(1, 0)).ShouldBe([Other]);
        (await PublicAsync(1, 1)).ShouldBe([WatchSpec.PartyId]);
        (await PublicAsync(100, 10_000)).ShouldBeEmpty();

        await GivenAsync(Other, new EndWatchParty(WatchSpec.At(80), WatchSpec.As("ann")));
        (await PublicAsync(10, 0)).ShouldBe([WatchSpec.PartyId]);
        await GivenAsync(Other, new RestartWatchParty(WatchSpec.At(90), WatchSpec.As("ann")));
        (await PublicAsync(10, 0)).ShouldBe([Other, WatchSpec.PartyId]);
        await GivenAsync(
            Other, new UpdateWatchParty(WatchSpec.At(95), WatchSpec.As("ann"), "Mine", "Quiet", new WatchSettings(), "hash"));
        (await PublicAsync(10, 0)).ShouldBe([WatchSpec.PartyId]);
        var other = (await Reader.FindAsync(Other, CancellationToken.None))!;
        (other.Title, other.Description, other.HasPassword, other.StartedAt).ShouldBe(("Mine", "Quiet", true, WatchSpec.At(90)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Step_by_step_with_restarts_the_rows_are_what_a_rebuild_makes_and_what_the_party_says(int seed)
    {
        var random = new Random(seed);
        var walk = new WatchWalk().Walk(Enumerable.Range(0, 300).Select(_ => random.Next()));
        foreach (var part in walk.Events.Chunk(20))
        {
            await StoreAsync(WatchSpec.PartyId, part);
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

        var state = _parties[WatchSpec.PartyId];
        var party = await Reader.FindAsync(WatchSpec.PartyId, CancellationToken.None);
        (party is null).ShouldBe(state.Deleted);
        if (party is not null)
        {
            (party.HostId, party.ParticipantCount, party.EndedAt, party.Title).ShouldBe(
                (state.HostId, state.Seated.Count, state.EndedAt, state.Title));
            party.StartedAt.ShouldBe(state.StartedAt);
            foreach (var member in state.Members.Values.Where(member => member.Person.Name != WatchPerson.DeletedName))
            {
                var row = (await OfAsync(member.Id)).ShouldHaveSingleItem();
                (row.Role == member.Role || !member.IsSeated, row.JoinedAt, row.LeftAt).ShouldBe((true, member.JoinedAt, member.LeftAt));
                (member.Connected ? 0 : row.WatchedMs).ShouldBe(member.Connected ? 0 : member.WatchedMs);
            }
        }
    }

    [Fact]
    public async Task Other_kinds_are_none_of_their_business_and_a_newer_event_of_a_party_stops_them()
    {
        await AppendAsync(new EntityAddress("party", "p1"), [("party.created.v9", [1])]);
        await CatchUpAsync();
        await AppendAsync(new EntityAddress(WatchAddress.Kind, WatchSpec.PartyId), [("watch-party.created.v2", [1])]);
        (await Should.ThrowAsync<UnknownManifestException>(CatchUpAsync)).Message.ShouldContain("watch-party.created.v2");
    }

    private static IEnumerable<string> Texts(IEnumerable<ProjectionRow> rows) =>
        rows.Select(row => $"{row.Key} {row.Sort} {Encoding.UTF8.GetString(row.Value.Span)}");

    private async Task GivenAsync(string partyId, params WatchCommand[] commands)
    {
        foreach (var command in commands)
        {
            var state = _parties.GetValueOrDefault(partyId) ?? WatchSpec.Entity.Initial(partyId);
            var decision = WatchSpec.Entity.Decide(state, command);
            decision.Rejection.ShouldBeNull($"given {command}");
            await StoreAsync(partyId, decision.Events);
        }

        await CatchUpAsync();
    }

    private async Task StoreAsync(string partyId, IReadOnlyList<WatchEvent> events)
    {
        var codec = WatchSpec.Entity.EventCodec;
        var entries = new List<(string, byte[])>();
        foreach (var @event in events)
        {
            var payload = new ArrayBufferWriter<byte>();
            codec.Encode(@event, payload);
            entries.Add((codec.Manifest(@event), payload.WrittenSpan.ToArray()));
        }

        await AppendAsync(new EntityAddress(WatchAddress.Kind, partyId), entries);
        _parties[partyId] = events.Aggregate(
            _parties.GetValueOrDefault(partyId) ?? WatchSpec.Entity.Initial(partyId), WatchSpec.Entity.Evolve);
    }

    private async Task AppendAsync(EntityAddress address, IReadOnlyList<(string Manifest, byte[] Payload)> events)
    {
        var head = _parties.GetValueOrDefault(address.Id)?.Seq ?? 0;
        var append = new AppendOperation
        {
            Address = address,
            ExpectedHead = head,
            Entries = [.. events.Select((e, i) => new JournalEntry(head + 1 + i, e.Manifest, e.Payload, WatchSpec.T0))],
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

    private async Task<IReadOnlyList<WatchPartyOfMember>> OfAsync(string memberId) =>
        await Reader.ListOfMemberAsync(memberId, CancellationToken.None);

    private async Task<IEnumerable<string>> PublicAsync(int limit, int offset) =>
        (await Reader.ListPublicAsync(limit, offset, CancellationToken.None)).Select(row => row.Id);

    private async Task<IReadOnlyList<ProjectionRow>> RowsAsync(string name) =>
        await _store.ListAsync(name, ProjectionRange.All, CancellationToken.None);

    private async Task RunAsync(IProjection projection, Func<ProjectionRunner, Task> work)
    {
        await using var runner = new ProjectionRunner(
            projection,
            new JournalPages(_journal),
            _store,
            ThreadPoolDispatcher.Instance,
            TimeProvider.System,
            new ProjectionOptions { RecordsMax = 7 },
            NullLogger.Instance);
        await work(runner).WaitAsync(Patience);
    }
}
