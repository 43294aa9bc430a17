using AkkaParty.Runtime.Journal;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;

namespace AkkaParty.Simulation.Stores;

/// <summary>How a call to the store ended, as its caller sees it.</summary>
internal enum CallEnd
{
    Answered,

    /// <summary>No connection could be made: certainly nothing happened.</summary>
    NotReached,

    /// <summary>The connection broke or the answer took too long: it may have happened, or happen yet.</summary>
    Lost,
}

/// <summary>One node run's way to the store.</summary>
internal sealed class StoreLine(SimProcess process)
{
    public SimProcess Process { get; } = process;

    public bool IsCut { get; set; }

    /// <summary>Called once, when the next of its calls has been carried out and its answer is on the way.</summary>
    public Action? Executed { get; set; }
}

/// <summary>
/// The database that all nodes share: it keeps what was committed whatever happens, and everything else about it can fail.
/// A call travels there, is carried out in one instant, and its answer travels back; each of the three can go wrong.
/// </summary>
internal sealed class SimStore(SimWorld world, Coverage coverage)
{
    private readonly SimRandom _random = world.Random.Fork("store");
    private TimeSpan _stalledUntil;

    public SimWorld World => world;

    public Coverage Coverage => coverage;

    public FaultRates Rates { get; set; } = FaultRates.None;

    public InMemoryJournal Journal { get; } = new();

    public InMemorySnapshotStore Snapshots { get; } = new();

    public SimClusterTable Cluster { get; } = new(world);

    public SimRandom Random => _random;

    public bool IsUp { get; private set; } = true;

    /// <summary>How often it has started: connections of an earlier start are gone.</summary>
    public int Starts { get; private set; } = 1;

    public void Crash()
    {
        if (IsUp)
        {
            IsUp = false;
            coverage.Add(Seen.StoreCrash);
            world.Note("store-crashes", "store");
        }
    }

    public void Restart()
    {
        if (!IsUp)
        {
            IsUp = true;
            Starts++;
            Cluster.ForgetSessions(Starts);
            world.Note("store-starts", "store", Starts);
        }
    }

    public void Stall(TimeSpan time)
    {
        coverage.Add(Seen.StoreStall);
        world.Note("store-stalls", "store", time.Ticks);
        _stalledUntil = world.Elapsed + time;
    }

    public void EndStall() => _stalledUntil = TimeSpan.Zero;

    /// <summary>Begins a call; <paramref name="ended"/> is called once, as work of the world's.</summary>
    /// <param name="line">Whose call.</param>
    /// <param name="timeout">After this its caller takes it for lost.</param>
    /// <param name="execute">What it does in the store, if it gets there.</param>
    /// <param name="ended">How it ended.</param>
    public void Call(StoreLine line, TimeSpan timeout, Action execute, Action<CallEnd> ended)
    {
        var call = new StoreCall(execute, ended);
        if (!line.IsCut && (!IsUp || _random.Chance(Rates.NotReached)))
        {
            world.After(_random.Milliseconds(0.1, 3), () => call.End(CallEnd.NotReached));
            return;
        }

        world.After(timeout, () => call.End(CallEnd.Lost));
        if (line.IsCut)
        {
            return;
        }

        if (_random.Chance(Rates.LostBefore))
        {
            world.After(_random.Milliseconds(0.1, 50), () => call.End(CallEnd.Lost));
            return;
        }

        var travels = Latency();
        if (_random.Chance(Rates.Late))
        {
            // The connection breaks first, and what was sent over it is carried out afterwards.
            coverage.Add(Seen.CommitLate);
            world.After(travels, () => call.End(CallEnd.Lost));
            travels += _random.Milliseconds(0, 800);
        }

        var start = Starts;
        world.After(travels, () => Arrive(line, call, start));
    }

    private void Arrive(StoreLine line, StoreCall call, int start)
    {
        if (!IsUp || start != Starts)
        {
            call.End(CallEnd.Lost);
            return;
        }

        if (_stalledUntil > world.Elapsed)
        {
            world.After(_stalledUntil - world.Elapsed + _random.Milliseconds(0, 5), () => Arrive(line, call, start));
            return;
        }

        call.Execute();
        var executed = line.Executed;
        line.Executed = null;
        executed?.Invoke();
        var isLost = _random.Chance(Rates.AnswerLost);
        world.After(Latency(), () =>
            call.End(isLost || line.IsCut || !IsUp || start != Starts ? CallEnd.Lost : CallEnd.Answered));
    }

    private TimeSpan Latency() => _random.Chance(Rates.Slow) ? _random.Milliseconds(5, 400) : _random.Milliseconds(0.1, 1.5);

    private sealed class StoreCall(Action execute, Action<CallEnd> ended)
    {
        private bool _hasEnded;

        public void Execute() => execute();

        public void End(CallEnd end)
        {
            if (!_hasEnded)
            {
                _hasEnded = true;
                ended(end);
            }
        }
    }
}
