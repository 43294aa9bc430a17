using AkkaParty.Chaos.Machines;

namespace AkkaParty.Chaos.Faults;

/// <summary>Every fault there is.</summary>
internal static class AllFaults
{
    /// <summary>PostgreSQL is killed and stays away for this long.</summary>
    public static readonly TimeSpan LongOutage = TimeSpan.FromSeconds(20);

    /// <summary>A node dies; it comes back after the others serve everybody.</summary>
    public static readonly Fault KillNode = new("kill -9 of a node", async scene =>
    {
        await scene.Node.Kill9Async();
        await scene.ServedAsync();
        scene.Node.Start();
    });

    /// <summary>A node dies and comes back at once, perhaps before the others or the database noticed.</summary>
    public static readonly Fault KillAndRestartNode = new("kill -9 of a node, back at once", async scene =>
    {
        await scene.Node.Kill9Async();
        scene.Node.Start();
    });

    /// <summary>A node stands still for longer than its lease, and wakes up believing that it owns what others have taken.</summary>
    public static readonly Fault PauseNode = new("a node frozen past its lease", async scene =>
    {
        await scene.Node.Process.SignalAsync("STOP");
        await Pace.PassAsync(scene.PastLease);
        await scene.Node.Process.SignalAsync("CONT");
    });

    /// <summary>A node and the others do not reach each other, all reach the database.</summary>
    public static readonly Fault CutFromPeers = OfCut("a node cut off from its peers", Cut.Peers);

    /// <summary>A node does not reach the database.</summary>
    public static readonly Fault CutFromDatabase = OfCut("a node cut off from PostgreSQL", Cut.Database);

    /// <summary>A node reaches its clients only.</summary>
    public static readonly Fault CutFromBoth = OfCut("a node cut off from both", Cut.Peers | Cut.Database);

    /// <summary>A node hears nothing from its peers, but they hear it.</summary>
    public static readonly Fault DeafToPeers = OfCut("a node deaf to its peers", Cut.Peers | Cut.OneWay);

    /// <summary>A node hears nothing from the database, which hears it.</summary>
    public static readonly Fault DeafToDatabase = OfCut("a node deaf to PostgreSQL", Cut.Database | Cut.OneWay);

    /// <summary>PostgreSQL is restarted in order.</summary>
    public static readonly Fault RestartDatabase = new("PostgreSQL restarted", async scene =>
    {
        await scene.Cluster.Database.StopAsync();
        await scene.Cluster.Database.StartAsync();
    });

    /// <summary>PostgreSQL dies and is away for long.</summary>
    public static readonly Fault KillDatabase = OfDatabaseDeath("PostgreSQL killed for 20 s", LongOutage);

    /// <summary>PostgreSQL dies and is away for a moment.</summary>
    public static readonly Fault KillDatabaseShortly = OfDatabaseDeath("PostgreSQL killed for 3 s", TimeSpan.FromSeconds(3));

    /// <summary>Every node is restarted in order, one after the other, as for an upgrade.</summary>
    public static readonly Fault RollNodes = new("all nodes rolled", async scene =>
    {
        foreach (var node in scene.Cluster.Running.ToList())
        {
            await node.TerminateAsync();
            node.Start();
            await node.ReadyAsync();
        }
    });

    /// <summary>A node is taken out of service in order, and comes back later.</summary>
    public static readonly Fault DrainNode = new("a node drained", async scene =>
    {
        await scene.Node.TerminateAsync();
        await scene.ServedAsync();
        scene.Node.Start();
    });

    /// <summary>A node more, and then one fewer.</summary>
    public static readonly Fault AddAndRemoveNode = new("a node added, another removed", async scene =>
    {
        var added = scene.Cluster.Nodes.First(node => !node.Running);
        added.Start();
        await scene.Cluster.WholeAsync();
        await scene.Node.TerminateAsync();
    });

    /// <summary>Everything, as the long run draws from it.</summary>
    public static IReadOnlyList<Fault> List { get; } =
    [
        KillNode, KillAndRestartNode, PauseNode, CutFromPeers, CutFromDatabase, CutFromBoth, DeafToPeers, DeafToDatabase,
        RestartDatabase, KillDatabase, KillDatabaseShortly, RollNodes, DrainNode, AddAndRemoveNode,
    ];

    private static Fault OfCut(string name, Cut cut) => new(
        name,
        async scene =>
        {
            await scene.Cluster.CutAsync(scene.Node, cut);
            await Pace.PassAsync(scene.PastLease);
            await scene.Cluster.HealAsync(scene.Node);
        },
        NeedsNetworks: true);

    private static Fault OfDatabaseDeath(string name, TimeSpan away) => new(name, async scene =>
    {
        await scene.Cluster.Database.Kill9Async();
        await Pace.PassAsync(away);
        await scene.Cluster.Database.StartAsync();
    });
}
