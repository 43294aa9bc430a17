using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;

namespace AkkaParty.Runtime;

/// <summary>The node as a member of its cluster.</summary>
public sealed partial class NodeRuntime
{
    /// <summary>The cluster's clock, by which everything in the runtime goes.</summary>
    public ClusterTime Time { get; }

    /// <summary>How this node is.</summary>
    public NodeStatus Status => _member.Status;

    /// <summary>All members and homes as this node read them last; null before the first time.</summary>
    public ClusterRecord? Cluster => _member.Cluster;

    /// <summary>Whether this node serves its shards.</summary>
    public bool IsServing => Status.Phase == NodePhase.Serving;

    /// <summary>The node as a member.</summary>
    internal ClusterMember Member => _member;

    /// <summary>
    /// Joins, takes over its share of the shards and wakes what must be awake there. Waits while the store is away, and while an
    /// earlier run of this node may still be alive.
    /// </summary>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>A task that completes when the node serves.</returns>
    /// <exception cref="MembershipException">It cannot be a member as it is configured: a live node holds its name.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var address = await _surroundings.Transport.StartAsync(new NodeReceiver(Peers, _member), cancellationToken);
        await _member.StartAsync(address, cancellationToken);
        await _wakeups.ScanAsync([]);
    }

    /// <summary>
    /// Hands every shard over and takes no new ones, while it goes on to answer what comes here for other nodes. The first half of
    /// <see cref="StopAsync"/>, for a host that closes its doors between the two.
    /// </summary>
    /// <param name="timeout">The longest to wait for entities to finish and for the others to take over.</param>
    /// <returns>Whether everything was handed over in time.</returns>
    public Task<bool> DrainAsync(TimeSpan timeout) => _member.DrainAsync(timeout);

    /// <summary>Hands over what it still owns, refuses what is new, and leaves.</summary>
    /// <param name="timeout">The longest to wait for entities to finish.</param>
    /// <returns>A task that completes when the node has left.</returns>
    public async Task StopAsync(TimeSpan timeout)
    {
        if (Status.Phase is NodePhase.Starting or NodePhase.Stopped)
        {
            return;
        }

        await _member.DrainAsync(timeout);
        await _member.StopAsync();
    }

    /// <summary>Has a member hand its shards over and take no new ones; it stays a member until it is stopped.</summary>
    /// <param name="node">The member's name; this node's own too.</param>
    /// <returns>False when there is no such member.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away.</exception>
    public Task<bool> LeaveAsync(string node) => _member.LeaveAsync(node);

    /// <summary>Removes a member by force. One that lives finds out, forgets everything and joins anew.</summary>
    /// <param name="node">The member's name.</param>
    /// <returns>False when there is no such member.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away.</exception>
    public Task<bool> DownAsync(string node) => _member.DownAsync(node);

    /// <summary>Assigns the shards anew. Every change of members does so by itself; this is for operators who want to be sure.</summary>
    /// <returns>A task that completes when the store has the assignment.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away.</exception>
    public Task RebalanceAsync() => _member.RebalanceAsync();
}
