namespace AkkaParty.Runtime.Membership;

/// <summary>The members' clock offsets, for lease stores that keep their members in memory and so see no connection end.</summary>
public sealed class MemberClocks
{
    private readonly SortedDictionary<long, TimeSpan> _offsets = [];

    /// <summary>Remembers a member's cluster time minus the store's clock.</summary>
    /// <param name="node">The member.</param>
    /// <param name="offset">The difference.</param>
    public void Set(NodeIdentity node, TimeSpan offset) => _offsets[node.Incarnation] = offset;

    /// <summary>Everybody's signs of life.</summary>
    /// <param name="cluster">The cluster now.</param>
    /// <param name="now">The store's clock.</param>
    /// <returns>The answer to a heartbeat.</returns>
    public Pulse Pulse(ClusterRecord cluster, DateTimeOffset now)
    {
        foreach (var gone in _offsets.Keys.Where(run => cluster.Members.All(member => member.Node.Incarnation != run)).ToList())
        {
            _offsets.Remove(gone);
        }

        return new Pulse(cluster.Version, now, [.. cluster.Members.Select(Of)]);
    }

    /// <summary>What a join came to.</summary>
    /// <param name="cluster">The cluster after it.</param>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="joined">Whether it was free.</param>
    /// <returns>The new member, or who holds the name.</returns>
    public JoinOutcome Outcome(ClusterRecord cluster, string name, bool joined)
    {
        var holder = cluster.Members.Single(member => member.Node.Name == name);
        return joined ? new JoinOutcome(holder.Node, null) : new JoinOutcome(null, Of(holder));
    }

    private MemberPulse Of(MemberRecord member) => new(
        member.Node.Name, member.Node.Incarnation, member.Counter, HasGone: false, _offsets.GetValueOrDefault(member.Node.Incarnation));
}
