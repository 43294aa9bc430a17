using System.Text;
using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class RecoveryTests : CellTest
{
    private static readonly CounterEntity EveryTen = new() { Snapshots = new SnapshotPolicy(10) };

    protected override TestNodeOptions Options => TestNodeOptions.Manual(EveryTen);

    [Fact]
    public void A_failed_recovery_is_remembered_with_a_back_off_that_doubles_and_ends_when_the_store_is_back()
    {
        Node.Journal.FailReads(int.MaxValue);
        for (var seconds = 1; seconds <= 32; seconds *= 2)
        {
            ShouldFail(Node.Ask("a", new Add(1)), AskOutcome.Unavailable, "store_unavailable");
            Node.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(100));
            ShouldFail(Node.Ask("a", new Add(1)), AskOutcome.Unavailable, "store_unavailable");
            Node.Advance(TimeSpan.FromMilliseconds(100));
        }

        Node.Events.Of<EntityRecoveryFailed>().Count.ShouldBe(6, "the answers in between come from the remembered failure");
        Node.Journal.FailReads(0);
        ShouldBeValue(Node.Ask("a", new Add(1)), 1, seq: 1);
    }

    [Fact]
    public void An_entity_that_nobody_asks_after_a_failed_recovery_leaves_memory()
    {
        Node.Journal.FailReads(1);
        Node.Ask("a", new Add(1));
        Node.Runtime.ActiveEntities.ShouldBe(1);
        Node.Advance(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(1));
        Node.Runtime.ActiveEntities.ShouldBe(0);
        ShouldBeValue(Node.Ask("a", new Add(1)), 1, seq: 1);
    }

    [Fact]
    public void An_event_that_no_build_knows_fails_the_recovery()
    {
        Append(new JournalEntry(1, "counter.from-the-future.v9", Encoding.UTF8.GetBytes("{}"), Node.Time.GetUtcNow()));

        ShouldFail(Node.Ask("a", new Add(1)), AskOutcome.Failed, "internal_error");
        Node.Events.Of<EntityRecoveryFailed>().Single().Error.ShouldBeOfType<UnknownManifestException>();
    }

    [Fact]
    public async Task A_read_that_takes_longer_than_callers_wait_is_unavailable()
    {
        Node.Journal.StallNextRead();
        var asked = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        Node.Dispatcher.RunAll();
        asked.IsCompleted.ShouldBeFalse();
        Node.Time.Advance(TimeSpan.FromSeconds(10));

        ShouldFail(await Node.RunUntilAsync(asked.Within("the answer")), AskOutcome.Unavailable, "store_unavailable");
    }

    [Fact]
    public void Takes_snapshots_at_the_policys_rhythm()
    {
        for (var i = 0; i < 35; i++)
        {
            Node.Ask("a", new Add(1));
        }

        Node.Events.Of<SnapshotSaved>().Select(s => s.Seq).ShouldBe([10, 20, 30]);
    }

    [Fact]
    public async Task Recovers_from_the_newest_snapshot_and_the_events_above_it()
    {
        Node.Ask("a", new AddMany(1, 25));
        Node.Ask("a", new AddMany(1, 3));
        await CrashAndRestartAsync();

        ShouldBeValue(Node.Query("a"), 28, seq: 28);
        Node.Events.Of<EntityRecovered>().Single().Replayed.ShouldBe(3);
    }

    [Fact]
    public async Task Ignores_a_snapshot_of_another_schema_version_and_replaces_it()
    {
        Node.Ask("a", new AddMany(1, 12));
        var newer = TestNodeOptions.Manual(new CounterEntity { Snapshots = new SnapshotPolicy(10), SchemaVersion = 2 });
        await CrashAndRestartAsync(newer);

        ShouldBeValue(Node.Ask("a", new Add(1)), 13, seq: 13);
        Node.Events.Of<EntityRecovered>().Single().Replayed.ShouldBe(12);
        (await Node.Snapshots.FindAsync(TestNode.Address("a"), CancellationToken.None))!.Value.SchemaVersion.ShouldBe(2);
    }

    [Fact]
    public async Task Discards_a_snapshot_above_the_head_with_an_alarm()
    {
        Node.Ask("a", new AddMany(1, 5));
        await SaveAsync(99);
        await CrashAndRestartAsync();

        ShouldBeValue(Node.Query("a"), 5, seq: 5);
        var alarm = Node.Events.Of<SnapshotDiscarded>().Single();
        (alarm.Seq, alarm.Head).ShouldBe((99, 5));
        (await Node.Snapshots.FindAsync(TestNode.Address("a"), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Replays_from_the_first_event_when_a_snapshot_cannot_be_read()
    {
        Node.Ask("a", new AddMany(1, 5));
        await Node.Snapshots.SaveAsync(TestNode.Address("a"), new Snapshot(4, 1, new byte[] { 1, 2, 3 }), CancellationToken.None);
        await CrashAndRestartAsync();

        ShouldBeValue(Node.Query("a"), 5, seq: 5);
    }

    [Fact]
    public async Task The_session_table_survives_through_snapshots_of_snapshots()
    {
        for (var number = 1; number <= 33; number++)
        {
            Node.Ask("a", new Add(1), Id(number));
            if (number % 11 == 0)
            {
                await CrashAndRestartAsync();
            }
        }

        for (var number = 1; number <= 33; number++)
        {
            ShouldBeValue(Node.Ask("a", new Add(1), Id(number)), number, seq: number);
        }

        Node.Stored("a").Count.ShouldBe(33);
    }

    private void Append(JournalEntry entry)
    {
        var operation = new AppendOperation { Address = TestNode.Address("a"), Shard = 0, Entries = [entry] };
        Node.Journal.CommitAsync([operation], CancellationToken.None).AsTask().GetAwaiter().GetResult();
        operation.Outcome.ShouldBe(AppendOutcome.Appended);
    }

    private async Task SaveAsync(long seq)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        new SessionTable(10, TimeSpan.FromHours(1)).Encode(bytes);
        EveryTen.StateCodec.Encode(new CounterState(4_711, null, false, [], []), bytes);
        await Node.Snapshots.SaveAsync(TestNode.Address("a"), new Snapshot(seq, 1, bytes.WrittenMemory), CancellationToken.None);
    }
}
