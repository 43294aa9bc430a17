using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.TestKit.Journal;

/// <summary>What every journal must do: the one order of all events, and whom to wake.</summary>
public abstract class JournalOrderSpec<TProvider> : StoreSpec<TProvider>
    where TProvider : StoreProvider, new()
{
    [Fact]
    public async Task The_whole_journal_is_read_in_one_order_page_by_page()
    {
        await MustAppendAsync(Append(Party("a"), 0, 2), Append(Party("b"), 0, 2));
        await MustAppendAsync(Append(Party("b"), 2), Append(Party("a"), 2));

        var records = await ReadAllAsync(page: 2);

        records.Select(record => record.Offset).ShouldBeInOrder();
        records.Select(record => $"{record.Address.Id}{record.Entry.Seq}").ShouldBe(["a1", "a2", "b1", "b2", "b3", "a3"]);
        records.ForEach(record => ShouldBeSame(record.Entry, Entry(record.Entry.Seq, $"{record.Address.Id} {record.Entry.Seq}")));
        (await Journal.ReadAllAsync(records[^1].Offset, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_record_appears_behind_a_reader_while_appends_run()
    {
        const int Writers = 4;
        const int Events = 200;
        var writers = Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            for (var head = 0; head < Events; head++)
            {
                var append = Append(Party($"w{w}"), head);
                await Journal.CommitAsync([append], CancellationToken.None);
                append.Outcome.ShouldBe(AppendOutcome.Appended);
            }
        })).ToArray();

        var seen = new List<JournalRecord>();
        while (seen.Count < Writers * Events)
        {
            var done = Array.TrueForAll(writers, writer => writer.IsCompleted);
            var next = await Journal.ReadAllAsync(seen.Count == 0 ? 0 : seen[^1].Offset, 50, CancellationToken.None);
            seen.AddRange(next);
            (done && next.Count == 0).ShouldBeFalse($"all writers ended and a reader that followed them saw only {seen.Count} records");
            if (next.Count == 0)
            {
                await Task.Yield();
            }
        }

        await Task.WhenAll(writers);
        for (var w = 0; w < Writers; w++)
        {
            seen.Where(record => record.Address == Party($"w{w}")).Select(record => record.Entry.Seq)
                .ShouldBe(Enumerable.Range(1, Events).Select(i => (long)i));
        }
    }

    [Fact]
    public async Task Concurrent_writers_of_one_entity_never_both_move_its_head()
    {
        const int Writers = 4;
        const int Rounds = 50;
        var won = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var head = round;
            var outcomes = await Task.WhenAll(
                Enumerable.Range(0, Writers).Select(_ => Task.Run(() => CommitAsync(Append(Party("a"), head)))));
            won += outcomes.Count(outcome => outcome == AppendOutcome.Appended);
            outcomes.Count(outcome => outcome == AppendOutcome.Conflict).ShouldBe(Writers - 1);
        }

        won.ShouldBe(Rounds);
        (await ReadAsync(Party("a"))).Entries.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, Rounds).Select(i => (long)i));
    }

    [Fact]
    public async Task Deadlines_are_found_earliest_first_and_not_before_their_time()
    {
        await MustAppendAsync(
            Append(Party("late"), 0, dueAt: At.AddMinutes(3)),
            Append(Party("soon"), 0, dueAt: At.AddMinutes(1)),
            Append(Party("none"), 0),
            Append(Party("middle"), 0, dueAt: At.AddMinutes(2)));

        (await WakeupsAsync(At.AddMinutes(1).AddMilliseconds(-1))).ShouldBeEmpty();
        (await WakeupsAsync(At.AddMinutes(1))).ShouldBe([new Wakeup(Party("soon"), 7, At.AddMinutes(1))]);
        (await WakeupsAsync(At.AddDays(1))).Select(wakeup => wakeup.Address.Id).ShouldBe(["soon", "middle", "late"]);
        (await WakeupsAsync(At.AddDays(1), max: 2)).Select(wakeup => wakeup.Address.Id).ShouldBe(["soon", "middle"]);
    }

    [Fact]
    public async Task A_deadline_moves_and_ends_with_the_append_that_says_so()
    {
        await MustAppendAsync(Append(Party("a"), 0, dueAt: At));
        await MustAppendAsync(Append(Party("a"), 1, dueAt: At.AddHours(1)));
        (await WakeupsAsync(At)).ShouldBeEmpty();
        (await WakeupsAsync(At.AddHours(1))).ShouldBe([new Wakeup(Party("a"), 7, At.AddHours(1))]);

        await CommitAsync(Append(Party("a"), 0, dueAt: At));
        (await WakeupsAsync(At)).ShouldBeEmpty("a conflict stores no deadline");

        await MustAppendAsync(Append(Party("a"), 2));
        (await WakeupsAsync(At.AddYears(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Kept_alive_entities_come_first_and_once()
    {
        await MustAppendAsync(
            Append(Party("due"), 0, dueAt: At),
            Append(Party("job"), 0, keepAlive: true),
            Append(Party("both"), 0, dueAt: At, keepAlive: true));

        (await WakeupsAsync(At)).ShouldBe(
            [new Wakeup(Party("job"), 7, null), new Wakeup(Party("both"), 7, null), new Wakeup(Party("due"), 7, At)], ignoreOrder: false);
        (await WakeupsAsync(At, max: 1)).ShouldBe([new Wakeup(Party("job"), 7, null)]);

        await MustAppendAsync(Append(Party("job"), 1), Append(Party("both"), 1, dueAt: At));
        (await WakeupsAsync(At)).Select(wakeup => (wakeup.Address.Id, wakeup.DueAt))
            .ShouldBe([("due", At), ("both", At)], ignoreOrder: true);
    }

    [Fact]
    public async Task Only_the_shards_that_were_asked_for_are_looked_at()
    {
        var job = Append(Party("job"), 0, keepAlive: true);
        var due = Append(Party("due"), 0, dueAt: At);
        (job.Shard, due.Shard) = (0, 255);
        await MustAppendAsync(job, due);

        (await Journal.ReadWakeupsAsync([255], At, 1, CancellationToken.None)).ShouldBe([new Wakeup(Party("due"), 255, At)]);
        (await Journal.ReadWakeupsAsync([0, 7], At, 10, CancellationToken.None)).ShouldBe([new Wakeup(Party("job"), 0, null)]);
        (await Journal.ReadWakeupsAsync([7], At, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<Wakeup>> WakeupsAsync(DateTimeOffset until, int max = 100) =>
        await Journal.ReadWakeupsAsync(ShardId.All, until, max, CancellationToken.None);
}
