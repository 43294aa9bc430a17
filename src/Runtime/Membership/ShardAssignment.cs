namespace AkkaParty.Runtime.Membership;

/// <summary>
/// Who should serve which shard: one pure function of the members and homes. Active members get equal shares, to within one
/// shard, and as few shards as possible move. Where none is active, those that are cut off are better than nobody.
/// </summary>
internal static class ShardAssignment
{
    /// <summary>Sets every shard's target, and frees the homes of nodes that are not members.</summary>
    /// <param name="cluster">The cluster before.</param>
    /// <returns>The cluster after; the same object when everything is as it should be.</returns>
    public static ClusterRecord Assign(this ClusterRecord cluster)
    {
        var names = cluster.Members.Select(member => member.Node.Name).ToHashSet(StringComparer.Ordinal);
        var homes = cluster.Homes
            .Select(home => home.Owner is { } owner && !names.Contains(owner) ? home with { Owner = null, Epoch = home.Epoch + 1 } : home)
            .ToArray();
        var shares = Shares(cluster, homes);
        List<int> unplaced = [.. Enumerable.Range(0, homes.Length).Where(i => Place(homes[i], shares) is null)];
        foreach (var share in shares.Values)
        {
            unplaced.AddRange(Surplus(share, homes, shares));
        }

        unplaced.Sort();
        foreach (var shard in GiveBack(unplaced, homes, shares))
        {
            var free = shares.Values.FirstOrDefault(share => share.Placed < share.Size);
            homes[shard] = homes[shard] with { Target = free?.Name };
            if (free is not null)
            {
                free.Placed++;
            }
        }

        for (var i = 0; i < homes.Length; i++)
        {
            if (homes[i].Target is null || !shares.ContainsKey(homes[i].Target!))
            {
                homes[i] = homes[i] with { Target = Place(homes[i], shares) };
            }
        }

        return homes.SequenceEqual(cluster.Homes) ? cluster : cluster with { Homes = homes };
    }

    /// <summary>Changes a member's standing. One that is not active keeps its shards until they are handed over, and gets none.</summary>
    /// <param name="cluster">The cluster before.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="standing">What it shall be; who leaves goes on leaving, whatever this is.</param>
    /// <returns>The cluster after; the same object when there is no such member or nothing to change.</returns>
    public static ClusterRecord Mark(this ClusterRecord cluster, string name, MemberStanding standing) =>
        cluster.Members.Any(member => member.Node.Name == name && member.Standing < MemberStanding.Leaving && member.Standing != standing)
            ? cluster with { Members = [.. cluster.Members.Select(m => m.Node.Name == name ? m with { Standing = standing } : m)] }
            : cluster;

    /// <summary>
    /// Makes the targets of shards that nobody serves their homes, and of those that a node has emptied: a target finds out as soon
    /// as everybody else does, so waiting for it to ask would only cost a round.
    /// </summary>
    /// <param name="cluster">The cluster before.</param>
    /// <param name="name">The node that hands over.</param>
    /// <param name="emptied">The shards that it does not serve any more.</param>
    /// <returns>The cluster after; the same object when there is nothing to hand over.</returns>
    public static ClusterRecord HandOver(this ClusterRecord cluster, string name, IReadOnlySet<int> emptied)
    {
        var homes = cluster.Homes
            .Select(home => home.Owner != home.Target && (home.Owner is null || (home.Owner == name && emptied.Contains(home.Shard)))
                ? home with { Owner = home.Target, Epoch = home.Epoch + 1 }
                : home)
            .ToArray();
        return homes.SequenceEqual(cluster.Homes) ? cluster : cluster with { Homes = homes };
    }

    /// <summary>Where a shard is or is going, when that may stay so.</summary>
    private static string? Place(ShardHomeRecord home, SortedDictionary<string, Share> shares) =>
        home.Target is { } target && shares.ContainsKey(target) ? target
        : home.Owner is { } owner && shares.ContainsKey(owner) ? owner
        : null;

    /// <summary>The larger shares go to those who have most: everything else would move a shard more.</summary>
    private static SortedDictionary<string, Share> Shares(ClusterRecord cluster, ShardHomeRecord[] homes)
    {
        var shares = new SortedDictionary<string, Share>(StringComparer.Ordinal);
        var best = cluster.Members.Select(member => member.Standing).DefaultIfEmpty().Min();
        foreach (var member in cluster.Members.Where(member => member.Standing == best && best < MemberStanding.Leaving))
        {
            shares.Add(member.Node.Name, new Share(member.Node.Name));
        }

        foreach (var home in homes)
        {
            if (Place(home, shares) is { } name)
            {
                shares[name].Placed++;
            }
        }

        var larger = shares.Count == 0 ? 0 : homes.Length % shares.Count;
        foreach (var share in shares.Values.OrderByDescending(share => share.Placed).ThenBy(share => share.Name, StringComparer.Ordinal))
        {
            share.Size = (homes.Length / shares.Count) + (larger-- > 0 ? 1 : 0);
        }

        return shares;
    }

    /// <summary>What a member has too much: first what is only on its way to it, then the highest numbers.</summary>
    private static List<int> Surplus(Share share, ShardHomeRecord[] homes, SortedDictionary<string, Share> shares)
    {
        if (share.Placed <= share.Size)
        {
            return [];
        }

        var surplus = Enumerable.Range(0, homes.Length)
            .Where(i => Place(homes[i], shares) == share.Name)
            .OrderBy(i => homes[i].Owner == share.Name)
            .ThenByDescending(i => i)
            .Take(share.Placed - share.Size)
            .ToList();
        share.Placed = share.Size;
        return surplus;
    }

    /// <summary>A shard that must go somewhere stays where it is if there is room.</summary>
    /// <returns>Those for which there is none.</returns>
    private static List<int> GiveBack(List<int> unplaced, ShardHomeRecord[] homes, SortedDictionary<string, Share> shares)
    {
        List<int> left = [];
        foreach (var shard in unplaced)
        {
            if (homes[shard].Owner is { } owner && shares.TryGetValue(owner, out var share) && share.Placed < share.Size)
            {
                homes[shard] = homes[shard] with { Target = owner };
                share.Placed++;
            }
            else
            {
                left.Add(shard);
            }
        }

        return left;
    }

    private sealed class Share(string name)
    {
        public string Name { get; } = name;

        public int Placed { get; set; }

        public int Size { get; set; }
    }
}
