using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Membership;

/// <summary>Becoming a member: the name, the first heartbeat, the first look; and again when the run has ended.</summary>
internal sealed partial class ClusterMember
{
    private readonly TimeSpan _silenceMax;
    private bool _isEntering;

    private async Task EnterClusterAsync(bool isFirst, CancellationToken stop)
    {
        lock (_gate)
        {
            _isEntering = true;
        }

        Enter(NodePhase.Joining);
        while (!await TryEnterAsync(isFirst, stop))
        {
        }

        lock (_gate)
        {
            _isEntering = false;
        }
    }

    private async Task<bool> TryEnterAsync(bool isFirst, CancellationToken stop)
    {
        while (Volatile.Read(ref _isBeating))
        {
            // The last heartbeat of the run before: there is never more than one under way.
            await PauseAsync(_options.HeartbeatInterval, stop);
        }

        var self = await TakeNameAsync(isFirst, stop);
        try
        {
            return await BeginRunAsync(self, isFirst, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody else knows that this run never began, so its name would be taken for as long as a dead one's.
            await TellLeaveAsync(self);
            throw;
        }
    }

    private async Task<bool> BeginRunAsync(NodeIdentity self, bool isFirst, CancellationToken stop)
    {
        _judge.Restart();
        if (!_lease.IsEndless)
        {
            _time.Enter();
        }

        while (!_lease.IsEndless)
        {
            var beat = await BeatOnceAsync(self, isEntering: true);
            if (beat == BeatOutcome.NotMember)
            {
                return false;
            }

            if (beat == BeatOutcome.Good && _time.IsTaught)
            {
                continue;
            }

            if (beat == BeatOutcome.Good && (!isFirst || !await HasStrangersAsync(self)) && await KnowsTimeAsync(self))
            {
                break;
            }

            await PauseAsync(_options.HeartbeatInterval, stop);
        }

        Volatile.Write(ref _self, self);
        if (!_lease.IsEndless)
        {
            _logger.HasJoined(self.Name, self.Incarnation);
            _beatTimer.Change(_options.HeartbeatInterval, _options.HeartbeatInterval);
        }

        while (Self == self)
        {
            if (await LookAsync())
            {
                return true;
            }

            await PauseAsync(_options.HeartbeatInterval, stop);
        }

        return false;
    }

    /// <summary>
    /// Whether this run has the cluster's time. Who may know it and is silent cannot be asked; before anybody begins a new one it must be
    /// certain that nobody serves with the old one, so whoever has been silent for longer than a lease is a member no more. That a
    /// connection has ended proves too little here: its member may be alive, and serves until its lease lapses.
    /// </summary>
    private async Task<bool> KnowsTimeAsync(NodeIdentity self)
    {
        var silent = _dead.Where(dead => _judge.StoodStill(dead.Incarnation)).ToList();
        if (_time.IsSettled || silent.Count == 0)
        {
            return _time.IsSettled;
        }

        try
        {
            using var timeout = new CancellationTokenSource(_options.LeaseDuration, _time);
            await _leases.UpdateAsync(cluster => Remove(silent, cluster, self), timeout.Token);
            PokePeers?.Invoke();
        }
        catch (Exception error) when (error is JournalUnavailableException or OperationCanceledException)
        {
            NoteStore(isAway: true, error);
        }

        return false;
    }

    /// <summary>Joins under the configured name, in the place of an earlier run once that is certainly over.</summary>
    private async Task<NodeIdentity> TakeNameAsync(bool isFirst, CancellationToken stop)
    {
        var request = new JoinRequest(_options.NodeName, _address, NodeRuntime.FeatureLevel);
        MemberPulse? seen = null;
        var seenAt = 0L;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var sent = _time.GetTimestamp();
            var outcome = await TryJoinAsync(request, stop);
            if (outcome?.Node is { } self)
            {
                return self;
            }

            if (outcome?.Holder is not { } holder)
            {
                seen = null;
            }
            else if (_lease.IsEndless || (seen?.Incarnation == holder.Incarnation && seen?.Counter != holder.Counter))
            {
                RefuseName(isFirst);
                seen = null;
            }
            else if (seen?.Incarnation != holder.Incarnation)
            {
                (seen, seenAt) = (holder, _time.GetTimestamp());
                _logger.WaitsForName(holder.Name, holder.Incarnation);
            }

            if (seen is { } dead && (dead.HasGone || outcome?.Holder?.HasGone == true || _time.GetElapsedTime(seenAt, sent) >= _silenceMax)
                && request.Replaces != dead.Incarnation)
            {
                request = request with { Replaces = dead.Incarnation };
                continue;
            }

            await PauseAsync(_options.HeartbeatInterval, stop);
        }
    }

    private async Task<JoinOutcome?> TryJoinAsync(JoinRequest request, CancellationToken stop)
    {
        try
        {
            var outcome = await _leases.JoinAsync(request, stop);
            NoteStore(isAway: false);
            return outcome;
        }
        catch (JournalUnavailableException error)
        {
            NoteStore(isAway: true, error);
            return null;
        }
    }

    private void RefuseName(bool isFirst)
    {
        if (isFirst)
        {
            throw new MembershipException(
                $"A live node already has the name '{_options.NodeName}'. Give this one another name, or stop the other one first.");
        }

        _logger.NameTaken(_options.NodeName);
    }

    /// <summary>
    /// A node without links and other nodes cannot share a store: each would serve what the other serves. Members of an earlier
    /// run may be listed still; they are waited for.
    /// </summary>
    /// <returns>Whether there are members that cannot be reached and may be alive.</returns>
    /// <exception cref="MembershipException">One of them is alive.</exception>
    private async Task<bool> HasStrangersAsync(NodeIdentity self)
    {
        try
        {
            var cluster = await _leases.ReadAsync(CancellationToken.None);
            var strangers = cluster.Members
                .Where(member => member.Node.Incarnation != self.Incarnation && (_address.Length == 0 || member.Node.Address.Length == 0))
                .Where(member => _dead.All(dead => dead.Incarnation != member.Node.Incarnation))
                .ToList();
            if (strangers.Find(member => _judge.HasMoved(member.Node.Incarnation)) is not { } live)
            {
                return strangers.Count > 0;
            }

            await _leases.LeaveAsync(self, CancellationToken.None);
            throw new MembershipException(
                $"The node '{live.Node.Name}' uses the same store, and one of the two has no link address: "
                + "configure where both listen for each other.");
        }
        catch (JournalUnavailableException error)
        {
            NoteStore(isAway: true, error);
            return true;
        }
    }

    /// <summary>The store does not list this run: everything it held may belong to others by now.</summary>
    private void EndRun(NodeIdentity self)
    {
        bool joinsAnew;
        lock (_gate)
        {
            if (_self != self)
            {
                return;
            }

            _self = null;
            _isCutOff = true;
            _links.Restart();
            joinsAnew = !_isEntering && !_isLeaving && _phase != NodePhase.Stopped;
            _isEntering |= joinsAnew;
        }

        _logger.WasEvicted(self.Name, self.Incarnation);
        _lease.End();
        Fence();
        if (_events.Heard)
        {
            _events.Publish(new Evicted(self));
        }

        EndAdoptionWaits();
        if (joinsAnew)
        {
            _ = JoinAnewAsync();
        }
    }

    private async Task JoinAnewAsync()
    {
        try
        {
            await EnterClusterAsync(isFirst: false, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
        catch (Exception error)
        {
            _logger.StoreBroken(error);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        var over = new TaskCompletionSource();
        using var timer = _time.CreateTimer(
            static over => ((TaskCompletionSource)over!).TrySetResult(), over, pause, Timeout.InfiniteTimeSpan);
        using var ending = stop.Register(static over => ((TaskCompletionSource)over!).TrySetCanceled(), over);
        await over.Task;
    }
}
