using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.TestKit.Membership;

/// <summary>What every lease store must do.</summary>
public abstract class LeaseSpec<TProvider> : StoreSpec<TProvider>
    where TProvider : StoreProvider, new()
{
    private ILeaseStore Leases => Stores.Leases;

    [Fact]
    public async Task A_new_cluster_has_no_members_and_256_shards_without_a_home()
    {
        var cluster = await ReadAsync();

        cluster.Members.ShouldBeEmpty();
        cluster.Homes.ShouldBe(Enumerable.Range(0, 256).Select(shard => new ShardHomeRecord(shard, null, null, 0)));
    }

    [Fact]
    public async Task Members_join_and_are_listed_by_name()
    {
        var before = await ReadAsync();
        var two = await JoinAsync("node-2", "http://two");
        var one = await JoinAsync("node-1", "");

        var cluster = await ReadAsync();

        two.ShouldSatisfyAllConditions(n => n.Name.ShouldBe("node-2"), n => n.Address.ShouldBe("http://two"));
        one.Incarnation.ShouldBeGreaterThan(two.Incarnation);
        cluster.Members.ShouldBe([new MemberRecord(one, 0, MemberStanding.Active, 1), new MemberRecord(two, 0, MemberStanding.Active, 1)]);
        cluster.Version.ShouldBeGreaterThan(before.Version);
    }

    [Fact]
    public async Task A_live_members_name_is_taken_until_it_leaves()
    {
        var first = await JoinAsync("node-1");
        await BeatAsync(first);
        (await Leases.JoinAsync(new JoinRequest("node-1", "", 1), CancellationToken.None))
            .Holder.ShouldNotBeNull().ShouldSatisfyAllConditions(
                holder => holder.Incarnation.ShouldBe(first.Incarnation),
                holder => holder.Counter.ShouldBe(1),
                holder => holder.HasGone.ShouldBeFalse());

        await Leases.LeaveAsync(first, CancellationToken.None);
        (await ReadAsync()).Members.ShouldBeEmpty();
        (await JoinAsync("node-1")).Incarnation.ShouldBeGreaterThan(first.Incarnation);
    }

    [Fact]
    public async Task A_heartbeat_counts_and_does_not_change_the_version()
    {
        var node = await JoinAsync("node-1");
        var before = await ReadAsync();

        (await BeatAsync(node))!.Version.ShouldBe(before.Version);
        (await BeatAsync(node))!.Version.ShouldBe(before.Version);

        var after = await ReadAsync();
        after.Version.ShouldBe(before.Version);
        after.Members.ShouldHaveSingleItem().Counter.ShouldBe(2);
    }

    [Fact]
    public async Task A_heartbeat_hears_everybody_and_their_clocks()
    {
        var one = await JoinAsync("node-1");
        var two = await JoinAsync("node-2");
        await BeatAsync(two, ahead: TimeSpan.FromHours(1));

        var pulse = (await BeatAsync(one)).ShouldNotBeNull();

        pulse.Members.Select(member => (member.Name, member.Incarnation, member.Counter, member.HasGone))
            .ShouldBe([("node-1", one.Incarnation, 1, false), ("node-2", two.Incarnation, 2, false)]);
        pulse.Members[1].ClockOffset.ShouldBe(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_dead_runs_name_is_taken_over_with_its_homes_free()
    {
        var dead = await JoinAsync("node-1");
        var other = await JoinAsync("node-2");
        await Leases.UpdateAsync(cluster => Give(cluster, "node-1"), CancellationToken.None);

        (await Leases.JoinAsync(new JoinRequest("node-1", "", 1, Replaces: other.Incarnation), CancellationToken.None)).Node.ShouldBeNull();
        var next = (await Leases.JoinAsync(new JoinRequest("node-1", "here", 2, Replaces: dead.Incarnation), CancellationToken.None)).Node;

        next.ShouldNotBeNull().Incarnation.ShouldBeGreaterThan(other.Incarnation);
        (await BeatAsync(dead)).ShouldBeNull();
        var cluster = await ReadAsync();
        cluster.Members.ShouldBe(
            [new MemberRecord(next, 0, MemberStanding.Active, 2), new MemberRecord(other, 0, MemberStanding.Active, 1)]);
        cluster.Homes.ShouldAllBe(home => home.Owner == null && home.Epoch == 2);
    }

    [Fact]
    public async Task A_run_that_is_not_a_member_any_more_learns_it_from_its_heartbeat()
    {
        var first = await JoinAsync("node-1");
        await Leases.UpdateAsync(cluster => cluster with { Members = [] }, CancellationToken.None);
        (await BeatAsync(first)).ShouldBeNull();

        var second = await JoinAsync("node-1");
        (await BeatAsync(first)).ShouldBeNull();
        await Leases.LeaveAsync(first, CancellationToken.None);
        (await BeatAsync(second)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_update_changes_homes_and_members_and_the_version()
    {
        var node = await JoinAsync("node-1");
        var before = await ReadAsync();

        var after = await Leases.UpdateAsync(
            cluster => Give(cluster, "node-1") with { Version = 0, Members = Mark(cluster) }, CancellationToken.None);

        after.Version.ShouldBeGreaterThan(before.Version);
        after.Homes.ShouldAllBe(home => home.Owner == "node-1" && home.Target == "node-1" && home.Epoch == 1);
        after.Members.ShouldBe([new MemberRecord(node, 0, MemberStanding.CutOff, 1)]);
        var read = await ReadAsync();
        read.Version.ShouldBe(after.Version);
        read.Homes.ShouldBe(after.Homes);
        read.Members.ShouldBe(after.Members);

        static IReadOnlyList<MemberRecord> Mark(ClusterRecord cluster) =>
            [.. cluster.Members.Select(member => member with { Standing = MemberStanding.CutOff })];
    }

    [Fact]
    public async Task An_update_that_changes_nothing_keeps_the_version()
    {
        await JoinAsync("node-1");
        var before = await ReadAsync();

        (await Leases.UpdateAsync(cluster => cluster, CancellationToken.None)).Version.ShouldBe(before.Version);
    }

    [Fact]
    public async Task An_update_that_throws_changes_nothing()
    {
        await JoinAsync("node-1");
        var before = await ReadAsync();

        await Should.ThrowAsync<InvalidOperationException>(
            async () => await Leases.UpdateAsync(_ => throw new InvalidOperationException("no"), CancellationToken.None));

        var after = await ReadAsync();
        after.Version.ShouldBe(before.Version);
        after.Members.ShouldBe(before.Members);
    }

    [Fact]
    public async Task Updates_at_once_are_all_applied()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(shard => Task.Run(async () => await Leases.UpdateAsync(
            cluster => cluster with { Homes = [.. cluster.Homes.Select(h => h.Shard == shard ? h with { Target = $"n{shard}" } : h)] },
            CancellationToken.None))));

        (await ReadAsync()).Homes.Take(20).Select(home => home.Target).ShouldBe(Enumerable.Range(0, 20).Select(shard => $"n{shard}"));
    }

    [Fact]
    public async Task Who_leaves_owns_nothing_any_more()
    {
        var node = await JoinAsync("node-1");
        await Leases.UpdateAsync(cluster => Give(cluster, "node-1"), CancellationToken.None);

        await Leases.LeaveAsync(node, CancellationToken.None);

        (await ReadAsync()).Homes.ShouldAllBe(home => home.Owner == null && home.Epoch == 2);
    }

    [Fact]
    public async Task Opened_again_numbers_go_on_where_data_is_kept()
    {
        var first = await JoinAsync("node-1");
        var before = await Leases.UpdateAsync(cluster => Give(cluster, "node-1"), CancellationToken.None);

        await ReopenAsync();

        var second = await JoinAsync("node-1");
        if (Provider.KeepsDataWhenReopened)
        {
            var after = await ReadAsync();
            second.Incarnation.ShouldBeGreaterThan(first.Incarnation);
            after.Version.ShouldBeGreaterThan(before.Version);
            after.Homes.ShouldAllBe(home => home.Epoch >= 1);
        }
    }

    private static ClusterRecord Give(ClusterRecord cluster, string name) =>
        cluster with { Homes = [.. cluster.Homes.Select(home => home with { Owner = name, Target = name, Epoch = home.Epoch + 1 })] };

    private async Task<NodeIdentity> JoinAsync(string name, string address = "") =>
        (await Leases.JoinAsync(new JoinRequest(name, address, 1), CancellationToken.None)).Node.ShouldNotBeNull();

    private async Task<Pulse?> BeatAsync(NodeIdentity node, TimeSpan ahead = default)
    {
        // The offset is measured against the store's own clock, which a first heartbeat shows.
        var pulse = await Leases.HeartbeatAsync(node, At, CancellationToken.None);
        return pulse is null || ahead == default
            ? pulse
            : await Leases.HeartbeatAsync(node, pulse.StoreTime + ahead, CancellationToken.None);
    }

    private async Task<ClusterRecord> ReadAsync() => await Leases.ReadAsync(CancellationToken.None);
}
