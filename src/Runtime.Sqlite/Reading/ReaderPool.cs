using System.Collections.Concurrent;
using AkkaParty.Runtime.Sqlite.Raw;

namespace AkkaParty.Runtime.Sqlite.Reading;

/// <summary>
/// Read-only connections. A read runs on its caller's thread, because SQLite knows no other way: another thread would
/// block in its place. So there are never more connections than threads, and a few are kept.
/// </summary>
internal sealed class ReaderPool(string path, ManifestTable manifests, SqliteOptions options) : IDisposable
{
    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs a read.</summary>
    /// <param name="what">What is read, for errors.</param>
    /// <param name="state">What <paramref name="read"/> needs.</param>
    /// <param name="read">Reads.</param>
    /// <param name="cancellationToken">Asked before the read.</param>
    /// <exception cref="Journal.JournalUnavailableException">The database cannot be used now.</exception>
    /// <exception cref="Journal.JournalDamagedException">The database is damaged.</exception>
    public ValueTask<T> ReadAsync<T, TState>(string what, TState state, Func<Reader, TState, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return new ValueTask<T>(Read(what, state, read));
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == cancellationToken)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<T>(exception);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private T Read<T, TState>(string what, TState state, Func<Reader, TState, T> read)
    {
        if (_closed)
        {
            throw new Journal.JournalUnavailableException($"{what}: the store is closed");
        }

        Reader? reader = null;
        var sound = false;
        try
        {
            reader = _idle.TryTake(out var idle) ? idle : new Reader(Database.Open(path, readOnly: true, options.BusyTimeout), manifests);
            var result = read(reader, state);
            sound = true;
            return result;
        }
        catch (SqliteFailure failure)
        {
            throw failure.Translate(what);
        }
        finally
        {
            Return(reader, sound);
        }
    }

    private void Return(Reader? reader, bool sound)
    {
        if (sound && !_closed && _idle.Count < options.ReadersMax)
        {
            _idle.Add(reader!);
        }
        else
        {
            reader?.Dispose();
        }
    }
}
