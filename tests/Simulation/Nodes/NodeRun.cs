using AkkaParty.Actors.Parties;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Network;
using AkkaParty.Simulation.Stores;

namespace AkkaParty.Simulation.Nodes;

/// <summary>One run of one node: the real runtime in a process of its own.</summary>
internal sealed class NodeRun
{
    private readonly SimCluster _cluster;
    // How often a turn loses its processor where it can, when there is something that another thread might do.
    private const double Interruptions = 0.2;

    private readonly List<ClientCall> _open = [];
    private readonly List<Action> _arriving = [];
    private readonly SimRandom _random;
    private bool _isInterrupted;

    public NodeRun(SimCluster cluster, SimNode node, int number)
    {
        _cluster = cluster;
        Name = node.Name;
        _random = cluster.World.Random.Fork($"{node.Name}.{number}");
        Process = new SimProcess(cluster.World, $"{node.Name}.{number}") { StallChance = cluster.Plan.StallChance };
        Time = new SimTime(cluster.World, Process, node.DriftPartsPerMillion, node.WrongBy);
        Line = new StoreLine(Process) { IsCut = node.IsCutOffStore };
        Transport = cluster.Network.Open(Process, node.Name);
        var isAlone = cluster.Plan.IsAlone;
        Runtime = new NodeRuntime(
            cluster.Plan.Limits(node.Name),
            new RuntimeSurroundings(
                new SimJournal(cluster.Store, Line, Process.Name),
                new SimSnapshotStore(cluster.Store, Line),
                isAlone ? new InMemoryLeaseStore(Time) { IsExclusive = true } : new SimLeaseStore(cluster.Store, Line, Process.Name),
                isAlone ? new NoPeersTransport() : Transport,
                Time,
                new SimDispatcher(Process)),
            new SimLog(cluster.World, Process.Name));
        Runtime.Events.Happened += happened => RunEvents.Note(cluster, this, happened);
        Counters = Runtime.Register(
            new InterruptedEntity<CounterState, CounterCommand, CounterEvent>(cluster.Plan.Counter, Interrupt));
        Parties = Runtime.Register(new InterruptedEntity<PartyState, PartyCommand, PartyEvent>(new PartyEntity(), Interrupt));
        WatchParties = Runtime.Register(
            new InterruptedEntity<WatchState, WatchCommand, WatchEvent>(new WatchEntity(), Interrupt, cluster.Plan.WatchSnapshots));
    }

    public string Name { get; }

    public SimProcess Process { get; }

    public SimTime Time { get; }

    public StoreLine Line { get; }

    public SimTransport Transport { get; }

    public NodeRuntime Runtime { get; }

    public IShardRegion Counters { get; }

    public IShardRegion Parties { get; }

    public IShardRegion WatchParties { get; }

    /// <summary>Called when the run is gone or given up, for those who were connected to it.</summary>
    public event Action? Gone;

    /// <summary>The oldest request that has no answer yet.</summary>
    public TimeSpan? OldestOpen => _open.Count == 0 ? null : _open.Min(call => call.SentAt);

    public void Start() => Process.Post(() => _ = StartAsync());

    public void Ask(
        IShardRegion region, string id, object message, CommandId? command, bool isQuery, long seqMin, Action<AskResult?> ended,
        TimeSpan? latency = null)
    {
        var call = new ClientCall(_cluster.World.Elapsed, ended);
        if (Process.IsDead)
        {
            _cluster.World.After(_cluster.ClientLatency(), () => call.End(null));
            return;
        }

        _open.Add(call);
        _cluster.World.After(_cluster.Plan.ClientPatience, () => call.End(null));
        _arriving.Add(Arrive);
        _cluster.World.After(latency ?? _cluster.ClientLatency(), Process, _ => Arrive(), null);

        void Arrive()
        {
            if (_arriving.Remove(Arrive))
            {
                AnswerAsync(call, () => isQuery ? region.QueryAsync(id, message, seqMin) : region.AskAsync(id, message, command));
            }
        }
    }

    /// <summary>Does something in the node's process, if it still lives then.</summary>
    public void Do(Action action) => _cluster.World.After(_cluster.ClientLatency(), Process, static a => ((Action)a!)(), action);

    /// <summary>Stops in good order.</summary>
    public void Stop(Action stopped)
    {
        Process.Post(() => _ = StopAsync());

        async Task StopAsync()
        {
            try
            {
                await Runtime.StopAsync(TimeSpan.FromSeconds(5));
            }
            catch (JournalUnavailableException)
            {
                // The others find out by themselves.
                _cluster.World.Note("left-unseen", Process.Name);
            }

            _cluster.World.After(TimeSpan.Zero, stopped);
        }
    }

    /// <summary>Everything of it stops here; its connections break a little later.</summary>
    public void Kill(TimeSpan noticedAfter)
    {
        Process.Kill();
        _cluster.World.After(noticedAfter, () =>
        {
            Transport.Abandon();
            foreach (var call in _open.ToList())
            {
                call.End(null);
            }

            _open.Clear();
            Gone?.Invoke();
        });
    }

    /// <summary>Whoever is connected gives it up, as those do whom a node does not answer; it hears of that when it runs again.</summary>
    public void HangUp() => Gone?.Invoke();

    /// <summary>Gives back what a dead process leaves in this one.</summary>
    public void Dispose() => _ = Runtime.DisposeAsync().AsTask();

    /// <summary>A thread of the node's has lost its processor: what is on its way to the node arrives on another one.</summary>
    private void Interrupt()
    {
        if (!_isInterrupted && _arriving.Count > 0 && _random.Chance(Interruptions))
        {
            _cluster.Coverage.Add(Seen.TurnInterrupted);
            _isInterrupted = true;
            _random.Pick(_arriving)();
            _isInterrupted = false;
        }
    }

    private async void AnswerAsync(ClientCall call, Func<ValueTask<AskResult>> ask)
    {
        var result = await ask();
        _open.Remove(call);
        _cluster.World.After(_cluster.ClientLatency(), () => call.End(result));
    }

    private async Task StartAsync()
    {
        try
        {
            await Runtime.StartAsync(CancellationToken.None);
            _cluster.World.Note("serves", Process.Name);
        }
        catch (OperationCanceledException)
        {
            // Stopped while it was starting; whoever stops it ends its process.
            _cluster.World.Note("start-cancelled", Process.Name);
        }
        catch (Exception error) when (error is JournalUnavailableException or MembershipException)
        {
            // As an init system does with a server that could not start.
            _cluster.World.Note("start-failed", Process.Name, text: error.GetType().Name);
            _cluster.RestartLater(this);
        }
        catch (Exception error)
        {
            _cluster.World.Violate($"{Process.Name} could not start: {error}");
        }
    }
}
