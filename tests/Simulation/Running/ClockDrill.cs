using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;

namespace AkkaParty.Simulation.Running;

/// <summary>
/// The cluster's time is handed on to one node and known to nobody else, while the store's clock shows another: an older member that has
/// never heard it waits for the one that knows, though that one is silent for a while. The clocks are looked at all the while.
/// </summary>
internal sealed class ClockDrill(SimCluster cluster)
{
    // A connection that ends is heard of with the next heartbeat, and a second one may be needed for who died a little later.
    private static readonly TimeSpan GoneMax = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan JoinMax = TimeSpan.FromSeconds(1);

    // Three heartbeats tell the time for certain.
    private static readonly TimeSpan HeirMax = TimeSpan.FromSeconds(2);

    private readonly SimRandom _random = cluster.World.Random.Fork("clock-drill");

    private SimWorld World => cluster.World;

    public void Run()
    {
        List<SimNode> nodes = [.. cluster.Nodes];
        var slow = Take(nodes);
        var heir = Take(nodes);
        cluster.Coverage.Add(Seen.TimeHandedOn);
        cluster.Store.Cluster.WrongBy += TimeSpan.FromSeconds(_random.Pick([-3_600, -60, -3, 3, 60, 3_600]));
        cluster.StoreClockJumped = true;
        Lose(slow, heir);

        // It joins first, and loses its processor before it has heard the time from anybody.
        cluster.Start(slow);
        World.Within(JoinMax, $"{slow.Name} started", () => IsListed(slow) ? [] : ["it is no member"]);
        slow.Run!.Process.Pause();
        cluster.Start(heir);
        World.Within(
            HeirMax, $"{heir.Name} started", () => heir.Run!.Runtime.Status.Identity is null ? ["it does not know the time"] : []);
        Lose([.. nodes]);

        // The only one who knows the time is not heard, and its lease is good.
        heir.IsCutOffStore = true;
        slow.Run!.Process.Resume();
        World.RunUntil(World.Elapsed + _random.Milliseconds(600, 1_200));
        heir.IsCutOffStore = false;
        nodes.ForEach(cluster.Start);
    }

    private SimNode Take(List<SimNode> nodes)
    {
        var taken = _random.Pick(nodes);
        nodes.Remove(taken);
        return taken;
    }

    private void Lose(params SimNode[] nodes)
    {
        Array.ForEach(nodes, node => cluster.Crash(node, isMachine: false));
        World.Within(
            GoneMax, "they died",
            () => nodes.Where(IsListed).Select(node => $"{node.Name} is a member"));
    }

    private bool IsListed(SimNode node) => cluster.Store.Cluster.Record.Members.Any(member => member.Node.Name == node.Name);
}
