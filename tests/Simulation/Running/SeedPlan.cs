using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;

namespace AkkaParty.Simulation.Running;

/// <summary>What a seed decides before anything happens: how large the world is, its limits, and what goes wrong in it.</summary>
internal sealed class SeedPlan
{
    private readonly SimRandom _random;
    private readonly int _mailboxMax;
    private readonly int _turnMessagesMax;
    private readonly TimeSpan _wakeupScan;

    public SeedPlan(ulong seed, int? nodes = null)
    {
        Seed = seed;
        _random = new SimRandom(seed).Fork("plan");
        Nodes = _random.Pick([1, 3, 3, 3, 4, 5, 7]);
        Nodes = nodes ?? Nodes;
        _mailboxMax = _random.Pick([1_024, 1_024, 8]);
        _turnMessagesMax = _random.Pick([256, 256, 3, 1]);
        _wakeupScan = TimeSpan.FromSeconds(_random.Between(1, 4));
        StallChance = _random.Pick([0, 0, 0.001, 0.01]);
        Chaos = TimeSpan.FromSeconds(_random.Between(6, 20));
        Rates = FaultRates.Choose(_random);
        Counter = new CounterEntity
        {
            Snapshots = new SnapshotPolicy(_random.Pick([0, 3, 10])),
            Idle = TimeSpan.FromSeconds(_random.Pick([1, 3, 120])),
            StateView = _random.Chance(0.3),
        };
        Kinds = Choose();
        Clients = _random.Between(2, 5);
        Counters = _random.Between(2, 5);
        Followers = _random.Between(2, 6);
        PartyPeople = _random.Chance(0.6) ? _random.Between(2, 4) : 0;
        FaultEvery = TimeSpan.FromMilliseconds(_random.Pick([300, 1_000, 3_000]));
        HandsTimeOn = Nodes >= 3 && _random.Chance(0.15);
        WatchPeople = _random.Chance(0.5) ? _random.Between(3, 6) : 0;
        WatchSnapshots = new SnapshotPolicy(_random.Pick([4, 30, 500]));
    }

    public ulong Seed { get; }

    public int Nodes { get; }

    /// <summary>One node over a store of its own, as without a cluster.</summary>
    public bool IsAlone => Nodes == 1;

    public double StallChance { get; }

    /// <summary>How long things go wrong.</summary>
    public TimeSpan Chaos { get; }

    public FaultRates Rates { get; }

    public CounterEntity Counter { get; }

    /// <summary>The large faults of this world.</summary>
    public IReadOnlyList<FaultKind> Kinds { get; }

    public TimeSpan FaultEvery { get; }

    /// <summary>Whether at the end all are lost who knew the time but one.</summary>
    public bool HandsTimeOn { get; }

    public int Clients { get; }

    public int Counters { get; }

    public int Followers { get; }

    public int PartyPeople { get; }

    /// <summary>How many people watch something together; 0 for a world without watch parties.</summary>
    public int WatchPeople { get; }

    public SnapshotPolicy WatchSnapshots { get; }

    public TimeSpan Lease { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Longer than a node may take for any answer.</summary>
    public TimeSpan ClientPatience { get; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest that everything may take to be well again after the last fault.</summary>
    public TimeSpan ConvergesWithin { get; } = TimeSpan.FromSeconds(90);

    public RuntimeOptions Limits(string node) => new()
    {
        NodeName = node,
        MailboxMax = _mailboxMax,
        TurnMessagesMax = _turnMessagesMax,
        AskTimeout = TimeSpan.FromSeconds(5),
        RecoveryBackOff = TimeSpan.FromMilliseconds(200),
        WakeupScanInterval = _wakeupScan,

        // Few follow an entity here: from two on it pauses.
        PausePerSubscriber = TimeSpan.FromMilliseconds(1),
        LeaseDuration = Lease,
    };

    /// <summary>How fast a machine's clock runs, in parts per million of the true time: within 1 %.</summary>
    public static long Drift(SimRandom random) => random.Between(-10_000, 10_000);

    private List<FaultKind> Choose() =>
        [.. Enum.GetValues<FaultKind>().Where(kind => !IsAlone || kind.IsForOneNode()).Where(_ => _random.Chance(0.4))];
}
