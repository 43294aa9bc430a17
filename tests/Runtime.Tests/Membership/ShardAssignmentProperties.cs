using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Runtime.Tests.Membership;

public sealed class ShardAssignmentProperties
{
    private static readonly Gen<ClusterRecord> Clusters =
        from members in Gen.Choose(0, 12)
        from leaving in Gen.Choose(0, 3)
        from cutOff in Gen.Choose(0, 3)
        from strangers in Gen.Choose(0, 2)
        from owners in Gen.ArrayOf(Gen.Choose(-1, members + strangers - 1), ShardId.Count)
        from targets in Gen.ArrayOf(Gen.Choose(-1, members + strangers - 1), ShardId.Count)
        from settled in Gen.Choose(0, 3)
        select new ClusterRecord(
            7,
            [.. Enumerable.Range(0, members).Select(i => new MemberRecord(
                new NodeIdentity(Name(i), i + 1, ""), 0, Standing(i, leaving, cutOff), 1))],
            [.. ShardId.All.Select(s => new ShardHomeRecord(
                s, owners[s] < 0 ? null : Name(owners[s]), NameOrNull(settled > 0 ? owners[s] : targets[s]), s))]);

    [Fact]
    public void Counts_differ_by_at_most_one_and_nobody_that_leaves_gets_anything() => Holds(cluster =>
    {
        var after = cluster.Assign();
        var eligible = Eligible(after);
        var counts = eligible.Select(name => after.Homes.Count(home => home.Target == name)).ToList();
        return eligible.Count == 0
            ? after.Homes.All(home => home.Target is null)
            : counts.Max() - counts.Min() <= 1 && counts.Sum() == ShardId.Count;
    });

    [Fact]
    public void No_shard_moves_that_need_not() => Holds(cluster =>
    {
        var eligible = Eligible(cluster);
        var placed = cluster.Homes
            .Select(home => eligible.Contains(home.Target!) ? home.Target : eligible.Contains(home.Owner!) ? home.Owner : null).ToList();
        var after = cluster.Assign();
        var moved = after.Homes.Count(home => home.Target != placed[home.Shard]);
        return moved == FewestMoves(eligible, placed);
    });

    [Fact]
    public void Assigning_twice_changes_nothing_more() => Holds(cluster =>
    {
        var once = cluster.Assign();
        return ReferenceEquals(once.Assign(), once);
    });

    [Fact]
    public void Only_homes_of_nodes_that_are_not_members_become_free_and_each_such_change_has_a_new_epoch() => Holds(cluster =>
    {
        var names = cluster.Members.Select(member => member.Node.Name).ToHashSet();
        return cluster.Homes.Zip(cluster.Assign().Homes).All(pair =>
            pair.First.Owner is { } owner && !names.Contains(owner)
                ? pair.Second.Owner is null && pair.Second.Epoch == pair.First.Epoch + 1
                : pair.Second.Owner == pair.First.Owner && pair.Second.Epoch == pair.First.Epoch);
    });

    [Fact]
    public void The_order_of_members_does_not_matter() => Holds(cluster =>
    {
        var reversed = cluster with { Members = [.. cluster.Members.Reverse()] };
        return reversed.Assign().Homes.SequenceEqual(cluster.Assign().Homes);
    });

    [Fact]
    public void Handing_over_gives_free_and_emptied_shards_to_their_targets_and_touches_no_other() => Holds(cluster =>
    {
        var assigned = cluster.Assign();
        var emptied = new SortedSet<int>(ShardId.All.Where(shard => shard % 3 == 0));
        return assigned.Homes.Zip(assigned.HandOver(Name(0), emptied).Homes).All(pair =>
        {
            var moves = pair.First.Owner != pair.First.Target
                && (pair.First.Owner is null || (pair.First.Owner == Name(0) && emptied.Contains(pair.First.Shard)));
            return pair.Second == (moves ? pair.First with { Owner = pair.First.Target, Epoch = pair.First.Epoch + 1 } : pair.First);
        });
    });

    private static int FewestMoves(List<string> eligible, List<string?> placed)
    {
        if (eligible.Count == 0)
        {
            return placed.Count(place => place is not null);
        }

        // Whoever has most keeps most: the larger shares go to the longest lists.
        var (share, larger) = (ShardId.Count / eligible.Count, ShardId.Count % eligible.Count);
        return ShardId.Count - eligible.Select(name => placed.Count(place => place == name))
            .OrderDescending().Select((count, i) => Math.Min(count, share + (i < larger ? 1 : 0))).Sum();
    }

    private static List<string> Eligible(ClusterRecord cluster)
    {
        var active = cluster.Members.Where(member => member.Standing == MemberStanding.Active).ToList();
        var eligible = active.Count > 0 ? active : [.. cluster.Members.Where(member => member.Standing == MemberStanding.CutOff)];
        return [.. eligible.Select(member => member.Node.Name)];
    }

    private static MemberStanding Standing(int index, int leaving, int cutOff) =>
        index < leaving ? MemberStanding.Leaving : index < leaving + cutOff ? MemberStanding.CutOff : MemberStanding.Active;

    private static string Name(int index) => $"node-{index:00}";

    private static string? NameOrNull(int index) => index < 0 ? null : Name(index);

    private static void Holds(Func<ClusterRecord, bool> property) =>
        Prop.ForAll(Clusters.ToArbitrary(), property).QuickCheckThrowOnFailure();
}
