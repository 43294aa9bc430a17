using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Projections;

/// <summary>What a store that is away, and a bug, mean for a projection.</summary>
public sealed partial class ProjectionRunner
{
    private const int BackOffDoublingsMax = 5;

    private void RetryLater(JournalUnavailableException error)
    {
        if (_unavailable == 0)
        {
            _logger.ProjectionWaits(_projection.Name, error.Message);
        }

        var wait = _options.BackOff * (1 << Math.Min(_unavailable++, BackOffDoublingsMax));
        lock (_gate)
        {
            _waitingToRetry = true;
            if (!_stop.IsCancellationRequested)
            {
                _retry.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Retry()
    {
        lock (_gate)
        {
            _waitingToRetry = false;
        }

        Poke();
    }

    private void Fail(Exception error)
    {
        _logger.ProjectionStopped(error, _projection.Name, Offset);
        lock (_gate)
        {
            Failure = error;
        }

        _waiters.Fail(error);
    }
}
