using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Membership;

/// <summary>Looking at members and homes, changing what must change, and acting on the result.</summary>
internal sealed partial class ClusterMember
{
    private readonly List<TaskCompletionSource> _adoptionWaits = [];
    private TaskCompletionSource<bool>? _look;
    private bool _looksAgain;
    private bool _lookFailed;
    private bool _isLeaving;
    private NodeIdentity? _shownAs;

    /// <summary>Looks at members and homes and acts on them; while a look is under way, once more after it.</summary>
    /// <returns>Whether the last look succeeded.</returns>
    private Task<bool> LookAsync()
    {
        TaskCompletionSource<bool> look;
        lock (_gate)
        {
            if (_look is { } underWay)
            {
                _looksAgain = true;
                return underWay.Task;
            }

            _look = look = new TaskCompletionSource<bool>();
        }

        _ = RunLooksAsync(look);
        return look.Task;
    }

    private async Task RunLooksAsync(TaskCompletionSource<bool> look)
    {
        bool succeeded;
        bool again;
        do
        {
            lock (_gate)
            {
                _looksAgain = false;
            }

            succeeded = Self is { } self && !_lease.HasLapsed && await LookOnceAsync(self);
            lock (_gate)
            {
                // After a failure the next good heartbeat looks again.
                again = _looksAgain && succeeded;
                _lookFailed = !succeeded;
                _look = again ? _look : null;
            }
        }
        while (again);

        look.SetResult(succeeded);
    }

    private async Task<bool> LookOnceAsync(NodeIdentity self)
    {
        try
        {
            using var timeout = new CancellationTokenSource(_options.AskTimeout, _time);
            var work = TakeWork(self);
            var record = work.IsCertain ? null : await _leases.ReadAsync(timeout.Token);
            if (record is null || !ReferenceEquals(work.Change(record), record))
            {
                var changed = false;
                record = await _leases.UpdateAsync(
                    before =>
                    {
                        var after = work.Change(before);
                        changed = !ReferenceEquals(before, after);
                        return after;
                    },
                    timeout.Token);
                if (changed)
                {
                    PokePeers?.Invoke();
                }
            }

            NoteStore(isAway: false);
            return Adopt(self, record);
        }
        catch (Exception error) when (error is JournalUnavailableException or OperationCanceledException)
        {
            NoteStore(isAway: true, error);
            return false;
        }
        catch (Exception error)
        {
            _logger.StoreBroken(error);
            return false;
        }
    }

    private Work TakeWork(NodeIdentity self)
    {
        lock (_gate)
        {
            var mark = _isLeaving ? MemberStanding.Leaving : _isCutOff ? MemberStanding.CutOff : MemberStanding.Active;
            var isMarked = _cluster?.Members.Any(m => m.Node.Incarnation == self.Incarnation && m.Standing >= mark) == true;
            return new Work(self, [.. _dead], mark, _isLeaving && !isMarked, _shards.EmptiedShards);
        }
    }

    private bool Adopt(NodeIdentity self, ClusterRecord record)
    {
        if (Self != self)
        {
            return false;
        }

        if (record.Members.FirstOrDefault(member => member.Node.Incarnation == self.Incarnation) is not { } me)
        {
            EndRun(self);
            return false;
        }

        ShowPeers(self, record);
        var wasFenced = Status.Phase == NodePhase.Fenced;
        if (!_shards.Adopt(record, self.Name))
        {
            return false;
        }

        Volatile.Write(ref _cluster, record);
        if (wasFenced)
        {
            _logger.WasUnfenced();
        }

        Enter(me.Standing == MemberStanding.Leaving || _isLeaving ? NodePhase.Draining
            : me.Standing == MemberStanding.CutOff ? NodePhase.CutOff
            : NodePhase.Serving);
        if (_events.Heard)
        {
            _events.Publish(new ClusterAdopted(record.Version));
        }

        EndAdoptionWaits();
        return true;
    }

    private void ShowPeers(NodeIdentity self, ClusterRecord record)
    {
        var before = _cluster?.Members.Select(member => member.Node).Where(node => node.Incarnation != self.Incarnation).ToList() ?? [];
        var after = record.Members.Select(member => member.Node).Where(node => node.Incarnation != self.Incarnation).ToList();
        if (_address.Length > 0 && (_shownAs != self || !before.SequenceEqual(after)))
        {
            _shownAs = self;
            _transport.SetPeers(self, after.FindAll(node => node.Address.Length > 0));
        }

        foreach (var left in before.Except(after))
        {
            _logger.SawLeave(left.Name, left.Incarnation);
            if (_events.Heard)
            {
                _events.Publish(new MemberLeft(left));
            }
        }

        foreach (var joined in after.Except(before))
        {
            _logger.SawJoin(joined.Name, joined.Incarnation);
            if (_events.Heard)
            {
                _events.Publish(new MemberJoined(joined));
            }
        }
    }

    private Task NextAdoption()
    {
        var wait = new TaskCompletionSource();
        lock (_gate)
        {
            _adoptionWaits.Add(wait);
        }

        return wait.Task;
    }

    private void EndAdoptionWaits()
    {
        List<TaskCompletionSource> waits;
        lock (_gate)
        {
            waits = [.. _adoptionWaits];
            _adoptionWaits.Clear();
        }

        waits.ForEach(wait => wait.TrySetResult());
    }

    private static bool IsMember(ClusterRecord cluster, NodeIdentity self) =>
        cluster.Members.Any(member => member.Node.Incarnation == self.Incarnation);

    /// <summary>Removes the dead; a run that is over removes nobody.</summary>
    private static ClusterRecord Remove(IReadOnlyList<MemberPulse> dead, ClusterRecord cluster, NodeIdentity self) =>
        IsMember(cluster, self)
            ? dead.Where(one => IsStill(cluster, one))
                .Aggregate(cluster, (before, one) => before.Leave(new NodeIdentity(one.Name, one.Incarnation, "")))
            : cluster;

    // What was judged may be long ago: whoever has given a sign of life since then has a lease again, and is left in peace.
    private static bool IsStill(ClusterRecord cluster, MemberPulse dead) =>
        cluster.Members.Any(member => member.Node.Incarnation == dead.Incarnation && member.Counter == dead.Counter);

    /// <summary>What this node knows that must change. Pure, and does nothing for a run that is over.</summary>
    private sealed record Work(
        NodeIdentity Self, IReadOnlyList<MemberPulse> Dead, MemberStanding Standing, bool MustMark, IReadOnlySet<int> Emptied)
    {
        /// <summary>Whether the store must change, whatever is read.</summary>
        public bool IsCertain => Dead.Count > 0 || Emptied.Count > 0 || MustMark;

        public ClusterRecord Change(ClusterRecord cluster)
        {
            if (!IsMember(cluster, Self))
            {
                return cluster;
            }

            var after = Remove(Dead, cluster, Self);

            // From whom should a node be cut off that is alone?
            var others = after.Members.Any(
                m => m.Node.Incarnation != Self.Incarnation && m.Standing == MemberStanding.Active && m.Node.Address.Length > 0);
            var standing = Standing == MemberStanding.CutOff && !others ? MemberStanding.Active : Standing;
            return after.Mark(Self.Name, standing).Assign().HandOver(Self.Name, Emptied);
        }
    }
}
