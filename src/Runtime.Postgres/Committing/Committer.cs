using System.Collections.Concurrent;
using System.Diagnostics;
using AkkaParty.Runtime.Journal;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace AkkaParty.Runtime.Postgres.Committing;

/// <summary>
/// Sends batches and says what became of them. Refused means that certainly nothing was stored: the server could not be reached, or
/// said in a session that went on that it has undone the statement. Everything else that is no answer is unknown. A server that lost
/// its client may still finish a commit later; that is safe, because whoever asks next compares heads again.
/// </summary>
internal sealed partial class Committer : IAsyncDisposable
{
    private const int AttemptsMax = 3;

    private readonly StoreConnections _connections;
    private readonly PostgresOptions _options;
    private readonly EntityKeys _keys;
    private readonly ManifestTable _manifests;
    private readonly KeyBlocks _blocks;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate;
    private readonly ConcurrentStack<CommitSession> _idle = new();

    public Committer(
        StoreConnections connections, PostgresOptions options, EntityKeys keys, ManifestTable manifests, ILogger logger)
    {
        _connections = connections;
        _options = options;
        _keys = keys;
        _manifests = manifests;
        _blocks = new KeyBlocks(connections.Reads);
        _logger = logger;
        _gate = new SemaphoreSlim(options.CommitsMax);
    }

    /// <summary>Commits one batch; every operation has its outcome afterwards.</summary>
    public async ValueTask CommitAsync(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken)
    {
        var session = await EnterAsync(operations, cancellationToken);
        if (session is null)
        {
            return;
        }

        var keep = false;
        try
        {
            keep = await PrepareAsync(session.Batch, operations, cancellationToken)
                && await SendAsync(session, cancellationToken);
        }
        finally
        {
            session.Batch.Clear();
            if (keep)
            {
                _idle.Push(session);
            }
            else
            {
                await session.DisposeAsync();
            }

            _gate.Release();
        }
    }

    /// <summary>Opens a session in advance, so that a start shows what is wrong with it.</summary>
    public async Task<CommitSession> OpenAsync(CancellationToken cancellationToken)
    {
        var session = await CommitSession.OpenAsync(_connections.Commits, cancellationToken);
        _idle.Push(session);
        return session;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Whoever is under way ends first.
        for (var i = 0; i < _options.CommitsMax; i++)
        {
            await _gate.WaitAsync();
        }

        while (_idle.TryPop(out var session))
        {
            await session.DisposeAsync();
        }

        _blocks.Dispose();
    }

    // Null when nothing could be begun: then everything is refused.
    private async ValueTask<CommitSession?> EnterAsync(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken)
    {
        var entered = false;
        try
        {
            await _gate.WaitAsync(cancellationToken);
            entered = true;
            while (_idle.TryPop(out var idle))
            {
                if (idle.IsOpen)
                {
                    return idle;
                }

                await idle.DisposeAsync();
            }

            return await CommitSession.OpenAsync(_connections.Commits, cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException || PostgresFailure.IsStores(error))
        {
            if (entered)
            {
                _gate.Release();
                LogNotConnected(operations.Count, PostgresFailure.Describe(error));
            }

            foreach (var operation in operations)
            {
                operation.Outcome = AppendOutcome.Refused;
            }

            return null;
        }
    }

    // False when the session is of no use any more.
    private async ValueTask<bool> PrepareAsync(
        CommitBatch batch, IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken)
    {
        batch.Begin(operations, _keys, _manifests);
        try
        {
            if (batch.NewManifests.Count > 0)
            {
                await _manifests.AddAsync(batch.NewManifests, cancellationToken);
            }

            if (batch.Nameless.Count > 0)
            {
                await FindKeysAsync(batch, cancellationToken);
            }

            batch.Fill(batch.NewCount == 0 ? 0 : await _blocks.TakeAsync(batch.NewCount, cancellationToken), _manifests);
            return true;
        }
        catch (Exception error) when (error is OperationCanceledException || PostgresFailure.IsStores(error))
        {
            LogNotConnected(operations.Count, PostgresFailure.Describe(error));
            batch.End(AppendOutcome.Refused);
            return false;
        }
    }

    // False when the session is of no use any more.
    private async ValueTask<bool> SendAsync(CommitSession session, CancellationToken cancellationToken)
    {
        var batch = session.Batch;
        var startedAt = Stopwatch.GetTimestamp();
        for (var attempt = 1; !batch.Arguments.IsEmpty; attempt++)
        {
            try
            {
                var (lost, stale, present) = await session.ExecuteAsync(cancellationToken);
                batch.Complete(lost, stale, present, _keys);
                return true;
            }
            catch (Exception error) when (PostgresFailure.IsUndone(error))
            {
                var again = PostgresFailure.IsLostRace(error) && attempt < AttemptsMax
                    && Stopwatch.GetElapsedTime(startedAt) < _options.CommandTimeout / 4;
                if (!again)
                {
                    LogRefused(session.Batch.Arguments.Keys.Count, PostgresFailure.Describe(error));
                    batch.End(AppendOutcome.Refused);
                    return true;
                }
            }
            catch (Exception error) when (error is OperationCanceledException || PostgresFailure.IsStores(error))
            {
                LogUnknown(session.Batch.Arguments.Keys.Count, PostgresFailure.Describe(error));
                batch.End(AppendOutcome.Unknown);
                return false;
            }
        }

        return true;
    }

    private async Task FindKeysAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        var found = batch.Nameless.Where(index => StoreText.Fits(batch[index].Address)).ToList();
        await using var command = _connections.Reads.CreateCommand(
            "SELECT a.place, e.key FROM unnest($1, $2) WITH ORDINALITY AS a (kind, id, place) " +
            "JOIN entities AS e ON e.kind = a.kind AND e.id = a.id");
        command.Parameters.Add(Texts(found.ConvertAll(index => batch[index].Address.Kind)));
        command.Parameters.Add(Texts(found.ConvertAll(index => batch[index].Address.Id)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var index = found[(int)reader.GetInt64(0) - 1];
            batch.SetKey(index, reader.GetInt64(1));
            _keys.Add(batch[index].Address, reader.GetInt64(1));
        }
    }

    private static NpgsqlParameter<List<string>> Texts(List<string> values) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} operations were not sent to the database: {Reason}")]
    private partial void LogNotConnected(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database refused a commit of {Count} appends: {Reason}")]
    private partial void LogRefused(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether a commit of {Count} appends is stored is not known: {Reason}")]
    private partial void LogUnknown(int count, string reason);
}
