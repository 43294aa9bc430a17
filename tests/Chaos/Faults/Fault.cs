using AkkaParty.Chaos.Machines;

namespace AkkaParty.Chaos.Faults;

/// <summary>What a fault may touch.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Node">A running node, chosen at random.</param>
/// <param name="ServedAsync">Waits until everybody was served after now, while the fault lasts.</param>
internal sealed record FaultScene(Cluster Cluster, ClusterNode Node, Func<Task> ServedAsync)
{
    /// <summary>A moment longer than the lease.</summary>
    public TimeSpan PastLease => TimeSpan.FromSeconds(Cluster.Plan.LeaseSeconds + 1);
}

/// <summary>Something that happens to real clusters.</summary>
/// <param name="Name">What.</param>
/// <param name="InjectAsync">Does it, and undoes it where it can be undone; the cluster becomes whole by itself afterwards.</param>
/// <param name="NeedsNetworks">Whether each node must have a network of its own.</param>
internal sealed record Fault(string Name, Func<FaultScene, Task> InjectAsync, bool NeedsNetworks = false);
