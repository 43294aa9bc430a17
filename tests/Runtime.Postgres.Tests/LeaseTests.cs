using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Postgres.Tests;

public sealed class LeaseTests : PostgresTest
{
    [Fact]
    public async Task Whose_connection_ended_has_gone_until_it_beats_again()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        var first = await JoinAsync(one, "node-1");
        var second = await JoinAsync(two, "node-2");
        (await GoneAsync(one, first)).ShouldBe([]);

        await KillLeaseAsync(Database, second);
        (await GoneAsync(one, first)).ShouldBe(["node-2"]);

        await Should.ThrowAsync<JournalUnavailableException>(async () => await BeatAsync(two, second));
        (await BeatAsync(two, second)).ShouldNotBeNull();
        (await GoneAsync(one, first)).ShouldBe([]);
    }

    [Fact]
    public async Task Who_died_is_seen_by_a_successor_of_the_same_name_which_takes_its_place()
    {
        var dead = await OpenAsync();
        var run = await JoinAsync(dead, "node-1");
        await KillLeaseAsync(Database, run);
        await using var store = await OpenAsync();

        var outcome = await store.Leases.JoinAsync(new JoinRequest("node-1", "", 1), CancellationToken.None);
        outcome.Holder.ShouldNotBeNull().ShouldSatisfyAllConditions(
            holder => holder.Incarnation.ShouldBe(run.Incarnation), holder => holder.HasGone.ShouldBeTrue());
        outcome = await store.Leases.JoinAsync(new JoinRequest("node-1", "", 1, Replaces: run.Incarnation), CancellationToken.None);

        outcome.Node.ShouldNotBeNull();
        await dead.DisposeAsync();
        (await store.Leases.ReadAsync(CancellationToken.None)).Members.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whoever_beats_after_a_removal_was_decided_on_stays_a_member()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        await JoinAsync(one, "node-1");
        var second = await JoinAsync(two, "node-2");
        var judged = (await one.Leases.ReadAsync(CancellationToken.None)).Members.Single(member => member.Node == second).Counter;
        var times = 0;

        var after = await one.Leases.UpdateAsync(
            cluster =>
            {
                if (times++ == 0)
                {
                    // After it was read, and before it is written.
                    Task.Run(() => BeatAsync(two, second)).GetAwaiter().GetResult().ShouldNotBeNull();
                }

                return cluster.Members.Any(member => member.Node == second && member.Counter == judged) ? cluster.Leave(second) : cluster;
            },
            CancellationToken.None);

        times.ShouldBe(2);
        after.Members.Count.ShouldBe(2);
        (await BeatAsync(two, second)).ShouldNotBeNull();
    }

    [Fact]
    public async Task After_a_restart_of_the_server_nobody_has_gone_who_has_not_beaten_since()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var one = await OpenOnAsync(server.ConnectionString("postgres"));
        await using var two = await OpenOnAsync(server.ConnectionString("postgres"));
        var first = await JoinAsync(one, "node-1");
        var second = await JoinAsync(two, "node-2");
        var before = await one.Leases.UpdateAsync(
            cluster => cluster with { Homes = [.. cluster.Homes.Select(home => home with { Owner = "node-1" })] }, CancellationToken.None);

        await server.CrashAsync();
        await Should.ThrowAsync<JournalUnavailableException>(async () => await BeatAsync(one, first));
        await server.StartAsync();

        (await GoneAsync(one, first)).ShouldBe([]);
        var after = await one.Leases.ReadAsync(CancellationToken.None);
        after.Version.ShouldBe(before.Version);
        after.Homes.ShouldBe(before.Homes);
        await Should.ThrowAsync<JournalUnavailableException>(async () => await BeatAsync(two, second));
        (await GoneAsync(two, second)).ShouldBe([]);
    }

    [Fact]
    public async Task A_heartbeat_to_a_server_that_stands_still_ends_in_about_a_second()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var store = await OpenOnAsync(server.ConnectionString("postgres"));
        var node = await JoinAsync(store, "node-1");
        server.Pause();
        try
        {
            // Once on the open connection, once on a new one.
            await Should.ThrowAsync<JournalUnavailableException>(BeatAsync(store, node).WaitAsync(TimeSpan.FromSeconds(4)));
            await Should.ThrowAsync<JournalUnavailableException>(BeatAsync(store, node).WaitAsync(TimeSpan.FromSeconds(4)));
        }
        finally
        {
            server.Resume();
        }

        (await BeatAsync(store, node)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_closes_its_store_in_good_order_leaves()
    {
        await using var one = await OpenAsync();
        var two = await OpenAsync();
        await JoinAsync(two, "node-2");

        await two.DisposeAsync();

        (await one.Leases.ReadAsync(CancellationToken.None)).Members.ShouldBeEmpty();
    }

    private static async Task<NodeIdentity> JoinAsync(PostgresStore store, string name) =>
        (await store.Leases.JoinAsync(new JoinRequest(name, "", 1), CancellationToken.None)).Node.ShouldNotBeNull();

    private static async Task<Pulse?> BeatAsync(PostgresStore store, NodeIdentity node) =>
        await store.Leases.HeartbeatAsync(node, DateTimeOffset.UnixEpoch, CancellationToken.None);

    private static async Task<string[]> GoneAsync(PostgresStore store, NodeIdentity node) =>
        [.. (await BeatAsync(store, node)).ShouldNotBeNull().Members.Where(member => member.HasGone).Select(member => member.Name)];

    private static async Task KillLeaseAsync(PostgresDatabase database, NodeIdentity node) =>
        (await database.ReadAsync<bool>(
            $"SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND objid = {node.Incarnation} " +
            "AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")).ShouldBeTrue();
}
