using System.Globalization;
using System.Text;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.TestKit.Projections;

/// <summary>The runner over a provider's journal and rows: every event is counted exactly once, whatever happens between.</summary>
public abstract class ProjectionRunnerSpec<TProvider> : StoreSpec<TProvider>
    where TProvider : StoreProvider, new()
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_applies_every_event_and_goes_on_with_new_ones()
    {
        var counts = new EventCounts();
        await MustAppendAsync(Append(Party("a"), 0, 7), Append(Party("b"), 0, 2));
        await using var runner = Runner(counts);

        await CatchUpAsync(runner);
        (await CountAsync("a")).ShouldBe(7);
        await MustAppendAsync(Append(Party("a"), 7, 3));
        await CatchUpAsync(runner);

        (await CountAsync("a")).ShouldBe(10);
        (await CountAsync("b")).ShouldBe(2);
        runner.Offset.ShouldBe((await ReadAllAsync())[^1].Offset);
        runner.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_new_runner_goes_on_where_the_last_one_stopped()
    {
        await MustAppendAsync(Append(Party("a"), 0, 5));
        await using (var runner = Runner(new EventCounts()))
        {
            await CatchUpAsync(runner);
        }

        await MustAppendAsync(Append(Party("a"), 5, 5));
        var second = new EventCounts();
        await using (var runner = Runner(second))
        {
            await CatchUpAsync(runner);
        }

        second.Seen.ShouldBe(5);
        (await CountAsync("a")).ShouldBe(10);
    }

    [Fact]
    public async Task A_rebuild_makes_the_same_rows_from_the_first_event()
    {
        await MustAppendAsync(Append(Party("a"), 0, 20), Append(Party("b"), 0, 1));
        var counts = new EventCounts();
        await using var runner = Runner(counts);
        await runner.RebuildAsync(CancellationToken.None).WaitAsync(Patience);
        (await CountAsync("a")).ShouldBe(20);

        counts.Step = 2;
        await runner.RebuildAsync(CancellationToken.None).WaitAsync(Patience);

        (await CountAsync("a")).ShouldBe(40);
        (await CountAsync("b")).ShouldBe(2);
        runner.Lag.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_new_shape_is_made_from_the_first_event()
    {
        await MustAppendAsync(Append(Party("a"), 0, 5));
        await using (var runner = Runner(new EventCounts()))
        {
            await runner.RebuildAsync(CancellationToken.None).WaitAsync(Patience);
        }

        var changed = new EventCounts { Version = 2, Step = 10 };
        await using (var runner = Runner(changed))
        {
            await CatchUpAsync(runner);
        }

        (await CountAsync("a")).ShouldBe(50);
        (await Stores.Projections.ReadPositionAsync("counts", CancellationToken.None)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Events_that_change_no_row_are_written_down_only_once_in_a_while()
    {
        var counts = new EventCounts { Ignored = "quiet" };
        await MustAppendAsync(Append(Party("a"), 0, 1), Append(Party("quiet"), 0, 5));
        await using var runner = Runner(counts, passedOverMax: 20);
        await CatchUpAsync(runner);
        var stored = await OffsetAsync();

        await MustAppendAsync(Append(Party("quiet"), 5, 5));
        await CatchUpAsync(runner);
        (await OffsetAsync()).ShouldBe(stored);
        runner.Offset.ShouldBe((await ReadAllAsync())[^1].Offset);
        runner.Lag.ShouldBe(TimeSpan.Zero);

        await MustAppendAsync(Append(Party("quiet"), 10, 20));
        await CatchUpAsync(runner);
        (await OffsetAsync()).ShouldBeGreaterThan(stored);
        await MustAppendAsync(Append(Party("a"), 1, 1));
        await CatchUpAsync(runner);
        (await OffsetAsync()).ShouldBe(runner.Offset);
        (await CountAsync("a")).ShouldBe(2);
    }

    [Fact]
    public async Task What_was_passed_over_is_read_again_by_the_next_runner_and_counts_once()
    {
        var counts = new EventCounts { Ignored = "quiet" };
        await MustAppendAsync(Append(Party("a"), 0, 2), Append(Party("quiet"), 0, 7));
        await using (var runner = Runner(counts))
        {
            await CatchUpAsync(runner);
        }

        await MustAppendAsync(Append(Party("a"), 2, 2));
        await using (var runner = Runner(counts))
        {
            await CatchUpAsync(runner);
        }

        (await CountAsync("a")).ShouldBe(4);
        counts.Seen.ShouldBe(4);
    }

    [Fact]
    public async Task Two_runners_of_one_projection_count_no_event_twice()
    {
        var counts = new EventCounts();
        await using var one = Runner(counts);
        await using var two = Runner(counts);
        for (var head = 0; head < 50; head++)
        {
            await MustAppendAsync(Append(Party("a"), head));
            one.Poke();
            two.Poke();
        }

        await Task.WhenAll(CatchUpAsync(one), CatchUpAsync(two));
        (await CountAsync("a")).ShouldBe(50);
    }

    [Fact]
    public async Task Whoever_works_on_the_rows_is_told_when_they_can_be_read()
    {
        var told = new List<Task<ProjectionRow?>>();
        var counts = new EventCounts { Ignored = "quiet" };
        await MustAppendAsync(Append(Party("a"), 0, 2), Append(Party("quiet"), 0, 2));
        await using var runner = Runner(
            counts, rowsStored: () => told.Add(Stores.Projections.FindAsync("counts", "a", CancellationToken.None).AsTask()));
        await CatchUpAsync(runner);
        (await told[^1].WaitAsync(Patience))!.Value.Sort.ShouldBe(2);
        var before = told.Count;

        await MustAppendAsync(Append(Party("quiet"), 2, 3));
        await CatchUpAsync(runner);
        told.Count.ShouldBe(before, "no row has changed");

        await MustAppendAsync(Append(Party("a"), 2, 1));
        await CatchUpAsync(runner);
        told.Count.ShouldBe(before + 1);
        (await told[^1].WaitAsync(Patience))!.Value.Sort.ShouldBe(3);
    }

    [Fact]
    public async Task Projections_that_share_their_pages_each_count_every_event()
    {
        var pages = new JournalPages(Journal);
        var (first, second) = (new EventCounts(), new EventCounts { Name = "others" });
        await using var one = Runner(first, pages: pages);
        await using var two = Runner(second, pages: pages);
        for (var head = 0; head < 20; head++)
        {
            await MustAppendAsync(Append(Party("a"), head));
            one.Poke();
            two.Poke();
        }

        await Task.WhenAll(CatchUpAsync(one), CatchUpAsync(two));
        (first.Seen, second.Seen).ShouldBe((20, 20));
        (await Stores.Projections.FindAsync("others", "a", CancellationToken.None))!.Value.Sort.ShouldBe(20);
    }

    [Fact]
    public async Task A_bug_stops_it_and_a_rebuild_tries_again()
    {
        await MustAppendAsync(Append(Party("a"), 0, 5));
        var counts = new EventCounts { Bug = new InvalidOperationException("a bug") };
        await using var runner = Runner(counts);

        (await Should.ThrowAsync<InvalidOperationException>(() => CatchUpAsync(runner))).ShouldBeSameAs(counts.Bug);
        (await Should.ThrowAsync<InvalidOperationException>(() => CatchUpAsync(runner))).ShouldBeSameAs(counts.Bug);
        runner.Failure.ShouldBeSameAs(counts.Bug);
        (await CountAsync("a")).ShouldBe(3, "the step before the one with the bug stays");

        counts.Bug = null;
        await runner.RebuildAsync(CancellationToken.None).WaitAsync(Patience);
        (await CountAsync("a")).ShouldBe(5);
    }

    [Fact]
    public async Task Stopped_it_does_nothing_any_more()
    {
        var counts = new EventCounts();
        var runner = Runner(counts);
        await runner.DisposeAsync();
        await runner.DisposeAsync();

        runner.Poke();
        await Should.ThrowAsync<OperationCanceledException>(() => runner.RebuildAsync(CancellationToken.None));
        await Should.ThrowAsync<OperationCanceledException>(() => CatchUpAsync(runner));
        counts.Seen.ShouldBe(0);
    }

    private static Task CatchUpAsync(ProjectionRunner runner) => runner.CatchUpAsync(CancellationToken.None).WaitAsync(Patience);

    private async Task<long> CountAsync(string id) =>
        await Stores.Projections.FindAsync("counts", id, CancellationToken.None) is { } row ? row.Sort : 0;

    private async Task<long> OffsetAsync() => (await Stores.Projections.ReadPositionAsync("counts", CancellationToken.None)).Offset;

    private ProjectionRunner Runner(
        EventCounts counts, int passedOverMax = 10_000, Action? rowsStored = null, JournalPages? pages = null) => new(
        counts,
        pages ?? new JournalPages(Journal),
        Stores.Projections,
        ThreadPoolDispatcher.Instance,
        TimeProvider.System,
        new ProjectionOptions { RecordsMax = 3, PassedOverMax = passedOverMax },
        NullLogger.Instance)
        {
            RowsStored = rowsStored,
        };

    /// <summary>Counts each entity's events: reads its row, adds, writes it back.</summary>
    private sealed class EventCounts : IProjection
    {
        private int _seen;

        public string Name { get; init; } = "counts";

        public int Version { get; init; } = 1;

        public int Step { get; set; } = 1;

        public Exception? Bug { get; set; }

        /// <summary>The entity whose events are nobody's business.</summary>
        public string? Ignored { get; init; }

        public int Seen => _seen;

        public async ValueTask ApplyAsync(JournalRecord record, ProjectionBatch batch, CancellationToken cancellationToken)
        {
            if (Bug is not null && record.Entry.Seq == 4)
            {
                throw Bug;
            }

            if (record.Address.Id == Ignored)
            {
                return;
            }

            var before = await batch.FindAsync(record.Address.Id, cancellationToken);
            var count = (before?.Sort ?? 0) + Step;
            batch.Put(new ProjectionRow(record.Address.Id, count, Encoding.UTF8.GetBytes(count.ToString(CultureInfo.InvariantCulture))));
            Interlocked.Increment(ref _seen);
        }
    }
}
