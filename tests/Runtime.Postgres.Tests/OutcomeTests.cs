using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Postgres.Tests;

public sealed class OutcomeTests : PostgresTest
{
    [Fact]
    public async Task A_session_that_is_ended_in_the_middle_of_a_commit_leaves_its_outcome_unknown()
    {
        await using var store = await OpenAsync();
        await CommitAsync(store, Append("a", 0));
        AppendOperation[] batch = [Append("a", 1), Append("b", 0)];
        await using (await LockAsync("a"))
        {
            var commit = store.Journal.CommitAsync(batch, CancellationToken.None).AsTask();
            await Database.ExecuteAsync($"SELECT pg_terminate_backend({await WaiterAsync()})");
            await commit.WaitAsync(Patience);
        }

        batch.Select(operation => operation.Outcome).ShouldBe([AppendOutcome.Unknown, AppendOutcome.Unknown]);
        (await ReadAsync(store, "a")).ShouldBe([1]);
        (await ReadAsync(store, "b")).ShouldBe([]);
        (await CommitAsync(store, Append("a", 1))).ShouldBe(AppendOutcome.Appended);
    }

    [Fact]
    public async Task A_lock_that_takes_too_long_is_a_refusal_and_everything_goes_on()
    {
        await using var store = await OpenAsync(commandSeconds: 2);
        await CommitAsync(store, Append("a", 0));
        AppendOperation[] batch = [Append("a", 1), Append("b", 0)];
        await using (await LockAsync("a"))
        {
            await store.Journal.CommitAsync(batch, CancellationToken.None).AsTask().WaitAsync(Patience);
            (await CommitAsync(store, Append("c", 0))).ShouldBe(AppendOutcome.Appended);
        }

        batch.Select(operation => operation.Outcome).ShouldBe([AppendOutcome.Refused, AppendOutcome.Refused]);
        await store.Journal.CommitAsync(batch, CancellationToken.None);
        batch.Select(operation => operation.Outcome).ShouldBe([AppendOutcome.Appended, AppendOutcome.Appended]);
    }

    [Fact]
    public async Task Two_stores_that_append_to_the_same_entities_in_turn_lose_no_entity_to_the_others_conflict()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        const int Entities = 20;
        var won = new long[Entities];
        await Task.WhenAll(new[] { one, two }.Select(async store =>
        {
            for (var round = 0; round < 100; round++)
            {
                AppendOperation[] batch = [.. Enumerable.Range(0, Entities).Select(i => Append($"e{i}", Volatile.Read(ref won[i])))];
                await store.Journal.CommitAsync(batch, CancellationToken.None);
                for (var i = 0; i < Entities; i++)
                {
                    batch[i].Outcome.ShouldBeOneOf(AppendOutcome.Appended, AppendOutcome.Conflict);
                    if (batch[i].Outcome == AppendOutcome.Appended)
                    {
                        Interlocked.Increment(ref won[i]);
                    }
                }
            }
        })).WaitAsync(Patience);

        for (var i = 0; i < Entities; i++)
        {
            (await ReadAsync(one, $"e{i}")).ShouldBe(Enumerable.Range(1, (int)won[i]).Select(n => (long)n));
        }

        (await ReadAllAsync(two)).Count.ShouldBe((int)won.Sum());
    }

    [Fact]
    public async Task Of_many_that_write_an_entitys_first_event_one_wins_and_the_others_meet_a_conflict()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        for (var round = 0; round < 20; round++)
        {
            AppendOperation[][] batches =
            [
                .. Enumerable.Range(0, 4).Select(i => new[] { Append($"shared-{round}", 0), Append($"own-{round}-{i}", 0) }),
            ];
            await Task.WhenAll(batches.Select((batch, i) =>
                (i % 2 == 0 ? one : two).Journal.CommitAsync(batch, CancellationToken.None).AsTask())).WaitAsync(Patience);

            batches.Count(batch => batch[0].Outcome == AppendOutcome.Appended).ShouldBe(1);
            batches.Count(batch => batch[0].Outcome == AppendOutcome.Conflict).ShouldBe(3);
            batches.ShouldAllBe(batch => batch[1].Outcome == AppendOutcome.Appended);
        }
    }

    [Fact]
    public async Task An_id_the_database_cannot_keep_is_refused_alone()
    {
        await using var store = await OpenAsync();
        AppendOperation[] batch = [Append("a\0b", 0), Append("\uD800", 0), Append("good", 0)];

        await store.Journal.CommitAsync(batch, CancellationToken.None);

        batch.Select(operation => operation.Outcome).ShouldBe([AppendOutcome.Refused, AppendOutcome.Refused, AppendOutcome.Appended]);
        (await ReadAsync(store, "a\0b")).ShouldBe([]);
    }

    [Fact]
    public async Task A_server_that_stands_still_leaves_the_outcome_unknown_and_its_late_commit_meets_the_next_one()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var store = await OpenOnAsync(server.ConnectionString("postgres"), commandSeconds: 2);
        await CommitAsync(store, Append("a", 0));
        server.Pause();
        AppendOutcome late;
        try
        {
            late = await CommitAsync(store, Append("a", 1)).WaitAsync(Patience);
        }
        finally
        {
            server.Resume();
        }

        late.ShouldBe(AppendOutcome.Unknown);
        (await CommitAsync(store, Append("a", 1))).ShouldBeOneOf(AppendOutcome.Appended, AppendOutcome.Conflict);
        (await ReadAsync(store, "a")).ShouldBe([1, 2]);
        (await CommitAsync(store, Append("a", 2))).ShouldBe(AppendOutcome.Appended);
    }

    [Fact]
    public async Task A_server_that_crashes_is_refused_to_and_found_again()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var store = await OpenOnAsync(server.ConnectionString("postgres"));
        await CommitAsync(store, Append("a", 0));

        await server.CrashAsync();
        (await CommitAsync(store, Append("a", 1))).ShouldBeOneOf(AppendOutcome.Unknown, AppendOutcome.Refused);
        (await CommitAsync(store, Append("a", 1))).ShouldBe(AppendOutcome.Refused);
        await Should.ThrowAsync<JournalUnavailableException>(() => ReadAsync(store, "a"));
        await server.StartAsync();

        (await CommitAsync(store, Append("a", 1))).ShouldBe(AppendOutcome.Appended);
        (await ReadAsync(store, "a")).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_server_that_takes_no_more_connections_or_writes_is_a_refusal()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var store = await OpenOnAsync(server.ConnectionString("postgres"));
        await server.ExecuteAsync("ALTER DATABASE postgres SET default_transaction_read_only = on");
        await server.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");

        (await CommitAsync(store, Append("a", 0))).ShouldBeOneOf(AppendOutcome.Unknown, AppendOutcome.Refused);
        (await CommitAsync(store, Append("a", 0))).ShouldBe(AppendOutcome.Refused);
        await server.ExecuteAsync("SET transaction_read_only = off; ALTER DATABASE postgres SET default_transaction_read_only = off");
        await server.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        await CommitAsync(store, Append("a", 0));
        (await CommitAsync(store, Append("b", 0))).ShouldBe(AppendOutcome.Appended);
    }
}
