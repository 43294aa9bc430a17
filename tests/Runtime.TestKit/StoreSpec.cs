using System.Text;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.TestKit;

/// <summary>Opens one fresh store per test.</summary>
public abstract class StoreSpec<TProvider> : IAsyncLifetime
    where TProvider : StoreProvider, new()
{
    protected static readonly DateTimeOffset At = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    protected TProvider Provider { get; } = new();

    protected Stores Stores { get; private set; } = null!;

    protected IJournal Journal => Stores.Journal;

    public async ValueTask InitializeAsync() => Stores = await Provider.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Provider.CloseAsync();
        await Provider.DeleteAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task ReopenAsync()
    {
        await Provider.CloseAsync();
        Stores = await Provider.OpenAsync();
    }

    protected static EntityAddress Party(string id) => new("party", id);

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static JournalEntry Entry(long seq, string text = "payload") =>
        new(seq, "test.happened.v1", Bytes(text), At.AddMilliseconds(seq));

    /// <summary>An append of <paramref name="count"/> events after <paramref name="head"/>.</summary>
    protected static AppendOperation Append(
        EntityAddress address, long head, int count = 1, DateTimeOffset? dueAt = null, bool keepAlive = false) => new()
        {
            Address = address,
            Shard = 7,
            ExpectedHead = head,
            DueAt = dueAt,
            KeepAlive = keepAlive,
            Entries = [.. Enumerable.Range(1, count).Select(i => Entry(head + i, $"{address.Id} {head + i}"))],
        };

    protected static AppendOperation Verify(EntityAddress address, long head) =>
        new() { Address = address, Shard = 7, ExpectedHead = head };

    protected async Task<AppendOutcome> CommitAsync(AppendOperation operation)
    {
        await Journal.CommitAsync([operation], CancellationToken.None);
        return operation.Outcome;
    }

    protected async Task MustAppendAsync(params AppendOperation[] operations)
    {
        await Journal.CommitAsync(operations, CancellationToken.None);
        operations.ShouldAllBe(operation => operation.Outcome == AppendOutcome.Appended);
    }

    protected async Task<(long Head, List<JournalEntry> Entries)> ReadAsync(EntityAddress address, long afterSeq = 0)
    {
        var entries = new List<JournalEntry>();
        var head = await Journal.ReadEntityAsync(address, afterSeq, entries.Add, CancellationToken.None);
        return (head, entries);
    }

    protected async Task<List<JournalRecord>> ReadAllAsync(int page = 10_000)
    {
        var records = new List<JournalRecord>();
        while (await Journal.ReadAllAsync(records.Count == 0 ? 0 : records[^1].Offset, page, CancellationToken.None) is { Count: > 0 } next)
        {
            records.AddRange(next);
        }

        return records;
    }

    /// <summary>Compares two entries member by member, the bytes by content.</summary>
    protected static void ShouldBeSame(JournalEntry actual, JournalEntry expected)
    {
        actual.Payload.ToArray().ShouldBe(expected.Payload.ToArray());
        actual.Reply.ToArray().ShouldBe(expected.Reply.ToArray());
        (actual with { Payload = default, Reply = default }).ShouldBe(expected with { Payload = default, Reply = default });
    }
}
