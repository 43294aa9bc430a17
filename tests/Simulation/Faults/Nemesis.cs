using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;

namespace AkkaParty.Simulation.Faults;

/// <summary>Does harm at random instants, and undoes each harm after a while; at the end it undoes everything.</summary>
internal sealed class Nemesis(SimCluster cluster)
{
    private readonly SimRandom _random = cluster.World.Random.Fork("nemesis");
    private bool _isOver;

    public void Start(TimeSpan after)
    {
        cluster.World.After(after, () =>
        {
            if (!_isOver)
            {
                cluster.Store.Rates = cluster.Plan.Rates;
                cluster.Network.Rates = cluster.Plan.Rates;
                Next();
            }
        });
    }

    /// <summary>Nothing goes wrong from here on.</summary>
    public void Stop()
    {
        _isOver = true;
        cluster.World.Note("faults-end", "nemesis");
        cluster.Store.Rates = FaultRates.None;
        cluster.Network.Rates = FaultRates.None;
        cluster.Store.EndStall();
        cluster.Store.Restart();
        cluster.Network.HealAll();
        foreach (var node in cluster.Nodes)
        {
            node.IsCutOffStore = false;
            if (node.Run is { } run)
            {
                run.Process.StallChance = 0;
                run.Process.Resume();
            }
            else
            {
                cluster.Start(node);
            }
        }
    }

    private void Next()
    {
        if (_isOver || cluster.Plan.Kinds.Count == 0)
        {
            return;
        }

        var kind = _random.Pick(cluster.Plan.Kinds);
        cluster.World.Note(kind.ToString(), "nemesis");
        Do(kind);
        cluster.World.After(_random.Between(cluster.Plan.FaultEvery / 3, cluster.Plan.FaultEvery * 2), Next);
    }

    private void Do(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.ProcessCrash:
                Crash(isMachine: false);
                break;
            case FaultKind.MachineCrash:
                Crash(isMachine: true);
                break;
            case FaultKind.Pause:
                Pause(_random.Milliseconds(5, 1_500));
                break;
            case FaultKind.LongPause:
                Pause(_random.Milliseconds(4_000, 12_000));
                break;
            case FaultKind.Drain:
                Drain();
                break;
            case FaultKind.PartitionBothWays:
                Partition(bothWays: true);
                break;
            case FaultKind.PartitionOneWay:
                Partition(bothWays: false);
                break;
            case FaultKind.LinkFlap:
                if (cluster.Network.Flap())
                {
                    cluster.Coverage.Add(Seen.LinkFlap);
                }

                break;
            case FaultKind.StoreStall:
                cluster.Store.Stall(_random.Milliseconds(50, 7_000));
                break;
            case FaultKind.StoreCrash:
                cluster.Store.Crash();
                Later(_random.Milliseconds(100, 6_000), cluster.Store.Restart);
                break;
            case FaultKind.StoreCutOff:
                CutOff(_random.Pick(cluster.Nodes), _random.Milliseconds(100, 9_000));
                break;
            case FaultKind.LockSessionLost:
                LoseLockSession();
                break;
            default:
                JumpClock();
                break;
        }
    }

    private void Crash(bool isMachine)
    {
        if (PickRun() is { } node)
        {
            cluster.Coverage.Add(isMachine ? Seen.MachineCrash : Seen.NodeCrash);
            cluster.Crash(node, isMachine);
            Later(_random.Milliseconds(50, 8_000), () => cluster.Start(node));
        }
    }

    private void Pause(TimeSpan time)
    {
        if (PickRun() is not { Run: { Process.State: ProcessState.Running } run })
        {
            return;
        }

        if (_random.Chance(0.5))
        {
            // The worst moment: the store has done what it was asked, and nobody is there to hear it.
            run.Line.Executed = () => Pause(run, time);
        }
        else
        {
            Pause(run, time);
        }
    }

    private void Pause(NodeRun run, TimeSpan time)
    {
        if (_isOver)
        {
            return;
        }

        run.Process.Pause();
        cluster.Network.LosePatienceWith(run.Transport);
        cluster.Coverage.Add(time > cluster.Plan.Lease ? Seen.PauseBeyondLease : Seen.NodePause);
        Later(time, run.Process.Resume);
    }

    private void Drain()
    {
        if (PickRun() is { Run.Process.State: ProcessState.Running } node)
        {
            cluster.Coverage.Add(Seen.NodeDrain);
            cluster.Stop(node, () => cluster.World.After(_random.Milliseconds(50, 4_000), () => cluster.Start(node)));
        }
    }

    private void Partition(bool bothWays)
    {
        var one = _random.Pick(cluster.Nodes).Name;
        var others = cluster.Nodes.Where(node => node.Name != one && _random.Chance(0.6)).Select(node => node.Name).ToList();
        if (others.Count == 0)
        {
            return;
        }

        cluster.Coverage.Add(bothWays ? Seen.PartitionBothWays : Seen.PartitionOneWay);
        foreach (var other in others)
        {
            cluster.Network.Cut(one, other);
            if (bothWays)
            {
                cluster.Network.Cut(other, one);
            }
        }

        Later(_random.Milliseconds(100, 6_000), () =>
        {
            foreach (var other in others)
            {
                cluster.Network.Heal(one, other);
                cluster.Network.Heal(other, one);
            }
        });
    }

    private void CutOff(SimNode node, TimeSpan time)
    {
        cluster.Coverage.Add(Seen.StoreCutOff);
        node.IsCutOffStore = true;
        Later(time, () => node.IsCutOffStore = false);
    }

    private void LoseLockSession()
    {
        if (cluster.Store.Cluster.Record.Members is { Count: > 0 } members)
        {
            cluster.Coverage.Add(Seen.LockSessionLost);
            var member = _random.Pick(members).Node;
            cluster.LoseLock(member);
            if (_random.Chance(0.5))
            {
                // The store has given the connection up because nothing comes over it.
                CutOff(cluster.Nodes.Single(node => node.Name == member.Name), _random.Milliseconds(50, 3_000));
            }
        }
    }

    private void JumpClock()
    {
        var by = TimeSpan.FromSeconds(_random.Pick([-3_600, -60, -2, 2, 60, 3_600]));
        cluster.Coverage.Add(Seen.ClockJump);
        if (_random.Chance(0.3))
        {
            cluster.Store.Cluster.WrongBy += by;
            cluster.StoreClockJumped = true;
            return;
        }

        var node = _random.Pick(cluster.Nodes);
        node.WrongBy += by;
        if (node.Run is { } run)
        {
            run.Time.WrongBy = node.WrongBy;
        }
    }

    private SimNode? PickRun()
    {
        List<SimNode> running = [.. cluster.Nodes.Where(node => node.Run is not null)];
        return running.Count == 0 ? null : _random.Pick(running);
    }

    private void Later(TimeSpan time, Action undo) => cluster.World.After(time, () =>
    {
        if (!_isOver)
        {
            undo();
        }
    });
}
