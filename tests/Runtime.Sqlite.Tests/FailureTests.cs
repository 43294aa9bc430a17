using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite.Raw;
using AkkaParty.Runtime.Sqlite.Writing;

namespace AkkaParty.Runtime.Sqlite.Tests;

/// <summary>What a failing disk or file does to an open store, and that the answers are true.</summary>
public sealed class FailureTests : SqliteTest
{
    [Theory]
    [InlineData(SqliteSynchronous.Full, 2)]
    [InlineData(SqliteSynchronous.Normal, 1)]
    public async Task The_writer_waits_for_what_the_option_says(SqliteSynchronous option, long pragma)
    {
        await using var store = SqliteStore.Open(new SqliteOptions { DataDirectory = DataDirectory, Synchronous = option });

        (await WriteAsync(store, session => session.Database.ReadNumber("PRAGMA synchronous"))).ShouldBe(pragma);
        (await WriteAsync(store, session => session.Database.ReadText("PRAGMA journal_mode"))).ShouldBe("wal");
    }

    [Fact]
    public async Task A_full_disk_refuses_and_the_store_recovers_when_there_is_space()
    {
        await using var store = Open(pagesMax: 60);
        var head = 0;
        AppendOutcome outcome;
        while ((outcome = await CommitAsync(store, Append("a", head, payloadBytes: 3000))) == AppendOutcome.Appended)
        {
            head++;
        }

        outcome.ShouldBe(AppendOutcome.Refused);
        (await ReadAsync(store, "a")).Length.ShouldBe(head);
        (await CommitAsync(store, Append("new", 0, payloadBytes: 100_000))).ShouldBe(AppendOutcome.Refused);
        await Should.ThrowAsync<JournalUnavailableException>(
            async () => await store.Snapshots.SaveAsync(Party("a"), new Snapshot(1, 1, new byte[100_000]), CancellationToken.None));

        await WriteAsync(store, session => session.Database.ReadNumber("PRAGMA max_page_count = 1000000"));
        (await CommitAsync(store, Append("new", 0, payloadBytes: 100_000))).ShouldBe(AppendOutcome.Appended);
        (await CommitAsync(store, Append("a", head))).ShouldBe(AppendOutcome.Appended);
        (await ReadAsync(store, "a")).Length.ShouldBe(head + 1);
        (await ReadAsync(store, "new")).ShouldBe([1]);
    }

    [Fact]
    public async Task A_commit_that_fails_is_refused_once_it_is_certain_that_nothing_is_left_of_it()
    {
        await using var store = Open();
        var append = Append("a", 0);

        await CommitTogetherAsync(store, append, session => BreakTheCommit(session));

        append.Outcome.ShouldBe(AppendOutcome.Refused);
        (await ReadAsync(store, "a")).ShouldBeEmpty();
        (await CommitAsync(store, append)).ShouldBe(AppendOutcome.Appended);
        (await ReadAsync(store, "a")).ShouldBe([1]);
    }

    [Fact]
    public async Task A_commit_that_fails_is_unknown_while_nobody_can_be_certain()
    {
        await using var store = Open();
        var append = Append("a", 0);

        await CommitTogetherAsync(store, append, session =>
        {
            BreakTheCommit(session);
            session.Database.Execute("PRAGMA query_only = 1");
        });

        append.Outcome.ShouldBe(AppendOutcome.Unknown);
        (await CommitAsync(store, Append("b", 0))).ShouldBe(AppendOutcome.Refused);

        store.Session.Database.Execute("PRAGMA query_only = 0");
        (await CommitAsync(store, append)).ShouldBe(AppendOutcome.Appended);
        (await CommitAsync(store, Append("b", 0))).ShouldBe(AppendOutcome.Appended);
        (await store.Journal.ReadAllAsync(0, 10, CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_rolled_back_entity_leaves_no_key_behind()
    {
        await using var store = Open();
        var lost = Append("lost", 0);
        await CommitTogetherAsync(store, lost, session => BreakTheCommit(session));
        lost.StoreKey.ShouldBe(0);

        (await CommitAsync(store, Append("other", 0))).ShouldBe(AppendOutcome.Appended);
        (await CommitAsync(store, lost)).ShouldBe(AppendOutcome.Appended);

        (await ReadAsync(store, "other")).ShouldBe([1]);
        (await ReadAsync(store, "lost")).ShouldBe([1]);
    }

    [Fact]
    public async Task A_lease_that_could_not_be_stored_was_not_given()
    {
        await using var store = Open();
        var request = new Membership.JoinRequest("n", "", 1);
        var join = Task.FromResult<Membership.JoinOutcome>(null!);
        await CommitTogetherAsync(
            store,
            Append("a", 0),
            session => BreakTheCommit(session),
            () => join = store.Leases.JoinAsync(request, CancellationToken.None).AsTask());
        await Should.ThrowAsync<JournalUnavailableException>(async () => await join);

        (await store.Leases.ReadAsync(CancellationToken.None)).Members.ShouldBeEmpty();
        (await store.Leases.JoinAsync(request, CancellationToken.None)).Node.ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_programs_write_lock_refuses_after_a_bounded_wait()
    {
        await using var store = Open(busyTimeout: TimeSpan.FromMilliseconds(20));
        using (var other = Database.Open(DatabaseFile, readOnly: false, Patience))
        {
            other.Execute("BEGIN IMMEDIATE");
            (await CommitAsync(store, Append("a", 0))).ShouldBe(AppendOutcome.Refused);
            other.Execute("ROLLBACK");
        }

        (await CommitAsync(store, Append("a", 0))).ShouldBe(AppendOutcome.Appended);
    }

    [Fact]
    public async Task A_commit_that_is_cancelled_before_the_writer_took_it_is_refused_at_once()
    {
        await using var store = Open();
        using var cancellation = new CancellationTokenSource();
        var append = Append("a", 0);
        using (var held = new HeldWriter(store))
        {
            await held.Reached.WaitAsync(Patience);
            var commit = store.Journal.CommitAsync([append], cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            await commit.WaitAsync(Patience);
        }

        append.Outcome.ShouldBe(AppendOutcome.Refused);
        (await CommitAsync(store, Append("b", 0))).ShouldBe(AppendOutcome.Appended);
        (await ReadAsync(store, "a")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_closed_store_refuses_and_has_no_log_left()
    {
        var store = Open();
        (await CommitAsync(store, Append("a", 0))).ShouldBe(AppendOutcome.Appended);
        await store.DisposeAsync();
        await store.DisposeAsync();

        (await CommitAsync(store, Append("a", 1))).ShouldBe(AppendOutcome.Refused);
        await Should.ThrowAsync<JournalUnavailableException>(async () => await ReadAsync(store, "a"));
        File.Exists(DatabaseFile + "-wal").ShouldBeFalse();
    }

    [Fact]
    public async Task What_waits_when_the_store_closes_is_written()
    {
        var store = Open();
        var appends = Enumerable.Range(0, 20).Select(i => Append($"p{i}", 0)).ToArray();
        ValueTask closing;
        Task[] commits;
        using (var held = new HeldWriter(store))
        {
            await held.Reached.WaitAsync(Patience);
            commits = [.. appends.Select(append => store.Journal.CommitAsync([append], CancellationToken.None).AsTask())];
            held.Dispose();
            closing = store.DisposeAsync();
        }

        await closing;
        await Task.WhenAll(commits).WaitAsync(Patience);
        appends.ShouldAllBe(append => append.Outcome == AppendOutcome.Appended);
        await using var again = Open();
        (await again.Journal.ReadAllAsync(0, 100, CancellationToken.None)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_page_that_is_damaged_is_found_by_the_read_and_named()
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(DatabaseFile);
        bytes.AsSpan(bytes.Length / PageBytes / 2 * PageBytes, PageBytes).Fill(0xA5);
        await File.WriteAllBytesAsync(DatabaseFile, bytes);

        await using var store = Open(quickCheckBytesMax: 0);

        (await Should.ThrowAsync<JournalDamagedException>(async () => await ReadAsync(store, "a"))).Message.ShouldContain("party|a");
        await Should.ThrowAsync<JournalDamagedException>(async () => await store.Journal.ReadAllAsync(0, 10_000, CancellationToken.None));
        (await CommitAsync(store, Append("b", 0))).ShouldBe(AppendOutcome.Appended);
    }

    [Theory]
    [InlineData("DELETE FROM events WHERE seq = 5", "event 5 of party|a is missing: nothing is stored at offset 5")]
    [InlineData("UPDATE events SET entity = 9 WHERE seq = 5", "event 5 of party|a is missing: offset 5 holds event 5 of entity 9")]
    [InlineData("UPDATE events SET prev = 3 WHERE seq = 5", "event 4 of party|a is missing: offset 3 holds event 3 of entity 1")]
    [InlineData("UPDATE events SET prev = 0 WHERE seq = 5", "event 5 of party|a at offset 5 names offset 0 as the event before it")]
    [InlineData("DELETE FROM manifests", "an event names the manifest 1, which is not stored")]
    public async Task A_chain_that_contradicts_itself_is_named(string damage, string message)
    {
        await using (var store = Open())
        {
            await CommitAsync(store, Append("a", 0, 8));
            await WriteAsync(store, session =>
            {
                session.Database.Execute(damage);
                return true;
            });
        }

        await using var again = Open();
        (await Should.ThrowAsync<JournalDamagedException>(async () => await ReadAsync(again, "a"))).Message.ShouldBe(message);
    }

    // A foreign key that is only checked at the end makes the COMMIT itself fail.
    private static void BreakTheCommit(WriteSession session) => session.Database.Execute(
        "CREATE TEMP TABLE parent (id INTEGER PRIMARY KEY); " +
        "CREATE TEMP TABLE child (id REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED); INSERT INTO child VALUES (1)");

    // Holds the writer until all three wait, so that they share one transaction.
    private static async Task CommitTogetherAsync(
        SqliteStore store, AppendOperation append, Action<WriteSession> write, Action? more = null)
    {
        Task commit;
        Task<bool> job;
        using (var held = new HeldWriter(store))
        {
            await held.Reached.WaitAsync(Patience);
            commit = store.Journal.CommitAsync([append], CancellationToken.None).AsTask();
            more?.Invoke();
            job = WriteAsync(store, session =>
            {
                write(session);
                return true;
            });
        }

        await commit.WaitAsync(Patience);
        await Should.ThrowAsync<JournalUnavailableException>(async () => await job.WaitAsync(Patience));
    }

    private static Task<T> WriteAsync<T>(SqliteStore store, Func<WriteSession, T> write) =>
        store.Writer.WriteAsync("testing", write, CancellationToken.None);

    /// <summary>Keeps the writer thread busy until it is disposed.</summary>
    private sealed class HeldWriter : IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _release = new();
        private readonly Task<bool> _job;

        public HeldWriter(SqliteStore store) => _job = WriteAsync(store, _ =>
        {
            _reached.SetResult();
            return _release.Wait(Patience);
        });

        public Task Reached => _reached.Task;

        public void Dispose()
        {
            _release.Set();
            _job.ContinueWith(_ => _release.Dispose(), TaskScheduler.Default);
        }
    }
}
