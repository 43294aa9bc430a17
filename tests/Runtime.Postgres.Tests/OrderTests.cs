using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Postgres.Tests;

public sealed class OrderTests : PostgresTest
{
    [Fact]
    public async Task A_commit_that_is_held_up_holds_back_what_committed_after_it()
    {
        await using var store = await OpenAsync(orderMilliseconds: 50);
        await store.Journal.CommitAsync([Append("free", 0), Append("locked", 0)], CancellationToken.None);
        var from = (await ReadAllAsync(store))[^1].Offset;
        Task held;
        AppendOperation[] first = [Append("free", 1), Append("locked", 1)];
        await using (await LockAsync("locked"))
        {
            // It has moved the first head, and so has its place in the order, when it comes to wait for the second.
            held = store.Journal.CommitAsync(first, CancellationToken.None).AsTask();
            await WaiterAsync();
            (await CommitAsync(store, Append("later", 0))).ShouldBe(AppendOutcome.Appended);

            (await store.Journal.ReadAllAsync(from, 10, CancellationToken.None)).ShouldBeEmpty();
            store.Lag.Current.ShouldBeGreaterThan(TimeSpan.Zero);
        }

        await held.WaitAsync(Patience);
        (await store.Journal.ReadAllAsync(from, 10, CancellationToken.None))
            .Select(record => $"{record.Address.Id}{record.Entry.Seq}").ShouldBe(["free2", "locked2", "later1"]);
        store.Lag.Current.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Transactions_that_do_not_write_to_the_journal_hold_nobody_back()
    {
        await using var store = await OpenAsync(orderMilliseconds: 50);
        await using var other = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        await using var connection = await other.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            "CREATE TABLE public.mine (id integer); SELECT pg_current_xact_id()", connection);
        await command.ExecuteNonQueryAsync();

        (await CommitAsync(store, Append("a", 0))).ShouldBe(AppendOutcome.Appended);

        (await ReadAllAsync(store)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Eight_writers_on_four_nodes_and_a_follower_of_each_see_every_event_once_and_in_order()
    {
        const int Writers = 8;
        const int Commits = 60;
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(orderMilliseconds: 1)));
        var writers = Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(stores[w % 4], w, Commits))).ToArray();
        var holder = Task.Run(() => HoldAsync(Task.WhenAll(writers)));

        var followers = await Task.WhenAll(stores.Select(store => Task.Run(() => FollowAsync(store, Task.WhenAll(writers)))));

        await Task.WhenAll(writers);
        await holder;
        foreach (var seen in followers)
        {
            seen.Count.ShouldBe(Writers * Commits * 2);
            foreach (var entity in seen.GroupBy(record => record.Address))
            {
                entity.Select(record => record.Entry.Seq).ShouldBe(Enumerable.Range(1, entity.Count()).Select(i => (long)i));
            }
        }

        await Task.WhenAll(stores.Select(store => store.DisposeAsync().AsTask()));
    }

    // Two entities per writer and a third that all writers move, so that transactions wait for each other while they have a number.
    private static async Task WriteAsync(PostgresStore store, int writer, int commits)
    {
        for (var head = 0; head < commits; head++)
        {
            AppendOperation[] batch = [Append($"a{writer}", head), Append("shared", 1_000_000), Append($"b{writer}", head)];
            await store.Journal.CommitAsync(batch, CancellationToken.None);
            batch.Select(operation => operation.Outcome)
                .ShouldBe([AppendOutcome.Appended, AppendOutcome.Conflict, AppendOutcome.Appended]);
        }
    }

    // Keeps locking one writer's head for a moment, so that its transaction stays open with a number.
    private async Task HoldAsync(Task writers)
    {
        while (!writers.IsCompleted)
        {
            await using var held = await LockAsync("b3");
            await Database.ReadAsync<long>("SELECT count(*) FROM events");
        }
    }

    private static async Task<List<JournalRecord>> FollowAsync(PostgresStore store, Task writers)
    {
        var seen = new List<JournalRecord>();
        while (true)
        {
            var done = writers.IsCompleted;
            var next = await store.Journal.ReadAllAsync(seen.LastOrDefault().Offset, 7, CancellationToken.None);
            seen.AddRange(next);
            if (done && next.Count == 0)
            {
                return seen;
            }
        }
    }
}
