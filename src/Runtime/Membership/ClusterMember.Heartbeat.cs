using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Membership;

/// <summary>Signs of life: this node's own, by which it may serve, and everybody else's, by which they are judged.</summary>
internal sealed partial class ClusterMember
{
    private readonly ITimer _beatTimer;
    private readonly ITimer _leaseTimer;
    private readonly LivenessJudge _judge;
    private readonly LinkJudge _links;
    private readonly SortedSet<long> _declaredDead = [];
    private IReadOnlyList<MemberPulse> _dead = [];
    private long _heardVersion;
    private bool _isBeating;
    private bool _isCutOff = true;
    private bool _beatsAgain;
    private bool _leaseIsWatched;

    private enum BeatOutcome
    {
        Good,
        Failed,
        NotMember,
    }

    private void Tick()
    {
        if (_lease.HasLapsed)
        {
            Fence();
        }

        WatchLinks();
        Beat(again: false);
    }

    /// <summary>Finds out whether this node is cut off from the others, which only it can know for certain: it says so itself.</summary>
    public void WatchLinks()
    {
        if (IsLinked is not { } isLinked || Self is not { } self || Cluster is not { } cluster || _lease.IsEndless)
        {
            return;
        }

        bool isCutOff;
        lock (_gate)
        {
            isCutOff = _links.Observe(self, cluster.Members, isLinked, _time.GetElapsedTime(0, _time.GetTimestamp()));
            if (_isCutOff == isCutOff)
            {
                return;
            }

            _isCutOff = isCutOff;
        }

        if (isCutOff)
        {
            _logger.IsCutOff();
        }
        else if (cluster.Members.Count > 1)
        {
            _logger.IsLinked();
        }

        _ = LookAsync();
    }

    /// <summary>Sends a heartbeat, unless one is under way.</summary>
    /// <param name="again">Whether another one follows then.</param>
    private void Beat(bool again)
    {
        lock (_gate)
        {
            if (_self is null || _lease.IsEndless || _phase == NodePhase.Stopped || _isDisposed)
            {
                return;
            }

            if (_isBeating)
            {
                _beatsAgain |= again;
                return;
            }

            _isBeating = true;
        }

        _ = RunBeatsAsync();
    }

    private async Task RunBeatsAsync()
    {
        bool again;
        do
        {
            if (Self is { } self)
            {
                await BeatAsync(self);
            }

            lock (_gate)
            {
                again = _beatsAgain;
                _beatsAgain = false;
                _isBeating = again;
            }
        }
        while (again);
    }

    private async Task BeatAsync(NodeIdentity self)
    {
        switch (await BeatOnceAsync(self, isEntering: false))
        {
            case BeatOutcome.NotMember:
                EndRun(self);
                break;
            case BeatOutcome.Good when LooksNeeded():
                _ = LookAsync();
                break;
        }
    }

    private async Task<BeatOutcome> BeatOnceAsync(NodeIdentity self, bool isEntering)
    {
        var sent = _time.GetTimestamp();
        Pulse? pulse;
        try
        {
            using var timeout = new CancellationTokenSource(_options.LeaseDuration, _time);
            pulse = await _leases.HeartbeatAsync(self, _time.Told(), timeout.Token);
        }
        catch (Exception error)
        {
            if (isEntering || Self == self)
            {
                NoteFailedBeat(error);
            }

            return BeatOutcome.Failed;
        }

        if (Status.Phase == NodePhase.Stopped || (!isEntering && Self != self))
        {
            // The run ended while its heartbeat was under way: the answer says nothing about the next one.
            return BeatOutcome.Failed;
        }

        var received = _time.GetTimestamp();
        NoteStore(isAway: false);
        _metrics.Beat(_time.GetElapsedTime(sent, received));
        if (pulse is null)
        {
            return BeatOutcome.NotMember;
        }

        _time.Hear(self.Incarnation, pulse, sent, received);
        Judge(self, pulse, sent, received);
        _heardVersion = pulse.Version;

        // From before it was sent: the others count from a later instant, so this node stops first.
        _lease.Renew(sent);
        WatchLease();
        return BeatOutcome.Good;
    }

    private void NoteFailedBeat(Exception error)
    {
        // What stood still meanwhile may have been the store, so nobody is judged by it.
        _judge.Restart();
        _dead = [];
        _time.Miss();
        _lease.Doubt();
        if (error is JournalUnavailableException or OperationCanceledException)
        {
            NoteStore(isAway: true, error);
        }
        else
        {
            _logger.StoreBroken(error);
        }
    }

    private void Judge(NodeIdentity self, Pulse pulse, long sent, long received)
    {
        _dead = _judge.Observe(self.Incarnation, pulse.Members, _time.GetElapsedTime(0, sent), _time.GetElapsedTime(0, received));
        _declaredDead.RemoveWhere(run => pulse.Members.All(member => member.Incarnation != run));
        foreach (var dead in _dead)
        {
            if (_declaredDead.Add(dead.Incarnation))
            {
                _metrics.TookOver();
                _logger.DeclaredDead(dead.Name, dead.Incarnation, dead.HasGone);
                if (_events.Heard)
                {
                    _events.Publish(new MemberDeclaredDead(dead.Name, dead.Incarnation, dead.HasGone));
                }
            }
        }
    }

    private bool LooksNeeded()
    {
        lock (_gate)
        {
            return _dead.Count > 0 || _lookFailed || _cluster?.Version != _heardVersion || _phase == NodePhase.Fenced;
        }
    }

    private void WatchLease()
    {
        lock (_gate)
        {
            if (_leaseIsWatched || _lease.Remaining is not { } remaining)
            {
                return;
            }

            _leaseIsWatched = true;
            SetLeaseTimer(remaining);
        }
    }

    private void CheckLease()
    {
        lock (_gate)
        {
            if (_lease.Remaining is not { } remaining)
            {
                return;
            }

            if (remaining > TimeSpan.Zero)
            {
                SetLeaseTimer(remaining);
                return;
            }

            _leaseIsWatched = false;
        }

        Fence();
    }

    /// <summary>Whole milliseconds upwards: timers cut fractions off.</summary>
    private void SetLeaseTimer(TimeSpan remaining) =>
        _leaseTimer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds)), Timeout.InfiniteTimeSpan);

    private void Fence()
    {
        if (!_shards.Fence())
        {
            return;
        }

        _metrics.WasFenced();
        _logger.WasFenced();
        Enter(Self is null ? NodePhase.Joining : NodePhase.Fenced);
        if (_events.Heard)
        {
            _events.Publish(new Fenced());
        }
    }
}
