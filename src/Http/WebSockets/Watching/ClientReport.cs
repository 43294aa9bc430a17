using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>What a client said of itself that the party does not know yet.</summary>
/// <param name="Status">How it is; null when that is known.</param>
/// <param name="ReportsReady">Whether it says when it is ready; null when that is known.</param>
/// <param name="RoundTripMs">Its round trip; null when that is known.</param>
/// <param name="SyncOffsetMs">How far it is from the party's position; null when there is no need to say.</param>
internal sealed record ReportPart(WatchStatus? Status, bool? ReportsReady, int? RoundTripMs, int? SyncOffsetMs)
{
    /// <summary>The barrier for which it is ready, 0 for none; null when it does not say that it is.</summary>
    public int? Barrier { get; init; }
}

/// <summary>
/// What a client says of itself, thinned out: each report costs the party an event, so only what changed goes there, and not too often;
/// the last word counts. Used under its session's lock.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ClientReport(TimeProvider time)
{
    /// <summary>The round trip of a client that said nothing, and the step in which it is told.</summary>
    public const int RoundTripStepMs = 100;

    private const int RoundTripMaxMs = 1_000;

    // A round trip at the edge of two steps must not go back and forth.
    private const int RoundTripSlackMs = 30;
    private const int OffsetStepMs = 250;

    private static readonly TimeSpan OffsetEvery = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OffsetSoonest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RoundTripFalls = TimeSpan.FromSeconds(10);

    private Bucket _bucket = new(3, TimeSpan.FromSeconds(1));
    private WatchStatus? _status;
    private WatchStatus? _statusTold;
    private int _barrier;
    private int _readyFor;
    private int _readyForTold;
    private bool? _reportsReady;
    private bool? _reportsReadyTold;
    private double? _roundTrip;
    private int _roundTripTold = RoundTripStepMs;
    private long? _roundTripAt;
    private int? _offset;
    private int? _offsetTold;
    private long? _offsetAt;

    /// <summary>How the client was last said to be; null when it did not say.</summary>
    public WatchStatus? Status => _status;

    /// <summary>Takes what a client says.</summary>
    /// <param name="status">How it is; null when it does not say.</param>
    /// <param name="barrier">For which barrier it is ready; null for the one of which it was told last.</param>
    /// <param name="reportsReady">Whether it says when it is ready; null when it does not say.</param>
    /// <param name="roundTripMs">Its round trip, 0 or more; null when it does not say.</param>
    /// <param name="offsetMs">How far it is from the party's position; null when it does not say.</param>
    public void Note(WatchStatus? status, int? barrier, bool? reportsReady, double? roundTripMs, int? offsetMs)
    {
        _status = status ?? _status;
        _readyFor = status is null ? _readyFor : barrier ?? _barrier;
        _reportsReady = reportsReady ?? _reportsReady;
        _roundTrip = roundTripMs ?? _roundTrip;
        _offset = offsetMs ?? _offset;
    }

    /// <summary>
    /// A barrier came up: the party asks anew, and nothing said before counts. What the client says next is told even if it is the same,
    /// and what was not told yet never is, unless it was said of this barrier, of which another connection may have heard earlier.
    /// </summary>
    /// <param name="barrier">Its number; 0 for none.</param>
    public void NoteBarrier(int barrier)
    {
        if (barrier <= _barrier)
        {
            return;
        }

        _barrier = barrier;
        if (_readyFor < barrier)
        {
            (_status, _statusTold) = (null, null);
        }
    }

    /// <summary>Takes out what has to be told now.</summary>
    /// <returns>What to tell; null for nothing.</returns>
    public ReportPart? Take()
    {
        var part = new ReportPart(
            IsStatusTold() ? null : _status,
            _reportsReady == _reportsReadyTold ? null : _reportsReady,
            RoundTripDue() is var roundTrip && roundTrip == _roundTripTold ? null : roundTrip,
            IsOffsetDue() ? _offset : null);
        part = part.Status == WatchStatus.Ready ? part with { Barrier = _readyFor } : part;
        if (part is { Status: null, ReportsReady: null, RoundTripMs: null, SyncOffsetMs: null } || !_bucket.TryTake(time, out _))
        {
            return null;
        }

        var now = time.GetTimestamp();
        (_statusTold, _readyForTold) = (_status, _readyFor);
        _reportsReadyTold = _reportsReady;
        if (part.RoundTripMs is not null)
        {
            (_roundTripTold, _roundTripAt) = (roundTrip, now);
        }

        if (part.SyncOffsetMs is not null)
        {
            (_offsetTold, _offsetAt, _offset) = (_offset, now, null);
        }

        return part;
    }

    /// <summary>Takes back what could not be told, so that it is told with the next.</summary>
    /// <param name="part">What <see cref="Take"/> gave.</param>
    public void Return(ReportPart part)
    {
        _statusTold = part.Status is null ? _statusTold : null;
        _reportsReadyTold = part.ReportsReady is null ? _reportsReadyTold : null;
        if (part.RoundTripMs is not null)
        {
            (_roundTripTold, _roundTripAt) = (0, null);
        }

        if (part.SyncOffsetMs is { } offset)
        {
            (_offset, _offsetAt, _offsetTold) = (_offset ?? offset, null, null);
        }
    }

    private bool IsStatusTold() => _status == _statusTold && (_status != WatchStatus.Ready || _readyFor == _readyForTold);

    private int RoundTripDue()
    {
        if (_roundTrip is not { } measured)
        {
            return _roundTripTold;
        }

        var step = StepOf(measured);
        if (step >= _roundTripTold)
        {
            return step;
        }

        var settled = _roundTripAt is not { } at || time.GetElapsedTime(at) >= RoundTripFalls;
        return settled ? Math.Min(_roundTripTold, StepOf(measured + RoundTripSlackMs)) : _roundTripTold;
    }

    private bool IsOffsetDue()
    {
        if (_offset is not { } offset)
        {
            return false;
        }

        var since = _offsetAt is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;
        return since >= OffsetEvery
            || (since >= OffsetSoonest && (_offsetTold is not { } told || Math.Abs((long)offset - told) > OffsetStepMs));
    }

    private static int StepOf(double milliseconds) =>
        (int)Math.Clamp(Math.Ceiling(milliseconds / RoundTripStepMs), 1, RoundTripMaxMs / RoundTripStepMs) * RoundTripStepMs;
}
