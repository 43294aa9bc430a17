using System.Diagnostics.Metrics;
using AkkaParty.Runtime.Journal;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Projections;

/// <summary>
/// Keeps one projection up with the journal: reads from the stored offset, applies a batch, stores rows and offset in
/// one step, and sleeps at the end until it is poked. Several runners of one projection never apply an event twice.
/// </summary>
public sealed partial class ProjectionRunner : IThreadPoolWorkItem, IAsyncDisposable
{
    private readonly IProjection _projection;
    private readonly JournalPages _journal;
    private readonly IProjectionStore _store;
    private readonly IDispatcher _dispatcher;
    private readonly TimeProvider _time;
    private readonly ProjectionOptions _options;
    private readonly ILogger _logger;
    private readonly Meter _meter = new("AkkaParty.Runtime");
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly ITimer _poll;
    private readonly ITimer _retry;
    private readonly ITimer _appends;
    private readonly CatchUpWaiters _waiters = new();

    // Under the gate.
    private bool _running;
    private bool _poked;
    private bool _waitingToRetry;
    private bool _rebuildWanted;
    private bool _appendNoted;

    // The turn's own.
    private ProjectionPosition? _position;
    private int _passedOver;
    private int _unavailable;
    private long _oldestWaitingTicks;

    /// <summary>Builds a runner that waits for its first <see cref="Poke"/>.</summary>
    /// <param name="projection">What to run.</param>
    /// <param name="journal">What to read; best the same for all projections of a node.</param>
    /// <param name="store">Where rows and offset are kept.</param>
    /// <param name="dispatcher">Who runs its turns.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">How it follows.</param>
    /// <param name="logger">Where it reports what goes wrong.</param>
    public ProjectionRunner(
        IProjection projection,
        JournalPages journal,
        IProjectionStore store,
        IDispatcher dispatcher,
        TimeProvider time,
        ProjectionOptions options,
        ILogger logger)
    {
        _projection = projection;
        _journal = journal;
        _store = store;
        _dispatcher = dispatcher;
        _time = time;
        _options = options;
        _logger = logger;
        _poll = time.CreateTimer(static self => ((ProjectionRunner)self!).PokeIfMine(), this, options.PollInterval, options.PollInterval);
        _retry = time.CreateTimer(
            static self => ((ProjectionRunner)self!).Retry(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _appends = time.CreateTimer(
            static self => ((ProjectionRunner)self!).FollowAppends(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var tag = new KeyValuePair<string, object?>("projection", projection.Name);
        _meter.CreateObservableGauge(
            "akkaparty.projection.offset", () => new Measurement<long>(Offset, tag), "{record}", "The last journal record in the rows.");
        _meter.CreateObservableGauge(
            "akkaparty.projection.lag",
            () => new Measurement<double>(Lag.TotalSeconds, tag),
            "s",
            "The age of the oldest event that is not in the rows yet; 0 when they are up to date.");
    }

    /// <summary>The last journal record that is in the rows, or that changed none.</summary>
    public long Offset { get; private set; }

    /// <summary>How far the rows are behind; zero when nothing is known to wait.</summary>
    public TimeSpan Lag
    {
        get
        {
            var ticks = Volatile.Read(ref _oldestWaitingTicks);
            return ticks == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(0, _time.GetUtcNow().UtcTicks - ticks));
        }
    }

    /// <summary>The bug that stopped the projection, or null. A rebuild tries again.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>
    /// Called after each step that changed rows, when these can be read: for those who work on them. Where another node runs the
    /// projection nobody is told. Quick, does not throw.
    /// </summary>
    public Action? RowsStored { get; init; }

    /// <summary>
    /// Says that something was stored; the rows follow within <see cref="ProjectionOptions.AppendDelay"/>. Quick, on any thread.
    /// </summary>
    public void NoteAppend()
    {
        if (!Interlocked.Exchange(ref _appendNoted, true))
        {
            _appends.Change(_options.AppendDelay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Has the rows follow at once. Quick, on any thread, as often as one likes.</summary>
    public void Poke()
    {
        lock (_gate)
        {
            _poked = true;
            if (_running || _waitingToRetry || Failure is not null || _stop.IsCancellationRequested)
            {
                return;
            }

            _running = true;
            _poked = false;
        }

        _dispatcher.Schedule(this);
    }

    /// <summary>Waits until the rows hold everything the journal holds now.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes then; it fails with what stopped the projection.</returns>
    public Task CatchUpAsync(CancellationToken cancellationToken) => WaitAsync(rebuild: false, cancellationToken);

    /// <summary>Throws the rows away and makes them again from the first event. Readers see them grow.</summary>
    /// <param name="cancellationToken">Stops waiting, not rebuilding.</param>
    /// <returns>A task that completes when the rows are up to date again; it fails with what stopped the projection.</returns>
    public Task RebuildAsync(CancellationToken cancellationToken) => WaitAsync(rebuild: true, cancellationToken);

    /// <inheritdoc />
    public void Execute() => _ = TurnAsync();

    /// <summary>Stops after the step under way.</summary>
    /// <returns>A task that completes when nothing runs any more.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!TryStop(out var running))
        {
            return;
        }

        await _poll.DisposeAsync();
        await _retry.DisposeAsync();
        await _appends.DisposeAsync();
        if (running)
        {
            await _stopped.Task;
        }

        _waiters.Fail(new OperationCanceledException("The projection was stopped."));
        _meter.Dispose();
        _stop.Dispose();
    }

    private Task WaitAsync(bool rebuild, CancellationToken cancellationToken)
    {
        Task done;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                return Task.FromCanceled(new CancellationToken(canceled: true));
            }

            if (rebuild)
            {
                _rebuildWanted = true;
                Failure = null;
            }
            else if (Failure is not null)
            {
                return Task.FromException(Failure);
            }

            done = _waiters.Add();
        }

        Poke();
        return done.WaitAsync(cancellationToken);
    }

    private bool TryStop(out bool running)
    {
        lock (_gate)
        {
            running = _running;
            if (_stop.IsCancellationRequested)
            {
                return false;
            }

            _stop.Cancel();
            return true;
        }
    }

    private async Task TurnAsync()
    {
        // Only a look at the journal that found nothing new ends the work.
        var more = true;
        try
        {
            more = await StepAsync();
            _unavailable = 0;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The rest is read after the next start.
        }
        catch (JournalUnavailableException error)
        {
            RetryLater(error);
        }
        catch (Exception error)
        {
            Fail(error);
        }

        EndTurn(more);
    }

    private async ValueTask<bool> StepAsync()
    {
        if (_position is not { } position)
        {
            position = await _store.ReadPositionAsync(_projection.Name, _stop.Token);
            Offset = position.Offset;
            _passedOver = 0;
        }

        _position = null;
        if (BeginStep() || position.Version != _projection.Version)
        {
            var start = new ProjectionPosition(0, _projection.Version);
            await MoveAsync(new ProjectionCommit(_projection.Name, position, start, [], Clear: true));
            return true;
        }

        var records = await _journal.ReadAsync(Offset, _options.RecordsMax, _stop.Token);
        if (records.Count == 0)
        {
            Stand(position, Offset, waitingSince: null);
            return false;
        }

        Volatile.Write(ref _oldestWaitingTicks, records[0].Entry.At.UtcTicks);
        var batch = new ProjectionBatch(_store, _projection.Name);
        foreach (var record in records)
        {
            await _projection.ApplyAsync(record, batch, _stop.Token);
        }

        var next = position with { Offset = records[^1].Offset };
        _passedOver += records.Count;
        if (batch.Changes.Count == 0 && _passedOver < _options.PassedOverMax)
        {
            // Most events are none of most projections' business: a write for each would double the store's work.
            Stand(position, next.Offset, records[^1].Entry.At);
            return true;
        }

        await MoveAsync(new ProjectionCommit(_projection.Name, position, next, batch.Changes), records[^1].Entry.At);
        return true;
    }

    // When somebody else moved it, the next turn reads where it stands now.
    private async ValueTask MoveAsync(ProjectionCommit commit, DateTimeOffset? appliedUntil = null)
    {
        if (await _store.CommitAsync(commit, _stop.Token))
        {
            _passedOver = 0;
            Stand(commit.Next, commit.Next.Offset, appliedUntil);
            if (commit.Clear || commit.Changes.Count > 0)
            {
                RowsStored?.Invoke();
            }
        }
        else if (commit.Clear)
        {
            lock (_gate)
            {
                _rebuildWanted = true;
            }
        }
    }

    private void Stand(ProjectionPosition position, long readUntil, DateTimeOffset? waitingSince)
    {
        _position = position;
        Offset = readUntil;
        Volatile.Write(ref _oldestWaitingTicks, waitingSince?.UtcTicks ?? 0);
    }

    private bool BeginStep()
    {
        _waiters.BeginTurn();
        lock (_gate)
        {
            var wanted = _rebuildWanted;
            _rebuildWanted = false;
            return wanted;
        }
    }

    private void EndTurn(bool more)
    {
        var caughtUp = false;
        var goOn = false;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested || Failure is not null || _waitingToRetry)
            {
                _running = false;
            }
            else
            {
                caughtUp = !more && !_rebuildWanted;
                goOn = _running = more || _poked || _rebuildWanted;
                _poked = false;
            }
        }

        if (_stop.IsCancellationRequested)
        {
            _stopped.TrySetResult();
        }

        if (caughtUp)
        {
            _waiters.Release();
        }

        if (goOn)
        {
            _dispatcher.Schedule(this);
        }
    }

    private void FollowAppends()
    {
        // Before the journal is read: an append noted from here on is another reason to come again.
        Volatile.Write(ref _appendNoted, false);
        PokeIfMine();
    }

    private void PokeIfMine()
    {
        if (_options.IsMine?.Invoke() != false)
        {
            Poke();
            return;
        }

        // Whoever follows now reports how far the rows are behind.
        Volatile.Write(ref _oldestWaitingTicks, 0);
    }
}
