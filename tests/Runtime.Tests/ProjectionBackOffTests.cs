using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.Tests;

public sealed class ProjectionBackOffTests
{
    [Fact]
    public async Task While_the_store_is_away_it_waits_longer_each_time_and_then_goes_on()
    {
        var time = new HandTime();
        var journal = new AwayJournal { Away = true };
        var dispatcher = new ManualDispatcher();
        var projection = new Copies();
        await using var runner = new ProjectionRunner(
            projection, new(journal), new InMemoryProjectionStore(), dispatcher, time, new ProjectionOptions(), NullLogger.Instance);
        await journal.AppendAsync();
        var caughtUp = runner.CatchUpAsync(CancellationToken.None);

        TimeSpan[] waits = [.. Enumerable.Range(0, 7).Select(_ => FailOnce())];

        waits.Select(wait => wait.TotalMilliseconds).ShouldBe([200, 400, 800, 1600, 3200, 6400, 6400]);
        caughtUp.IsCompleted.ShouldBeFalse();
        journal.Away = false;
        time.FireRetry();
        dispatcher.RunAll();
        caughtUp.IsCompletedSuccessfully.ShouldBeTrue();
        projection.Applied.ShouldBe(1);
        journal.Away = true;
        runner.Poke();
        FailOnce(retried: true).TotalMilliseconds.ShouldBe(200, "what worked again starts from the beginning");

        TimeSpan FailOnce(bool retried = false)
        {
            if (!retried)
            {
                time.FireRetry();
            }

            dispatcher.RunAll();
            runner.Poke();
            dispatcher.Waiting.ShouldBe(0, "a poke does not shorten the wait");
            return time.RetryDue;
        }
    }

    [Fact]
    public async Task A_poll_finds_what_nobody_announced()
    {
        var time = new HandTime();
        var journal = new AwayJournal();
        var dispatcher = new ManualDispatcher();
        var projection = new Copies();
        await using var runner = new ProjectionRunner(
            projection, new(journal), new InMemoryProjectionStore(), dispatcher, time, new ProjectionOptions(), NullLogger.Instance);
        await journal.AppendAsync();

        time.FirePoll();
        dispatcher.RunAll();

        projection.Applied.ShouldBe(1);
    }

    [Fact]
    public async Task Many_appends_are_followed_by_one_reading_a_little_later()
    {
        var time = new HandTime();
        var journal = new AwayJournal();
        var dispatcher = new ManualDispatcher();
        var projection = new Copies();
        await using var runner = new ProjectionRunner(
            projection, new(journal), new InMemoryProjectionStore(), dispatcher, time, new ProjectionOptions(), NullLogger.Instance);
        await journal.AppendAsync();

        runner.NoteAppend();
        runner.NoteAppend();
        dispatcher.Waiting.ShouldBe(0, "nothing is read yet");
        time.AppendsDue.ShouldBe(TimeSpan.FromMilliseconds(250));
        time.FireAppends();
        dispatcher.Waiting.ShouldBe(1);
        dispatcher.RunAll();
        projection.Applied.ShouldBe(1);

        time.AppendsDue = default;
        runner.NoteAppend();
        time.AppendsDue.ShouldBe(TimeSpan.FromMilliseconds(250), "the next append is noted again");
    }

    [Fact]
    public async Task It_stops_cleanly_in_the_middle_of_a_turn()
    {
        var journal = new AwayJournal();
        var dispatcher = new ManualDispatcher();
        var projection = new Copies();
        var runner = new ProjectionRunner(
            projection, new(journal), new InMemoryProjectionStore(), dispatcher, new HandTime(), new(), NullLogger.Instance);
        await journal.AppendAsync();
        var caughtUp = runner.CatchUpAsync(CancellationToken.None);

        var stopping = runner.DisposeAsync().AsTask();
        stopping.IsCompleted.ShouldBeFalse("a turn is scheduled");
        dispatcher.RunAll();
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));

        await Should.ThrowAsync<OperationCanceledException>(() => caughtUp);
        projection.Applied.ShouldBe(0);
    }

    private sealed class Copies : IProjection
    {
        public string Name => "copies";

        public int Version => 1;

        public int Applied { get; private set; }

        public ValueTask ApplyAsync(JournalRecord record, ProjectionBatch batch, CancellationToken cancellationToken)
        {
            Applied++;
            batch.Put(new ProjectionRow(record.Address.Id, record.Offset, record.Entry.Payload));
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Timers that fire when the test says so: the runner's first polls, its second retries, its third follows appends.</summary>
    private sealed class HandTime : TimeProvider
    {
        private readonly List<HandTimer> _timers = [];

        public TimeSpan RetryDue => _timers[1].Due;

        public TimeSpan AppendsDue
        {
            get => _timers[2].Due;
            set => _timers[2].Due = value;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new HandTimer(() => callback(state)) { Due = dueTime };
            _timers.Add(timer);
            return timer;
        }

        public void FirePoll() => _timers[0].Fire();

        public void FireRetry() => _timers[1].Fire();

        public void FireAppends() => _timers[2].Fire();

        private sealed class HandTimer(Action fire) : ITimer
        {
            public TimeSpan Due { get; set; }

            public Action Fire => fire;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Due = dueTime;
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private sealed class AwayJournal : IJournal
    {
        private readonly InMemoryJournal _inner = new();

        public bool Away { get; set; }

        public int CommitOperationsMax => _inner.CommitOperationsMax;

        public async Task AppendAsync() => await CommitAsync(
            [
                new AppendOperation
                {
                    Address = new EntityAddress("party", "a"),
                    Entries = [new JournalEntry(1, "test.happened.v1", new byte[] { 1 }, DateTimeOffset.UnixEpoch)],
                },
            ],
            CancellationToken.None);

        public ValueTask CommitAsync(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken) =>
            _inner.CommitAsync(operations, cancellationToken);

        public ValueTask<long> ReadEntityAsync(
            EntityAddress address, long afterSeq, Action<JournalEntry> onEntry, CancellationToken cancellationToken) =>
            _inner.ReadEntityAsync(address, afterSeq, onEntry, cancellationToken);

        public ValueTask<JournalEntry?> ReadEntryAsync(EntityAddress address, long seq, CancellationToken cancellationToken) =>
            _inner.ReadEntryAsync(address, seq, cancellationToken);

        public ValueTask<IReadOnlyList<JournalRecord>> ReadAllAsync(
            long afterOffset, int recordsMax, CancellationToken cancellationToken) =>
            Away ? throw new JournalUnavailableException("away") : _inner.ReadAllAsync(afterOffset, recordsMax, cancellationToken);

        public ValueTask<IReadOnlyList<Wakeup>> ReadWakeupsAsync(
            IReadOnlyList<int> shards, DateTimeOffset until, int wakeupsMax, CancellationToken cancellationToken) =>
            _inner.ReadWakeupsAsync(shards, until, wakeupsMax, cancellationToken);

        public ValueTask DisposeAsync() => _inner.DisposeAsync();
    }
}
