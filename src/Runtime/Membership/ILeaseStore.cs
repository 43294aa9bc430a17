namespace AkkaParty.Runtime.Membership;

/// <summary>One run of one node.</summary>
/// <param name="Name">The node's configured name, unique among live nodes.</param>
/// <param name="Incarnation">This run's number; a restart gets a higher one.</param>
/// <param name="Address">Where other nodes reach it; empty for a node that is alone.</param>
public sealed record NodeIdentity(string Name, long Incarnation, string Address);

/// <summary>A member as the store shows it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Counter">Its heartbeat counter: others judge by its standing still, never by wall clocks.</param>
/// <param name="Standing">Whether it may have shards.</param>
/// <param name="FeatureLevel">The newest wire and storage formats it reads; what is written is the lowest of all members.</param>
public sealed record MemberRecord(NodeIdentity Node, long Counter, MemberStanding Standing, int FeatureLevel);

/// <summary>Whether a member may have shards. The numbers are stored.</summary>
public enum MemberStanding
{
    /// <summary>It takes its share.</summary>
    Active = 0,

    /// <summary>It says of itself that it cannot reach most of the others: it gets no shards until it can.</summary>
    CutOff = 1,

    /// <summary>It hands its shards over and takes no more, until it leaves.</summary>
    Leaving = 2,
}

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

/// <summary>Who wants to join, and how.</summary>
/// <param name="Name">The node's name, 1 to 64 characters.</param>
/// <param name="Address">Where other nodes reach it; empty for a node that is alone.</param>
/// <param name="FeatureLevel">The newest wire and storage formats it reads, at least 1.</param>
/// <param name="Replaces">The incarnation under the same name that the caller knows to be dead; null when it knows of none.</param>
public sealed record JoinRequest(string Name, string Address, int FeatureLevel, long? Replaces = null);

/// <summary>Either the new member, or who holds the name.</summary>
/// <param name="Node">This run, when it has joined.</param>
/// <param name="Holder">The member that holds the name, when it has not: it is observed to learn whether it lives.</param>
public sealed record JoinOutcome(NodeIdentity? Node, MemberPulse? Holder);

/// <summary>A sign of life of one member.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Incarnation">Its run.</param>
/// <param name="Counter">Its heartbeat counter.</param>
/// <param name="HasGone">
/// Whether the store knows that its connection ended (its lock is free, and the store has not restarted since its last
/// heartbeat). False proves nothing.
/// </param>
/// <param name="ClockOffset">The member's cluster time minus the store's clock, at its last heartbeat.</param>
public readonly record struct MemberPulse(string Name, long Incarnation, long Counter, bool HasGone, TimeSpan ClockOffset);

/// <summary>The answer to a heartbeat.</summary>
/// <param name="Version">The cluster's version.</param>
/// <param name="StoreTime">The store's clock when it answered.</param>
/// <param name="Members">Every member's sign of life, by name, this one's included.</param>
public sealed record Pulse(long Version, DateTimeOffset StoreTime, IReadOnlyList<MemberPulse> Members);

/// <summary>Where members and shard homes are kept. It only optimises: the journal alone decides conflicts.</summary>
public interface ILeaseStore
{
    /// <summary>
    /// Whether the store keeps every other process out: its one member needs no heartbeats, and its lease never lapses.
    /// </summary>
    bool IsExclusive => false;

    /// <summary>Joins under a name that is free, or in the place of a dead run; what that run owned is nobody's then.</summary>
    /// <param name="request">Who joins.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The identity of this run, whose incarnation is higher than any before; or who holds the name.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<JoinOutcome> JoinAsync(JoinRequest request, CancellationToken cancellationToken);

    /// <summary>Renews the member's lease by one heartbeat and hears everybody else's.</summary>
    /// <param name="node">This node.</param>
    /// <param name="clusterTime">What it takes the cluster's time to be; kept for the others as an offset to the store's clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The cluster's pulse, or null when this run is not a member any more.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<Pulse?> HeartbeatAsync(NodeIdentity node, DateTimeOffset clusterTime, CancellationToken cancellationToken);

    /// <summary>Reads all members and homes.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What is stored.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<ClusterRecord> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Changes members and homes under one lock. A member may be removed or its standing changed; its counter is its own, and nobody
    /// joins this way. What is stored takes the place of exactly what it was made of, however late that happens: when somebody else has
    /// changed anything in between, the change is made anew from that, or not at all once its caller has been told that the store is away.
    /// </summary>
    /// <param name="change">Pure, may run twice: what is stored to what should be; the version is set by the store.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What is stored now.</returns>
    /// <exception cref="Journal.JournalUnavailableException">
    /// The store is away, and the change may or may not be stored: read again.
    /// </exception>
    ValueTask<ClusterRecord> UpdateAsync(Func<ClusterRecord, ClusterRecord> change, CancellationToken cancellationToken);

    /// <summary>Leaves: the name is free again.</summary>
    /// <param name="node">This node.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when the member is gone.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away; the others will find out by themselves.</exception>
    ValueTask LeaveAsync(NodeIdentity node, CancellationToken cancellationToken);
}
