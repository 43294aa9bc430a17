namespace AkkaParty.Simulation.Kernel;

internal enum ProcessState
{
    Running,

    /// <summary>Stopped in the middle of everything; it will go on as if no time had passed.</summary>
    Paused,

    /// <summary>Gone in the middle of everything; nothing of it ever runs again.</summary>
    Dead,
}

/// <summary>One run of one program: everything it does passes through here, so that it can be stopped or killed anywhere.</summary>
internal sealed class SimProcess : SynchronizationContext
{
    private readonly SimWorld _world;
    private readonly List<SimWork> _held = [];

    public SimProcess(SimWorld world, string name)
    {
        _world = world;
        Name = name;
    }

    public string Name { get; }

    public ProcessState State { get; private set; }

    /// <summary>Whether work goes to the clock instead of the ready list now and then, as threads lose their turn.</summary>
    public double StallChance { get; set; }

    public bool IsDead => State == ProcessState.Dead;

    public override void Post(SendOrPostCallback d, object? state) => _world.Ready(new SimWork(this, d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new InvalidOperationException("Nothing in the runtime waits for its own context.");

    public void Post(Action action) => Post(static action => ((Action)action!)(), action);

    public void Pause()
    {
        if (State == ProcessState.Running)
        {
            State = ProcessState.Paused;
        }
    }

    public void Resume()
    {
        if (State != ProcessState.Paused)
        {
            return;
        }

        State = ProcessState.Running;
        foreach (var work in _held)
        {
            _world.Ready(work);
        }

        _held.Clear();
    }

    public void Kill()
    {
        State = ProcessState.Dead;
        _held.Clear();
    }

    public void Hold(SimWork work) => _held.Add(work);
}

/// <summary>Something to be run, and whose it is; the world's own when it has no process.</summary>
internal readonly record struct SimWork(SimProcess? Process, SendOrPostCallback Callback, object? State);
