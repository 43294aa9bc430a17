using AkkaParty.Runtime.Sqlite.Raw;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Sqlite.Writing;

/// <summary>
/// The one thread that writes. Whatever waits when it comes round goes into one transaction (group commit); checkpoints
/// run here too, after the callers were answered.
/// </summary>
internal sealed partial class WriterThread
{
    // A transaction of more requests than this would keep the first of them waiting for no gain.
    private const int RequestsMax = 64;

    private readonly object _gate = new();
    private readonly Queue<WriteRequest> _waiting = new();
    private readonly List<WriteRequest> _taken = new(RequestsMax);
    private readonly WriteSession _session;
    private readonly ManifestTable _manifests;
    private readonly int _checkpointPages;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pagesWritten;
    private bool _stopping;
    private bool _inDoubt;

    public WriterThread(WriteSession session, ManifestTable manifests, SqliteOptions options, ILogger logger)
    {
        _session = session;
        _manifests = manifests;
        _checkpointPages = options.CheckpointPages;
        _logger = logger;
        new Thread(Run) { IsBackground = true, Name = "akkaparty-sqlite-writer" }.Start();
    }

    /// <summary>Hands a request over; it is answered in every case.</summary>
    public void Enqueue(WriteRequest request)
    {
        lock (_gate)
        {
            if (!_stopping)
            {
                _waiting.Enqueue(request);
                Monitor.Pulse(_gate);
                return;
            }
        }

        if (request.TryTake())
        {
            request.Refuse(null);
        }
    }

    /// <summary>Runs a write inside the next transaction.</summary>
    /// <param name="what">What it does, for errors.</param>
    /// <param name="write">Does it, on the writer thread.</param>
    /// <param name="cancellationToken">Stops waiting until the writer begins with it.</param>
    /// <returns>Its result, once it is durable.</returns>
    public Task<T> WriteAsync<T>(string what, Func<WriteSession, T> write, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var job = new WriteJob<T>(what, write);
        job.CancelWith(cancellationToken);
        Enqueue(job);
        return job.Task;
    }

    /// <summary>Writes what waits, then ends.</summary>
    /// <returns>A task that completes when the connection is the caller's again.</returns>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        return _ended.Task;
    }

    private void Run()
    {
        while (Take())
        {
            if (_taken.Count > 0)
            {
                Write();
                _taken.Clear();
                Checkpoint();
            }
        }

        _ended.SetResult();
    }

    private bool Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_stopping)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            while (_taken.Count < RequestsMax && _waiting.TryDequeue(out var request))
            {
                if (request.TryTake())
                {
                    _taken.Add(request);
                }
            }

            return true;
        }
    }

    private void Write()
    {
        try
        {
            ResolveDoubt();
            _session.Database.Execute("BEGIN IMMEDIATE");
            _taken.ForEach(request => request.Execute(_session));
        }
        catch (SqliteFailure failure)
        {
            LogRefused(_taken.Count, failure);
            Rollback();
            _taken.ForEach(request => request.Refuse(failure));
            return;
        }
#pragma warning disable CA1031 // Whatever a request threw is its caller's to see; the thread must live.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Rollback();
            _taken.ForEach(request => request.Fail(exception));
            return;
        }

        Commit();
    }

    private void Commit()
    {
        try
        {
            _session.Database.Execute("COMMIT");
        }
        catch (SqliteFailure failure)
        {
            LogCommitFailed(_taken.Count, failure);
            Rollback();
            _inDoubt = true;
            if (TryResolveDoubt())
            {
                _taken.ForEach(request => request.Refuse(failure));
            }
            else
            {
                _taken.ForEach(request => request.LeaveUnknown(failure));
            }

            return;
        }

        foreach (var (id, name) in _session.Appends.NewManifests)
        {
            _manifests.Add(id, name);
        }

        _session.Appends.NewManifests.Clear();
        _session.Undo.Clear();
        _taken.ForEach(request => request.Complete());
    }

    private void Rollback()
    {
        _session.Appends.NewManifests.Clear();
        while (_session.Undo.TryPop(out var undo))
        {
            undo();
        }

        try
        {
            if (!_session.Database.IsAutoCommit)
            {
                _session.Database.Execute("ROLLBACK");
            }
        }
        catch (SqliteFailure failure)
        {
            LogRollbackFailed(failure);
        }
    }

    // A commit that failed at its end may have left its pages in the write-ahead log, where a crash now would bring
    // them back. The next transaction overwrites them: once that one is durable, the failed one is certainly gone.
    private void ResolveDoubt()
    {
        if (_inDoubt)
        {
            _session.Database.Execute("BEGIN IMMEDIATE; UPDATE doubts SET resolved = resolved + 1; COMMIT");
            _inDoubt = false;
        }
    }

    private bool TryResolveDoubt()
    {
        try
        {
            ResolveDoubt();
            return true;
        }
        catch (SqliteFailure)
        {
            Rollback();
            return false;
        }
    }

    private void Checkpoint()
    {
        try
        {
            _pagesWritten += _session.Database.TakePagesWritten();
            if (_pagesWritten >= _checkpointPages)
            {
                _session.Database.ReadNumber("PRAGMA wal_checkpoint(PASSIVE)");
                _pagesWritten = 0;
            }
        }
        catch (SqliteFailure failure)
        {
            LogCheckpointFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database refused {Count} write requests")]
    private partial void LogRefused(int count, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database failed to commit {Count} write requests")]
    private partial void LogCommitFailed(int count, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database failed to roll back")]
    private partial void LogRollbackFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be carried over; it will be tried again")]
    private partial void LogCheckpointFailed(Exception exception);
}
