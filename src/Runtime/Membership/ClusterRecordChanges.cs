using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Membership;

/// <summary>What joining, beating and leaving do to a <see cref="ClusterRecord"/>; the same for every lease store.</summary>
public static class ClusterRecordChanges
{
    /// <summary>A cluster before its first member: every shard without a home.</summary>
    public static ClusterRecord Empty { get; } =
        new(1, [], [.. Enumerable.Range(0, ShardId.Count).Select(shard => new ShardHomeRecord(shard, null, null, 0))]);

    /// <summary>Adds a member, unless another one has its name; one that it replaces leaves first.</summary>
    /// <param name="cluster">The cluster before.</param>
    /// <param name="request">Who joins.</param>
    /// <param name="incarnation">The number of its run.</param>
    /// <returns>The cluster after, one version later; the same object when the name is taken.</returns>
    public static ClusterRecord Join(this ClusterRecord cluster, JoinRequest request, long incarnation)
    {
        var free = request.Replaces is { } dead ? cluster.Leave(new NodeIdentity(request.Name, dead, "")) : cluster;
        if (free.Members.Any(member => member.Node.Name == request.Name))
        {
            return cluster;
        }

        var node = new NodeIdentity(request.Name, incarnation, request.Address);
        var joined = new MemberRecord(node, 0, MemberStanding.Active, request.FeatureLevel);
        return free with
        {
            Version = cluster.Version + 1,
            Members = [.. free.Members.Append(joined).OrderBy(m => m.Node.Name, StringComparer.Ordinal)],
        };
    }

    /// <summary>Counts one heartbeat. The version stays: a heartbeat is not a change.</summary>
    /// <param name="cluster">The cluster before.</param>
    /// <param name="node">Whose heart beats.</param>
    /// <returns>The cluster after; the same object when this run is not a member.</returns>
    public static ClusterRecord Beat(this ClusterRecord cluster, NodeIdentity node) =>
        cluster.Members.Any(member => IsRun(member, node))
            ? cluster with { Members = [.. cluster.Members.Select(m => IsRun(m, node) ? m with { Counter = m.Counter + 1 } : m)] }
            : cluster;

    /// <summary>Removes a member; the shards it still owned are nobody's.</summary>
    /// <param name="cluster">The cluster before.</param>
    /// <param name="node">Who leaves.</param>
    /// <returns>The cluster after, one version later; the same object when this run is not a member.</returns>
    public static ClusterRecord Leave(this ClusterRecord cluster, NodeIdentity node) =>
        cluster.Members.Any(member => IsRun(member, node))
            ? cluster with
            {
                Version = cluster.Version + 1,
                Members = [.. cluster.Members.Where(member => !IsRun(member, node))],
                Homes = [.. cluster.Homes.Select(h => h.Owner == node.Name ? h with { Owner = null, Epoch = h.Epoch + 1 } : h)],
            }
            : cluster;

    /// <summary>Takes over what a change made, one version later.</summary>
    /// <param name="cluster">The cluster before.</param>
    /// <param name="change">The change.</param>
    /// <returns>The cluster after; the same object when the change returned what it got.</returns>
    public static ClusterRecord Apply(this ClusterRecord cluster, Func<ClusterRecord, ClusterRecord> change)
    {
        var changed = change(cluster);
        return ReferenceEquals(changed, cluster) ? cluster : changed with { Version = cluster.Version + 1 };
    }

    private static bool IsRun(MemberRecord member, NodeIdentity node) =>
        member.Node.Name == node.Name && member.Node.Incarnation == node.Incarnation;
}
