using AkkaParty.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Journal;

/// <summary>
/// The node's one door to the journal's commit: while one commit is under way everything else waits and goes together
/// into the next (group commit), so the cost of being durable is shared by all entities of the node.
/// </summary>
internal sealed class JournalWriter(IJournal journal, IDispatcher dispatcher, TimeProvider time, RuntimeMetrics metrics, ILogger logger)
    : IThreadPoolWorkItem
{
    private const int GatherMax = 128;

    private readonly Lock _gate = new();
    private List<AppendOperation> _waiting = [];
    private List<AppendOperation> _underWay = [];
    private List<AppendOperation> _ended = [];
    private bool _running;
    private bool _gathers;
    private long _startedAt;
    private bool _refuses;

    /// <summary>Told after each commit that stored something, for projections.</summary>
    public Action? Appended { get; set; }

    /// <summary>Whether the store refused the last thing it was to keep, though it may answer.</summary>
    public bool StoreRefuses
    {
        get => Volatile.Read(ref _refuses);
        set => Volatile.Write(ref _refuses, value);
    }

    /// <summary>Adds an operation to the next commit. Its owner is told when it ended.</summary>
    public void Submit(AppendOperation operation)
    {
        operation.Outcome = AppendOutcome.Pending;
        lock (_gate)
        {
            _waiting.Add(operation);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        dispatcher.Schedule(this);
    }

    /// <summary>Tells the owners of every operation that has waited for longer than the time-out.</summary>
    public void ReportStalled(TimeSpan timeout)
    {
        // Under the gate: what is listed here has certainly not ended, so no later append is taken for a stalled one.
        lock (_gate)
        {
            if (_underWay.Count == 0 || time.GetElapsedTime(_startedAt) < timeout)
            {
                return;
            }

            _underWay.ForEach(operation => operation.Owner!.AppendStalled());
            _waiting.ForEach(operation => operation.Owner!.AppendStalled());
        }
    }

    /// <inheritdoc />
    public void Execute()
    {
        // Once more through the queue: the turns that wait there put their appends in first. Commits that take all of a wave are
        // fewer, and a commit costs far more than what is in it. A large one goes at once: while it is away, the rest gathers.
        _gathers = !_gathers && WaitingCount() < GatherMax;
        if (_gathers)
        {
            dispatcher.Schedule(this);
        }
        else
        {
            _ = RunAsync();
        }
    }

    private int WaitingCount()
    {
        lock (_gate)
        {
            return _waiting.Count;
        }
    }

    private async Task RunAsync()
    {
        if (!TakeBatch())
        {
            return;
        }

        try
        {
            var commit = journal.CommitAsync(_underWay, CancellationToken.None);
            if (commit.IsCompletedSuccessfully)
            {
                commit.GetAwaiter().GetResult();
            }
            else
            {
                await commit;
            }
        }
        catch (Exception error)
        {
            // Every operation without an outcome becomes unknown below, and its entity replays.
            logger.CommitFailed(error, _underWay.Count);
        }

        Finish();
        dispatcher.Schedule(this);
    }

    private bool TakeBatch()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _running = false;
                return false;
            }

            _startedAt = time.GetTimestamp();
            var max = journal.CommitOperationsMax;
            if (_waiting.Count <= max)
            {
                (_waiting, _underWay) = (_underWay, _waiting);
            }
            else
            {
                _underWay.AddRange(_waiting.GetRange(0, max));
                _waiting.RemoveRange(0, max);
            }

            return true;
        }
    }

    private void Finish()
    {
        metrics.Committed(_underWay.Count, time.GetElapsedTime(_startedAt));
        lock (_gate)
        {
            (_underWay, _ended) = (_ended, _underWay);
        }

        var (appended, refused) = (false, false);
        foreach (var operation in _ended)
        {
            if (operation.Outcome == AppendOutcome.Pending)
            {
                logger.CommitFailed(error: null, _ended.Count);
                operation.Outcome = AppendOutcome.Unknown;
            }

            appended |= operation.Outcome == AppendOutcome.Appended && operation.Entries.Count > 0;
            refused |= operation.Outcome == AppendOutcome.Refused && operation.Entries.Count > 0;
            operation.Owner!.AppendEnded();
        }

        _ended.Clear();
        StoreRefuses = refused || (StoreRefuses && !appended);
        if (appended)
        {
            Appended?.Invoke();
        }
    }
}
