using System.Text;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Sqlite.Tests;

/// <summary>A data directory per test, and a few verbs.</summary>
public abstract class SqliteTest : IDisposable
{
    protected const int PageBytes = 8192;

    private readonly TempDirectory _directory = new();

    protected string DataDirectory => _directory.Path;

    protected string DatabaseFile => _directory.Database;

    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static EntityAddress Party(string id) => new("party", id);

    protected SqliteStore Open(
        long quickCheckBytesMax = long.MaxValue, int pagesMax = 0, int checkpointPages = 1000, TimeSpan? busyTimeout = null) =>
        SqliteStore.Open(new SqliteOptions
        {
            DataDirectory = DataDirectory,
            QuickCheckBytesMax = quickCheckBytesMax,
            PagesMax = pagesMax,
            CheckpointPages = checkpointPages,
            BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(2),
        });

    protected static AppendOperation Append(string id, long head, int count = 1, int payloadBytes = 100) => new()
    {
        Address = Party(id),
        ExpectedHead = head,
        Entries =
        [
            .. Enumerable.Range(1, count).Select(i => new JournalEntry(
                head + i,
                "test.happened.v1",
                Encoding.UTF8.GetBytes($"{id} {head + i} ".PadRight(payloadBytes)),
                DateTimeOffset.UnixEpoch)),
        ],
    };

    protected static async Task<AppendOutcome> CommitAsync(SqliteStore store, AppendOperation operation)
    {
        await store.Journal.CommitAsync([operation], CancellationToken.None);
        return operation.Outcome;
    }

    protected static async Task<long[]> ReadAsync(SqliteStore store, string id)
    {
        var seqs = new List<long>();
        await store.Journal.ReadEntityAsync(Party(id), 0, entry => seqs.Add(entry.Seq), CancellationToken.None);
        return [.. seqs];
    }

    /// <summary>A store with 2,000 events of one entity, closed in good order.</summary>
    protected async Task FillAsync()
    {
        await using var store = Open();
        for (var head = 0; head < 2000; head += 500)
        {
            (await CommitAsync(store, Append("a", head, 500))).ShouldBe(AppendOutcome.Appended);
        }
    }
}
