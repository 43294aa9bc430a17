using System.Buffers;
using System.Text;
using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>Given records of the journal, then rows.</summary>
public sealed class ChosenFilmsSpec : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset T0 = PartySpec.T0;

    private readonly InMemoryJournal _journal = new();
    private readonly InMemoryProjectionStore _store = new();
    private readonly Dictionary<EntityAddress, long> _heads = [];

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task Every_round_that_a_film_wins_counts_once()
    {
        await GivenAsync("p1", Won("7", 1), new PartyRestarted(At(2), 2), Won("7", 3));
        await GivenAsync("p2", Won("7", 4));

        await CatchUpAsync();

        (await ListAsync()).ShouldBe([new ChosenFilm("7", "Film 7", "1924", "", 3, At(4))]);
    }

    [Fact]
    public async Task The_most_wins_come_first_and_of_equal_ones_the_latest()
    {
        await GivenAsync("p1", Won("1", 10), Won("2", 20), Won("3", 5), Won("3", 6), Won("4", 15));

        await CatchUpAsync();

        (await ListAsync()).Select(film => film.Id).ShouldBe(["3", "2", "4", "1"]);
        (await ListAsync(2)).Select(film => film.Id).ShouldBe(["3", "2"]);
    }

    [Fact]
    public async Task A_title_is_the_newest_one_and_the_last_time_never_goes_back()
    {
        await GivenAsync("p1", Won("7", 9));
        var movie = new Movie("7", "Nosferatu", "1922", "https://p/7.jpg");
        await GivenAsync("p2", new PartyFinished(At(8), movie, Count("7"), RankingEnd.Host));

        await CatchUpAsync();

        (await ListAsync()).ShouldBe([new ChosenFilm("7", "Nosferatu", "1922", "https://p/7.jpg", 2, At(9))]);
    }

    [Fact]
    public async Task A_row_tells_the_film_and_nothing_about_people_or_parties()
    {
        await GivenAsync(
            "secret-party",
            new PartyCreated(At(0), "Secret name", "u1", "Secret person", "hash", At(99), new PartyOptions()),
            new NominationsStarted(At(1)),
            new MovieNominated(At(2), PartySpec.Film("7"), "u1", At(9)),
            Won("7", 3));

        await CatchUpAsync();

        var row = (await RowsAsync()).ShouldHaveSingleItem();
        row.Key.ShouldBe("7");
        Encoding.UTF8.GetString(row.Value.Span).ShouldBe(
            """{"id":"7","title":"Film 7","year":"1924","poster_path":"","wins":1,"last_chosen_at":"2025-06-07T20:00:03Z"}""");
    }

    [Fact]
    public async Task Other_kinds_of_entities_are_none_of_its_business()
    {
        await AppendAsync(new EntityAddress("room", "r1"), [Entry(Won("7", 1)), ("room.opened.v7", [1, 2, 3])]);

        await CatchUpAsync();

        (await RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_party_event_of_a_newer_version_stops_it_before_it_counts_wrongly()
    {
        await AppendAsync(new EntityAddress(PartyAddress.Kind, "p1"), [Entry(Won("7", 1)), ("party.finished.v2", [1])]);

        (await Should.ThrowAsync<UnknownManifestException>(CatchUpAsync)).Message.ShouldContain("party.finished.v2");

        (await RowsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Step_by_step_with_restarts_it_is_what_a_rebuild_makes_and_what_a_count_by_hand_says(int seed)
    {
        var random = new Random(seed);
        var won = new List<PartyFinished>();
        for (var i = 0; i < 60; i++)
        {
            var events = new List<PartyEvent>();
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                events.Add(random.Next(2) == 0 ? Won($"{random.Next(1, 8)}", random.Next(1000)) : new NominationsStarted(At(i)));
            }

            won.AddRange(events.OfType<PartyFinished>());
            await GivenAsync($"p{random.Next(5)}", [.. events]);
            if (random.Next(3) == 0)
            {
                await CatchUpAsync();
            }
        }

        await CatchUpAsync();
        var stepByStep = await RowsAsync();
        await RunAsync(runner => runner.RebuildAsync(CancellationToken.None));
        Texts(await RowsAsync()).ShouldBe(Texts(stepByStep));

        var byHand = won.GroupBy(e => e.Winner.Id)
            .Select(g => (Id: g.Key, Wins: g.LongCount(), Last: g.Max(e => e.At)))
            .OrderByDescending(film => film.Wins)
            .ThenByDescending(film => film.Last)
            .ThenByDescending(film => film.Id, StringComparer.Ordinal);
        (await ListAsync()).Select(film => (film.Id, film.Wins, film.LastChosenAt)).ShouldBe(byHand);
    }

    private static DateTimeOffset At(double seconds) => T0.AddSeconds(seconds);

    private static PartyFinished Won(string film, double seconds) =>
        new(At(seconds), PartySpec.Film(film), Count(film), RankingEnd.AllRanked);

    private static RunoffResult Count(string film) => new(film, [new RunoffRound(1, [new(film, 1)], null, 0, 1, 1, null, film)]);

    private static (string Manifest, byte[] Payload) Entry(PartyEvent @event)
    {
        var codec = new PartyEntity().EventCodec;
        var payload = new ArrayBufferWriter<byte>();
        codec.Encode(@event, payload);
        return (codec.Manifest(@event), payload.WrittenSpan.ToArray());
    }

    private static IEnumerable<string> Texts(IEnumerable<ProjectionRow> rows) =>
        rows.Select(row => $"{row.Key} {row.Sort} {Encoding.UTF8.GetString(row.Value.Span)}");

    private Task GivenAsync(string party, params PartyEvent[] events) =>
        AppendAsync(new EntityAddress(PartyAddress.Kind, party), [.. events.Select(Entry)]);

    private async Task AppendAsync(EntityAddress address, IReadOnlyList<(string Manifest, byte[] Payload)> events)
    {
        var head = _heads.GetValueOrDefault(address);
        var append = new AppendOperation
        {
            Address = address,
            ExpectedHead = head,
            Entries = [.. events.Select((e, i) => new JournalEntry(head + 1 + i, e.Manifest, e.Payload, T0))],
        };
        await _journal.CommitAsync([append], CancellationToken.None);
        append.Outcome.ShouldBe(AppendOutcome.Appended);
        _heads[address] = head + events.Count;
    }

    private Task CatchUpAsync() => RunAsync(runner => runner.CatchUpAsync(CancellationToken.None));

    /// <summary>Runs the projection as a new process would: from what is stored.</summary>
    private async Task RunAsync(Func<ProjectionRunner, Task> work)
    {
        await using var runner = new ProjectionRunner(
            new ChosenFilmsProjection(),
            new JournalPages(_journal),
            _store,
            ThreadPoolDispatcher.Instance,
            TimeProvider.System,
            new ProjectionOptions { RecordsMax = 4, PassedOverMax = 6 },
            NullLogger.Instance);
        await work(runner).WaitAsync(Patience);
    }

    private ValueTask<IReadOnlyList<ProjectionRow>> RowsAsync() =>
        _store.ListAsync(ChosenFilmsProjection.RowsName, ProjectionRange.All, CancellationToken.None);

    private ValueTask<IReadOnlyList<ChosenFilm>> ListAsync(int count = IChosenFilms.CountMax) =>
        new ChosenFilmsReader(_store).ListAsync(count, CancellationToken.None);
}
