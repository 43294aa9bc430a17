using System.Buffers;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Simulation.Checkers;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;
using AkkaParty.Simulation.Stores;

namespace AkkaParty.Simulation.Workloads;

/// <summary>Clients and followers of one kind of entity, and the checks that hold of every kind.</summary>
internal abstract class EntityWorkload<TState, TCommand, TEvent>(
    SimCluster cluster, EntityDefinition<TState, TCommand, TEvent> definition, Func<NodeRun, IShardRegion> region) : IWorkload
    where TState : class
    where TCommand : class
    where TEvent : class
{
    /// <summary>
    /// How long after the faults something is due that must be on time: far enough for everybody to have left memory, and for all that was
    /// broken to be well.
    /// </summary>
    protected static readonly TimeSpan LastDueIn = TimeSpan.FromSeconds(16);

    /// <summary>By how much it may be late then.</summary>
    protected static readonly TimeSpan LateMax = TimeSpan.FromSeconds(3);

    // By how much the clocks of a world may be apart, and how long a deadline may take on top.
    private static readonly TimeSpan DeadlineGrace = TimeSpan.FromSeconds(8);

    private readonly List<EntityHistory<TState, TCommand, TEvent>> _histories = [];
    private readonly List<Follower> _followers = [];
    private readonly List<LastQuestion> _probes = [];

    protected SimCluster Cluster => cluster;

    protected SimRandom Random { get; } = cluster.World.Random.Fork(definition.Kind);

    protected bool IsOver { get; private set; }

    protected IReadOnlyList<EntityHistory<TState, TCommand, TEvent>> Histories => _histories;

    protected IReadOnlyList<Follower> Followers => _followers;

    /// <summary>The question that is asked of every entity at the end.</summary>
    protected abstract object ProbeQuery { get; }

    /// <summary>A command that changes nothing, and so is confirmed against the head.</summary>
    protected abstract TCommand TouchCommand { get; }

    public abstract void Start();

    public void Touch()
    {
        var session = NewSession($"{definition.Kind}-touch");
        foreach (var history in _histories)
        {
            session.Command(history.Address, TouchCommand, withId: false);
        }
    }

    public virtual void Stop() => IsOver = true;

    public virtual IEnumerable<string> Unsettled()
    {
        foreach (var history in _histories)
        {
            history.Read(cluster.Store.Journal);
            if (definition.Deadline(history.Last) is { } due && due < cluster.ClusterNow - DeadlineGrace)
            {
                yield return
                    $"{history.Address}: the deadline {due:HH:mm:ss.fff} has not fired, and it is {cluster.ClusterNow:HH:mm:ss.fff}";
            }

            var followers = _followers.FindAll(follower => follower.Address == history.Address);
            var feeds = new FeedChecker<TState, TCommand, TEvent>(history, cluster.World.Violate);
            foreach (var lack in followers.Select(feeds.Lacks).OfType<string>())
            {
                yield return lack;
            }

            var connected = followers.Where(follower => follower.IsConnected && follower.Member is not null)
                .Select(follower => follower.Member!).ToHashSet();
            if (!connected.SetEquals(definition.ConnectedMembers(history.Last)))
            {
                var believed = definition.ConnectedMembers(history.Last).Order(StringComparer.Ordinal);
                yield return $"{history.Address}: connected are [{string.Join(' ', connected.Order(StringComparer.Ordinal))}], "
                    + $"the state says [{string.Join(' ', believed)}]";
            }
        }

        foreach (var probe in _probes.Where(probe => !probe.IsAnswered))
        {
            yield return $"{probe.Address}: {probe.Run.Process.Name} has not answered the last question";
        }
    }

    public void Probe()
    {
        foreach (var history in _histories)
        {
            foreach (var run in cluster.Nodes.Select(node => node.Run).OfType<NodeRun>())
            {
                var probe = new LastQuestion(history.Address, run);
                _probes.Add(probe);
                Ask(probe, history);
            }
        }
    }

    public virtual void Check()
    {
        foreach (var history in _histories)
        {
            history.Read(cluster.Store.Journal);
            new CommandChecker<TState, TCommand, TEvent>(definition, history, cluster.World.Violate).Check(
                cluster.Ledger.Commands.Where(command => command.Address == history.Address), readsAreFresh: !cluster.LocksWereLost);
            var feeds = new FeedChecker<TState, TCommand, TEvent>(history, cluster.World.Violate);
            _followers.FindAll(follower => follower.Address == history.Address).ForEach(feeds.Check);
            CheckSnapshot(history);
        }
    }

    protected EntityAddress Add(string id)
    {
        var history = new EntityHistory<TState, TCommand, TEvent>(definition, id);
        _histories.Add(history);
        return history.Address;
    }

    public Follower Follow(EntityAddress address, string audience, string? member, long? since, string? credential = null)
    {
        var random = Random.Fork($"{address}/{_followers.Count}");
        var follower = new Follower(cluster, address, new Audience(audience), member, since, region, random) { Credential = credential };
        _followers.Add(follower);
        follower.Connect();
        return follower;
    }

    public ClientSession NewSession(string name, SimRandom? random = null, TimeSpan? latencyToHome = null) =>
        new(cluster, Runtime.StableHash.SessionOf(name), region, random ?? Random.Fork(name)) { LatencyToHome = latencyToHome };

    /// <summary>What was stored of the live state is what the events lead to.</summary>
    private void CheckSnapshot(EntityHistory<TState, TCommand, TEvent> history)
    {
        if (definition.StateCodec is { } codec
            && SimRead.Done(cluster.Store.Snapshots.FindAsync(history.Address, CancellationToken.None)) is { } snapshot)
        {
            var replayed = new ArrayBufferWriter<byte>();
            codec.Encode(history.StateAt(snapshot.Seq), replayed);
            if (!snapshot.Payload.Span.EndsWith(replayed.WrittenSpan))
            {
                cluster.World.Violate($"{history.Address}: the snapshot at {snapshot.Seq} is not the state that the events lead to");
            }
        }
    }

    private void Ask(LastQuestion probe, EntityHistory<TState, TCommand, TEvent> history)
    {
        var wanted = history.Head;
        probe.Run.Ask(region(probe.Run), probe.Address.Id, ProbeQuery, null, isQuery: true, wanted, result =>
        {
            if (result is { Outcome: AskOutcome.Replied or AskOutcome.Rejected } answer)
            {
                probe.IsAnswered = true;
                var command = new CommandRecord(probe.Address, ProbeQuery, null, isQuery: true)
                {
                    SeqMin = wanted,
                    FloorAtLast = wanted,
                    Attempts = 1,
                };
                cluster.Ledger.Commands.Add(command);
                cluster.Ledger.Settle(command, answer);
                return;
            }

            cluster.World.After(TimeSpan.FromMilliseconds(300), () => Ask(probe, history));
        });
    }

    private sealed class LastQuestion(EntityAddress address, NodeRun run)
    {
        public EntityAddress Address => address;

        public NodeRun Run => run;

        public bool IsAnswered { get; set; }
    }
}
