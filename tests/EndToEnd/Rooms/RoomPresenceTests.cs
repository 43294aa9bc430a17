using System.Diagnostics;
using System.Net;
using AkkaParty.Chaos.Machines;
using AkkaParty.EndToEnd.Clusters;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>Who is there is the truth of all nodes: two tabs are one person, who has left two seconds after the last one closed.</summary>
[Collection(ClusterTestGroup.Name)]
public sealed class RoomPresenceTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task On_one_server_two_tabs_are_one_person()
    {
        await using var server = await ServerProcess.StartAsync();
        using var site = new RoomSite(server);
        await TwoTabsAreOnePersonAsync(site);
    }

    [Fact]
    public async Task Across_nodes_two_tabs_are_one_person_and_a_removal_reaches_all_nodes()
    {
        await using var cluster = await Cluster.StartAsync(new ClusterPlan { Nodes = 3, NodesMax = 3, LeaseSeconds = 2 });
        using var site = new RoomSite(cluster);
        await TwoTabsAreOnePersonAsync(site);
        await ARemovalReachesAllNodesAsync(site);
        await WhoseNodeDiesHasLeftUnlessTheyAreElsewhereAsync(cluster, site);
    }

    private static async Task TwoTabsAreOnePersonAsync(RoomSite site)
    {
        await using var table = await RoomTable.SeatAsync(site, "alice", "bob", "cleo");
        var (alice, bob, cleo) = (table.Admin, table.People[1], table.People[2]);
        (alice.Node, bob.Node, cleo.Node) = (2, 0, 1);
        var watching = await alice.ConnectAsync();
        (await watching.NextAsync("presence")).Json.GetProperty("users").Texts().ShouldBe(["alice"], "oneself is there");

        var first = await bob.ConnectAsync();
        (await watching.NextAsync("user_joined")).Text("user_name").ShouldBe("Bob");
        bob.Node = 1;
        var second = await bob.ConnectAsync();
        (await second.NextAsync("presence")).Json.GetProperty("users").Texts().Order(StringComparer.Ordinal).ShouldBe(["alice", "bob"]);
        await using var stream = await cleo.StreamAsync("room");
        await first.CloseAsync();

        // Closed and back within the grace: nobody is told. Whoever leaves after that is told of, so nothing is still to come.
        await second.CloseAsync();
        var back = await bob.ConnectAsync();
        await back.NextAsync("presence");
        var visit = await cleo.ConnectAsync();
        await watching.NextAsync("user_joined", "user_id", "cleo");
        var left = Stopwatch.GetTimestamp();
        await visit.CloseAsync();
        await watching.NextAsync("user_left", "user_id", "cleo");
        Stopwatch.GetElapsedTime(left).ShouldBeInRange(Grace - TimeSpan.FromMilliseconds(100), Grace + TimeSpan.FromSeconds(10));

        left = Stopwatch.GetTimestamp();
        await back.CloseAsync();
        var told = await watching.NextAsync("user_left", "user_id", "bob");
        Stopwatch.GetElapsedTime(left).ShouldBeInRange(Grace - TimeSpan.FromMilliseconds(100), Grace + TimeSpan.FromSeconds(10));
        told.Text("user_name").ShouldBe("Bob");
        watching.Frames.Where(f => f.Is("user_joined") || f.Is("user_left")).Select(f => $"{f.Type} {f.Text("user_id")}").ShouldBe(
            ["user_joined bob", "user_joined cleo", "user_left cleo", "user_left bob"]);

        await watching.SendAsync("get_presence");
        (await watching.NextAsync("presence")).Json.GetProperty("users").Texts().ShouldBe(["alice"], "a stream is nobody's presence");
        (await alice.GetAsync($"/api/rooms/{table.Id}")).GetProperty("members").EnumerateArray()
            .Select(m => m.GetProperty("online").GetBoolean()).ShouldBe([true, false, false]);
        stream.End.ShouldBeNull();
    }

    private static async Task ARemovalReachesAllNodesAsync(RoomSite site)
    {
        await using var table = await RoomTable.SeatAsync(site, "alice", "bob");
        var (alice, bob) = (table.Admin, table.People[1]);
        var itemId = await bob.AddAsync("Metropolis");
        var (sockets, streams) = (new List<RoomSocket>(), new List<SseStream>());
        for (var node = 0; node < 3; node++)
        {
            bob.Node = node;
            sockets.Add(await bob.ConnectAsync());
            streams.Add(await bob.StreamAsync("queue"));
            await sockets[node].NextAsync("presence");
            await streams[node].NextAsync("connected");
        }

        alice.Node = 1;
        var watching = await alice.ConnectAsync();
        await watching.NextAsync("presence");
        (await alice.CallAsync("DELETE", $"/api/rooms/{table.Id}/members/bob?acting_user_id=alice")).Expect(HttpStatusCode.OK);

        (await watching.NextAsync("member_removed")).Text("removed_by").ShouldBe("alice");
        foreach (var socket in sockets)
        {
            (await socket.EndAsync()).Code.ShouldBe(4500);
        }

        foreach (var stream in streams)
        {
            await stream.EndAsync();
            var last = stream.Events[^1].Data;
            (last.Type, last.Text("code"), last.Json.GetProperty("retryable").GetBoolean()).ShouldBe(("error", "token_revoked", false));
        }

        for (var node = 0; node < 3; node++)
        {
            bob.Node = node;
            (await bob.CallAsync("POST", "/api/votes", new { item_id = itemId, user_id = "bob", vote = "up" }))
                .Refuses(HttpStatusCode.Unauthorized, "invalid_token");
            (await Should.ThrowAsync<StreamRefusedException>(() => bob.StreamAsync("room"))).Answer
                .Refuses(HttpStatusCode.Unauthorized, "invalid_token");
            await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => bob.ConnectAsync());
        }

        (await alice.GetAsync($"/api/queue/{itemId}")).Text("added_by").ShouldBe("bob", "what somebody added stays");
    }

    private static async Task WhoseNodeDiesHasLeftUnlessTheyAreElsewhereAsync(Cluster cluster, RoomSite site)
    {
        await using var table = await RoomTable.SeatAsync(site, "alice", "bob", "cleo");
        var (alice, bob, cleo) = (table.Admin, table.People[1], table.People[2]);
        (alice.Node, bob.Node, cleo.Node) = (1, 0, 0);
        var watching = await alice.ConnectAsync();
        await bob.ConnectAsync();
        await watching.NextAsync("user_joined", "user_id", "bob");
        await cleo.ConnectAsync();
        await watching.NextAsync("user_joined", "user_id", "cleo");
        bob.Node = 2;
        var elsewhere = await bob.ConnectAsync();
        await elsewhere.NextAsync("presence");

        await cluster.Nodes[0].Kill9Async();

        await watching.NextAsync("user_left", "user_id", "cleo");
        watching.Frames.ShouldNotContain(f => f.Is("user_left", "user_id", "bob"), "bob has a tab on another node");
        await watching.SendAsync("get_presence");
        (await watching.NextAsync("presence")).Json.GetProperty("users").Texts().Order(StringComparer.Ordinal).ShouldBe(["alice", "bob"]);
        cluster.Nodes[0].Start();
        await cluster.WholeAsync();
    }
}
