namespace AkkaParty.Runtime.Membership;

/// <summary>One run of one node.</summary>
/// <param name="Name">The node's configured name, unique among live nodes.</param>
/// <param name="Incarnation">This run's number; a restart gets a higher one.</param>
/// <param name="Address">Where other nodes reach it; empty for a node that is alone.</param>
public sealed record NodeIdentity(string Name, long Incarnation, string Address);

/// <summary>A member as the store shows it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Counter">Its heartbeat counter: others judge by its standing still, never by wall clocks.</param>
/// <param name="Leaving">Whether it hands its shards over.</param>
public sealed record MemberRecord(NodeIdentity Node, long Counter, bool Leaving);

/// <summary>A shard's home.</summary>
/// <param name="Shard">The shard, 0 to 255.</param>
/// <param name="Owner">The name of the node that serves it, or null while nobody does.</param>
/// <param name="Target">The name of the node that should.</param>
/// <param name="Epoch">Grows each time the owner changes.</param>
public readonly record struct ShardHomeRecord(int Shard, string? Owner, string? Target, long Epoch);

/// <summary>All members and homes at one version.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="Members">The members, by name.</param>
/// <param name="Homes">The shards' homes, by shard.</param>
public sealed record ClusterRecord(long Version, IReadOnlyList<MemberRecord> Members, IReadOnlyList<ShardHomeRecord> Homes);

/// <summary>Where members and shard homes are kept. It only optimises: the journal alone decides conflicts.</summary>
public interface ILeaseStore
{
    /// <summary>Joins under a name.</summary>
    /// <param name="name">The node's name.</param>
    /// <param name="address">Where other nodes reach it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The identity of this run, or null when a live node holds the name.</returns>
    ValueTask<NodeIdentity?> JoinAsync(string name, string address, CancellationToken cancellationToken);

    /// <summary>Renews the member's lease by one heartbeat.</summary>
    /// <param name="node">This node.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The cluster's version, or null when this run is not a member any more.</returns>
    ValueTask<long?> HeartbeatAsync(NodeIdentity node, CancellationToken cancellationToken);

    /// <summary>Reads all members and homes.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What is stored.</returns>
    ValueTask<ClusterRecord> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Changes members and homes under one lock.</summary>
    /// <param name="change">Pure: what is stored to what should be; the version is set by the store.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What is stored now.</returns>
    ValueTask<ClusterRecord> UpdateAsync(Func<ClusterRecord, ClusterRecord> change, CancellationToken cancellationToken);

    /// <summary>Leaves: the name is free again.</summary>
    /// <param name="node">This node.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when the member is gone.</returns>
    ValueTask LeaveAsync(NodeIdentity node, CancellationToken cancellationToken);
}
