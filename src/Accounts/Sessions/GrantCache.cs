using System.Collections.Concurrent;
using AkkaParty.Accounts.Storing;

namespace AkkaParty.Accounts.Sessions;

/// <summary>What the database said about sessions, for at most a second; and less when this node ends one.</summary>
internal sealed class GrantCache(IAccountDatabase database, TimeProvider time)
{
    /// <summary>How long an answer is believed.</summary>
    public static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);

    private const int EntriesMax = 20_000;

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();
    private long _forgotten;

    /// <summary>What the tokens of a session are good for; null when it has ended.</summary>
    /// <exception cref="AccountsUnavailableException">The database is away.</exception>
    public async ValueTask<GrantRow?> FindAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(sessionId, out var known) && time.GetElapsedTime(known.ReadAt) < Believed)
        {
            return known.Grant;
        }

        var forgotten = Interlocked.Read(ref _forgotten);
        var readAt = time.GetTimestamp();
        var grant = await database.ReadAsync(
            "Reading a session", db => SessionTable.FindGrantAsync(db, sessionId), cancellationToken);
        if (_entries.Count >= EntriesMax)
        {
            _entries.Clear();
        }

        // What was read while something was ended may be from before.
        if (forgotten == Interlocked.Read(ref _forgotten))
        {
            _entries[sessionId] = new Entry(grant, readAt);
        }

        return grant;
    }

    /// <summary>Believes nothing about a session any more.</summary>
    public void Forget(Guid sessionId)
    {
        Interlocked.Increment(ref _forgotten);
        _entries.TryRemove(sessionId, out _);
    }

    /// <summary>Believes nothing any more: an account has changed.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref _forgotten);
        _entries.Clear();
    }

    private sealed record Entry(GrantRow? Grant, long ReadAt);
}
