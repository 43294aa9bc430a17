using AkkaParty.Accounts.Storing;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Accounts.Sessions;

/// <summary>
/// Tells open connections that their session has ended. While there are any, the database is asked twice a second which sessions have ended
/// lately, so that it does not matter which node was told to end them. What was missed while the database was away is asked for then.
/// </summary>
internal sealed partial class RevocationWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // More than a transaction can take, and than the clocks of nodes differ, and than a connection needs from its check to its watch.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<Watcher>> _watchers = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly IAccountDatabase _database;
    private readonly TimeProvider _time;
    private readonly AccountMetrics _metrics;
    private readonly ILogger _logger;
    private Task _polling = Task.CompletedTask;
    private bool _isPolling;
    private bool _isStopped;
    private bool _isAway;

    public RevocationWatch(IAccountDatabase database, TimeProvider time, AccountMetrics metrics, ILogger logger)
    {
        _database = database;
        _time = time;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>Says once when a session ends.</summary>
    public IDisposable Watch(Guid sessionId, Action revoked)
    {
        var watcher = new Watcher(this, sessionId, revoked);
        lock (_gate)
        {
            if (!_watchers.TryGetValue(sessionId, out var watchers))
            {
                _watchers[sessionId] = watchers = [];
            }

            watchers.Add(watcher);
            if (!_isPolling && !_isStopped)
            {
                _isPolling = true;
                _polling = Task.Run(PollAsync, CancellationToken.None);
            }
        }

        return watcher;
    }

    /// <summary>Tells whoever watches a session that it has ended.</summary>
    public void Tell(Guid sessionId)
    {
        List<Watcher>? watchers;
        lock (_gate)
        {
            if (!_watchers.Remove(sessionId, out watchers))
            {
                return;
            }
        }

        foreach (var watcher in watchers)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static w => w.Tell(), watcher, preferLocal: false);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Task polling;
        lock (_gate)
        {
            _isStopped = true;
            polling = _polling;
        }

        await _stopping.CancelAsync();
        await polling;
        _stopping.Dispose();
    }

    private void Forget(Watcher watcher)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(watcher.SessionId, out var watchers) && watchers.Remove(watcher) && watchers.Count == 0)
            {
                _watchers.Remove(watcher.SessionId);
            }
        }
    }

    private async Task PollAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, _time);
            var since = Instants.Now(_time) - Instants.Span(Overlap);
            while (GoesOn())
            {
                since = await AskAsync(since);
                await timer.WaitForNextTickAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops, and its connections with it.
        }
    }

    private bool GoesOn()
    {
        lock (_gate)
        {
            return _isPolling = _watchers.Count > 0 && !_isStopped;
        }
    }

    private async Task<long> AskAsync(long since)
    {
        var startedAt = _time.GetTimestamp();
        var now = Instants.Now(_time);
        try
        {
            var ended = await _database.ReadAsync(
                "Asking which sessions have ended", db => SessionTable.RevokedSinceAsync(db, since), _stopping.Token);
            foreach (var sessionId in ended)
            {
                Tell(Ids.Of(sessionId));
            }

            _metrics.Polled(_time.GetElapsedTime(startedAt));
            if (_isAway)
            {
                _isAway = false;
                LogBack();
            }

            return now - Instants.Span(Overlap);
        }
        catch (Exception error) when (error is AccountsUnavailableException or AccountsStartException)
        {
            if (!_isAway)
            {
                _isAway = true;
                LogAway(error.Message);
            }

            return since;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Which sessions have ended cannot be asked now; open connections hear of it when the database is back: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Which sessions have ended can be asked again")]
    private partial void LogBack();

    private sealed class Watcher(RevocationWatch owner, Guid sessionId, Action revoked) : IDisposable
    {
        private int _isDone;

        public Guid SessionId => sessionId;

        public void Tell()
        {
            if (Interlocked.Exchange(ref _isDone, 1) == 0)
            {
                revoked();
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDone, 1) == 0)
            {
                owner.Forget(this);
            }
        }
    }
}
