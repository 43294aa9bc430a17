namespace AkkaParty.Simulation.Kernel;

/// <summary>
/// One thread, one clock, one order: what is ready runs in an order that the seed decides, and the clock moves only when
/// nothing is ready.
/// </summary>
internal sealed class SimWorld
{
    // Far more than any sound run needs between two instants.
    private const int StepsPerInstantMax = 200_000;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly PriorityQueue<SimWork, (long At, long Order)> _later = new();
    private readonly List<SimWork> _ready = [];
    private readonly SimProcess _outside;
    private long _order;

    public SimWorld(ulong seed, bool keepLines)
    {
        Random = new SimRandom(seed);
        Scheduling = Random.Fork("scheduling");
        Trace = new Trace(keepLines);
        _outside = new SimProcess(this, "world");
    }

    /// <summary>The root of all random streams: fork it.</summary>
    public SimRandom Random { get; }

    public Trace Trace { get; }

    /// <summary>Ticks of 100 ns since the world began.</summary>
    public long Now { get; private set; }

    public TimeSpan Elapsed => new(Now);

    /// <summary>What went wrong, in order; empty in a sound run.</summary>
    public List<string> Violations { get; } = [];

    private SimRandom Scheduling { get; }

    /// <summary>Notes that something which must hold does not.</summary>
    public void Violate(string what)
    {
        Trace.Note(Now, "VIOLATED", "world", text: what);
        Violations.Add($"at {Elapsed.TotalSeconds:0.000} s: {what}");
    }

    public void Note(string what, string who, long first = 0, long second = 0, string text = "") =>
        Trace.Note(Now, what, who, first, second, text);

    public void Say(
        string who, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] ref TraceText text) =>
        Trace.Say(Now, who, ref text);

    /// <summary>Runs something of the world's own after a while.</summary>
    public void After(TimeSpan delay, Action action) => After(delay, null, static action => ((Action)action!)(), action);

    /// <summary>Runs something after a while, of a process (if it still lives then) or of the world.</summary>
    public void After(TimeSpan delay, SimProcess? process, SendOrPostCallback callback, object? state)
    {
        CheckThread();
        _later.Enqueue(new SimWork(process, callback, state), (Now + Math.Max(0, delay.Ticks), ++_order));
    }

    /// <summary>Runs something at this instant, in an order that the seed decides.</summary>
    public void Ready(SimWork work)
    {
        CheckThread();
        if (work.Process is { StallChance: > 0 } process && Scheduling.Chance(process.StallChance))
        {
            After(Scheduling.Milliseconds(0.05, 30), process, work.Callback, work.State);
            return;
        }

        _ready.Add(work);
    }

    /// <summary>Runs everything up to an instant, or until a violation.</summary>
    public void RunUntil(TimeSpan until)
    {
        var before = SynchronizationContext.Current;
        try
        {
            var steps = 0;
            while (Violations.Count == 0)
            {
                if (_ready.Count > 0)
                {
                    RunOneReady();
                    if (++steps > StepsPerInstantMax)
                    {
                        Violate($"more than {StepsPerInstantMax} steps in one instant: something schedules itself for ever");
                    }

                    continue;
                }

                if (!_later.TryPeek(out _, out var next) || next.At > until.Ticks)
                {
                    Now = Math.Max(Now, until.Ticks);
                    return;
                }

                steps = Now == next.At ? steps : 0;
                Now = next.At;
                Run(_later.Dequeue());
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void RunOneReady()
    {
        var index = Scheduling.Below(_ready.Count);
        var work = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        Run(work);
    }

    private void Run(SimWork work)
    {
        switch (work.Process?.State)
        {
            case ProcessState.Dead:
                return;
            case ProcessState.Paused:
                work.Process.Hold(work);
                return;
        }

        SynchronizationContext.SetSynchronizationContext(work.Process ?? _outside);
        if (work.Process is { } process)
        {
            Trace.Note(Now, "run", process.Name);
        }

        try
        {
            work.Callback(work.State);
        }
        catch (Exception error)
        {
            Violate($"{work.Process?.Name ?? "world"}: an exception nobody caught: {error}");
        }
    }

    private void CheckThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("Work has left the simulation's thread.");
        }
    }
}
