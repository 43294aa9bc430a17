using AkkaParty.Catalog;
using AkkaParty.Catalog.Tests;
using AkkaParty.Node.Enrichment;
using AkkaParty.Pipelines;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Node.Tests.Enrichment;

public sealed class EnrichmentWorkerTests : IAsyncDisposable
{
    private static readonly EnrichmentOptions Options = new();

    private readonly ManualTime _time = new();
    private readonly FakeTitles _titles = new();
    private readonly FakeRooms _rooms = new();
    private readonly LogLines<EnrichmentWorker> _log = new();
    private readonly List<EnrichmentWorker> _workers = [];
    private volatile bool _isMine = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_is_pending_is_looked_up_and_the_room_is_told()
    {
        _rooms.Add(Item(1, "Metropolis", tmdbId: 19, year: 1927));
        Start();

        var question = await _titles.AskedAsync();
        question.Query.ShouldBe(new TitleQuery("Metropolis", 19, 1927));
        question.Reply(FakeTitles.Metropolis);

        var (room, told) = await _rooms.ToldAsync();
        room.ShouldBe(RoomIds.Room(7));
        (told with { Found = null }).ShouldBe(new FinishEnrichment(_time.GetUtcNow(), RoomIds.In(room, 1), 1, null, null));
        told.Found.ShouldNotBeNull().StreamingOn.ShouldBe(["Filmhaus", "Streamer"]);
    }

    [Fact]
    public async Task A_film_that_nobody_knows_is_told_as_not_found()
    {
        _rooms.Add(Item(1, "Our holidays"));
        Start();

        (await _titles.AskedAsync()).Reply(null);

        var (_, told) = await _rooms.ToldAsync();
        (told.Found, told.Failure).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_catalogue_that_is_away_is_asked_again_after_growing_waits_and_as_it_wants()
    {
        _rooms.Add(Item(1, "Metropolis"));
        Start();

        (await _titles.AskedAsync()).Fail(new CatalogUnavailableException("away"));
        await _time.ArmedAsync(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));
        (await _titles.AskedAsync()).Fail(new CatalogUnavailableException("limiting", TimeSpan.FromSeconds(17)));
        await _time.ArmedAsync(TimeSpan.FromSeconds(17));
        _rooms.HasBeenTold.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(17));
        (await _titles.AskedAsync()).Reply(FakeTitles.Metropolis);

        (await _rooms.ToldAsync()).Told.Found.ShouldNotBeNull().TmdbId.ShouldBe(19);
    }

    [Fact]
    public async Task After_the_last_try_the_room_is_told_why()
    {
        _rooms.Add(Item(1, "Metropolis"));
        Start(Options with { TriesMax = 2 });

        (await _titles.AskedAsync()).Fail(new CatalogUnavailableException("away"));
        await _time.ArmedAsync(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));
        (await _titles.AskedAsync()).Fail(new CatalogUnavailableException("TMDB cannot be reached."));

        var (_, told) = await _rooms.ToldAsync();
        (told.Found, told.Failure).ShouldBe((null, "TMDB cannot be reached."));
        _log.All.ShouldBe([$"Warning: The film of item {RoomIds.In(RoomIds.Room(7), 1)} could not be looked up: TMDB cannot be reached."]);
    }

    [Fact]
    public async Task A_bug_is_not_tried_again_and_not_explained_to_people()
    {
        _rooms.Add(Item(1, "Metropolis"));
        Start();

        (await _titles.AskedAsync()).Fail(new InvalidOperationException("row 7"));

        (await _rooms.ToldAsync()).Told.Failure.ShouldBe("The server made a mistake when it looked the film up.");
        _log.All.Single().ShouldContain("row 7");
    }

    [Fact]
    public async Task A_title_that_many_rooms_want_is_looked_up_once_and_each_is_told_of_its_own_regions()
    {
        _rooms.Add(
            Item(1, "Metropolis", regions: ["DE"]), Item(2, " METROPOLIS", room: 8, regions: ["US"]), Item(3, "Nosferatu", room: 9));
        Start();

        var questions = new[] { await _titles.AskedAsync(), await _titles.AskedAsync() }.OrderBy(question => question.Query.Title).ToList();
        questions[1].Query.Title.ShouldBe("Nosferatu");
        questions[1].Reply(null);
        (await _rooms.ToldAsync()).RoomId.ShouldBe(RoomIds.Room(9));
        questions[0].Reply(FakeTitles.Metropolis);

        var told = new[] { await _rooms.ToldAsync(), await _rooms.ToldAsync() }.OrderBy(one => one.RoomId).ToList();
        told[0].Told.Found!.StreamingOn.ShouldBe(["Filmhaus"]);
        told[1].Told.Found!.StreamingOn.ShouldBe(["Streamer"]);
        _titles.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task A_room_that_does_not_answer_is_told_again()
    {
        _rooms.Add(Item(1, "Metropolis"));
        _rooms.Answers.Enqueue(AskResult.Unavailable("no_home", "The shard moves.", TimeSpan.FromSeconds(3)));
        _rooms.Answers.Enqueue(AskResult.Unknown());
        Start();
        (await _titles.AskedAsync()).Reply(null);

        await _rooms.ToldAsync();
        await _time.ArmedAsync(TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(3));
        await _rooms.ToldAsync();
        await _time.ArmedAsync(TimeSpan.FromSeconds(4));
        _time.Advance(TimeSpan.FromSeconds(4));
        await _rooms.ToldAsync();

        _titles.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_room_could_not_be_told_is_begun_anew_with_a_later_look()
    {
        _rooms.Add(Item(1, "Metropolis"));
        _rooms.Answers.Enqueue(AskResult.Unavailable("no_home", "The shard moves."));
        var worker = Start(Options with { TriesMax = 1 });
        (await _titles.AskedAsync()).Reply(null);
        await _rooms.ToldAsync();

        // When the pipeline has given it up is not seen from outside; a look after that begins it again.
        while (_titles.Asked == 1)
        {
            await _rooms.LookedAsync();
            _time.Advance(Options.PollInterval);
        }

        (await _titles.AskedAsync()).Reply(null);
        await _rooms.ToldAsync();
        worker.Progress.Stages[1].Failed.ShouldBe(1);
    }

    [Fact]
    public async Task What_has_been_told_is_not_looked_up_again_while_the_list_lags_behind()
    {
        _rooms.Forgets = false;
        _rooms.Add(Item(1, "Metropolis"));
        var worker = Start();
        (await _titles.AskedAsync()).Reply(null);
        await _rooms.ToldAsync();
        await _rooms.LookedAsync();

        _rooms.Add(Item(2, "Nosferatu"));
        _time.Advance(Options.PollInterval);
        (await _rooms.LookedAsync()).ShouldBe(2);

        (await _titles.AskedAsync()).Query.Title.ShouldBe("Nosferatu");
        worker.Progress.Stages[0].Done.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_asked_for_again_is_looked_up_again()
    {
        _rooms.Add(Item(1, "Metropolis"));
        Start();
        (await _titles.AskedAsync()).Reply(null);
        await _rooms.ToldAsync();
        await _rooms.LookedAsync();

        _rooms.Add(Item(1, "Metropolis", request: 2));
        _time.Advance(Options.PollInterval);
        (await _titles.AskedAsync()).Reply(FakeTitles.Metropolis);

        (await _rooms.ToldAsync()).Told.Request.ShouldBe(2);
    }

    [Fact]
    public async Task A_list_that_has_grown_is_looked_at_at_once()
    {
        var worker = Start();
        (await _rooms.LookedAsync()).ShouldBe(0);

        _rooms.Add(Item(1, "Metropolis"));
        _rooms.HasBeenLookedAt.ShouldBeFalse();
        worker.LookSoon();

        (await _rooms.LookedAsync()).ShouldBe(1);
        (await _titles.AskedAsync()).Query.Title.ShouldBe("Metropolis");
    }

    [Fact]
    public async Task Only_the_node_whose_turn_it_is_works()
    {
        _isMine = false;
        _rooms.Add(Item(1, "Metropolis"));
        Start();
        _time.Advance(Options.PollInterval);
        _rooms.HasBeenLookedAt.ShouldBeFalse();

        _isMine = true;
        _time.Advance(Options.PollInterval);

        await _rooms.LookedAsync();
        (await _titles.AskedAsync()).Query.Title.ShouldBe("Metropolis");
    }

    [Fact]
    public async Task A_restart_begins_again_what_was_under_way()
    {
        _rooms.Add(Item(1, "Metropolis"), Item(2, "Nosferatu"));
        var first = Start();
        await _titles.AskedAsync();
        await _titles.AskedAsync();

        await first.DisposeAsync().AsTask().Within("the end of the first run");
        Start();
        (await _titles.AskedAsync()).Reply(null);
        (await _titles.AskedAsync()).Reply(null);

        await _rooms.ToldAsync();
        await _rooms.ToldAsync();
        _rooms.HasBeenTold.ShouldBeFalse();
        (await _rooms.ListAsync(10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_next_try()
    {
        _rooms.Add(Item(1, "Metropolis"));
        var worker = Start();
        (await _titles.AskedAsync()).Fail(new CatalogUnavailableException("away"));
        await _time.ArmedAsync(TimeSpan.FromSeconds(2));

        await worker.DisposeAsync().AsTask().Within("the end");
        await worker.DisposeAsync();

        _rooms.HasBeenTold.ShouldBeFalse();
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_read_again_with_the_next_poll()
    {
        _rooms.Add(Item(1, "Metropolis"));
        _rooms.Failure = new JournalUnavailableException("no database");
        Start();
        await _rooms.LookedAsync();

        _time.Advance(Options.PollInterval);

        (await _titles.AskedAsync()).Query.Title.ShouldBe("Metropolis");
        _log.All.ShouldBe(["Warning: What is to be done cannot be read: no database"]);
    }

    private static PendingEnrichment Item(
        uint number, string title, ulong room = 7, long request = 1, long? tmdbId = null, int? year = null, string[]? regions = null) =>
        new(
            RoomIds.Room(room), RoomIds.In(RoomIds.Room(room), number), request, title, tmdbId, year, regions ?? ["DE", "US"],
            new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private EnrichmentWorker Start(EnrichmentOptions? options = null)
    {
        var worker = new EnrichmentWorker(
            _titles,
            _rooms,
            _rooms.ListAsync,
            () => _isMine,
            options ?? Options,
            new PipelineOptions(EnrichmentPipeline.Name, _time) { Random = () => 0.5 },
            _log);
        _workers.Add(worker);
        return worker;
    }
}
