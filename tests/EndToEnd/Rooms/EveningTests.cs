using System.Globalization;
using System.Net;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms.Crowds;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>
/// A room's whole evening over REST, sockets and streams at once. In the middle of it the server is killed: nothing is lost, and whoever
/// follows goes on where they were.
/// </summary>
public sealed class EveningTests : IAsyncLifetime
{
    private static readonly string[] Lists =
    [
        "/api/queue/room/{0}", "/api/queue/room/{0}/selections", "/api/queue/room/{0}/voting-round", "/api/queue/room/{0}/stats",
        "/api/votes/room/{0}/user/alice", "/api/votes/room/{0}/user/bob", "/api/votes/reactions/room/{0}",
        "/api/votes/history/room/{0}", "/api/votes/history/room/{0}/stats", "/api/votes/history/room/{0}/export?format=csv",
    ];

    private ServerProcess _server = null!;
    private RoomSite _site = null!;
    private RoomTable _table = null!;

    private RoomClient Alice => _table.Admin;

    private RoomClient Bob => _table.People[1];

    private RoomClient Cleo => _table.People[2];

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync();
        _site = new RoomSite(_server);
        _table = await RoomTable.SeatAsync(_site, "alice", "bob", "cleo");
    }

    public async ValueTask DisposeAsync()
    {
        await _table.DisposeAsync();
        _site.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_server_is_killed_in_the_middle()
    {
        await using var alice = new SocketFollower(Alice);
        await using var bob = new SocketFollower(Bob);
        await using var room = new StreamFollower(Cleo, _site, "room");
        await using var votes = new StreamFollower(Cleo.With(Cleo.Token), _site, "votes");
        await using var queue = new StreamFollower(Cleo.With(Cleo.Token), _site, "queue");
        Follower[] followers = [alice, bob, room, votes, queue];
        await Task.WhenAll(followers.Select(f => f.BeginAsync()));

        var (first, second) = await FillAsync(alice, bob);
        var before = await EverythingAsync();
        await _server.Kill9Async();
        await _server.RestartAsync();
        (await EverythingAsync()).ShouldBe(before, "what was acknowledged is there after kill -9");
        await Eventually.Async(
            "the room among alice's", async () => (await Alice.GetAsync("/api/rooms/member/alice")).Texts("_id").ToList(),
            rooms => rooms.SequenceEqual([_table.Id]));

        var end = await FinishAsync(bob, first, second);
        await Task.WhenAll(followers.Select(f => f.Story.UntilAsync(end)));
        followers.ShouldAllBe(f => f.Connections >= 2);
        ShouldHaveBeenToldTheSame(alice, bob, room, votes, queue);
        alice.Story.Told.Select(f => f.Type).Where(t => t is not ("user_joined" or "user_left")).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe([
                "history_update", "member_added", "queue_update", "reaction_update", "room_admin_update", "room_update", "selection",
                "vote_update", "voting_round_done", "voting_round_end", "voting_round_start",
            ]);
    }

    [Fact]
    public async Task Whoever_comes_back_is_told_exactly_what_they_missed()
    {
        var itemId = await Alice.AddAsync("Metropolis");
        await Eventually.Async("it looked up", () => Alice.GetAsync($"/api/queue/{itemId}"), i => i.Text("enrichment") != "pending");
        var socket = await Bob.ConnectAsync();
        var seq = (await socket.NextAsync("presence")).Seq!.Value;
        await using var stream = await Bob.StreamAsync("votes");
        await stream.NextAsync("connected");
        await Alice.VoteAsync(itemId, "up");
        var last = (await stream.NextAsync("vote_change")).Id!;
        seq = (await socket.NextAsync("vote_update")).Seq!.Value;
        seq.ToString(CultureInfo.InvariantCulture).ShouldBe(last);
        await socket.CloseAsync();
        await stream.DisposeAsync();

        await Alice.VoteAsync(itemId, "down");
        await Cleo.VoteAsync(itemId, "up");

        var back = await Bob.ConnectAsync(since: seq);
        (await back.NextAsync("presence")).Json.GetProperty("resumed").GetBoolean().ShouldBeTrue();
        (await back.NextAsync("vote_update")).Text("vote").ShouldBe("down");
        (await back.NextAsync("vote_update")).Text("user_id").ShouldBe("cleo");
        await using var byHeader = await Bob.StreamAsync("votes", last);
        await using var byAddress = await SseStream.ConnectAsync(
            _site.Http, _site.Url(0, $"/api/events/votes/{_table.Id}?since={last}&token={Bob.Token}"), "bob by address", null);
        foreach (var again in (SseStream[])[byHeader, byAddress])
        {
            await again.NextAsync("vote_change");
            await again.NextAsync("vote_change");
            again.Events.Skip(1).Select(e => e.Data.Json.GetProperty("document").Text("user_id")).ShouldBe(["alice", "cleo"]);
            again.Events.Skip(1).Select(e => long.Parse(e.Id!, CultureInfo.InvariantCulture)).ShouldAllBe(id => id > seq);
        }
    }

    // The first half: a film of last week, films and votes over all ways there are, a round that everybody is done with, and a pick.
    private async Task<(string First, string Second)> FillAsync(SocketFollower alice, SocketFollower bob)
    {
        var (earlier, first) = (await Cleo.AddAsync("Faust"), await Alice.AddAsync("Metropolis"));
        await bob.DoAsync("queue_add", new { title = "Nosferatu" });
        var second = (await Bob.GetAsync($"/api/queue/room/{_table.Id}")).EnumerateArray()
            .Single(i => i.Text("title") == "Nosferatu").Text("_id");
        await alice.Story.UntilAsync("all looked up", p => p.Items.Count == 3 && p.Items.Values.All(i => !i.IsPending));
        var entry = (await Cleo.CallAsync("POST", $"/api/queue/{earlier}/watch?notes=Old")).Expect(HttpStatusCode.OK).Text("_id");
        await bob.DoAsync("rate", new { history_id = entry, rating = 3 });
        await alice.DoAsync("voting_round_start", new { duration_seconds = 600 });
        await bob.DoAsync("vote", new { item_id = second, vote = "up" });
        await Cleo.VoteAsync(second, "down");
        await Cleo.VoteAsync(second, "up");
        await alice.DoAsync("vote", new { item_id = first, vote = "up" });
        await bob.DoAsync("reaction", new { item_id = first, reaction = "fire", active = true });
        await bob.DoAsync("voting_round_done", new { });
        await alice.DoAsync("voting_round_done", new { });
        (await Alice.GetAsync($"/api/queue/room/{_table.Id}/voting-round")).GetProperty("last").Text("winner_item_id").ShouldBe(second);
        (await Alice.CallAsync("POST", $"/api/queue/room/{_table.Id}/select?mode=highest_votes")).Expect(HttpStatusCode.OK)
            .Text("_id").ShouldBe(second);
        return (first, second);
    }

    // The second half, after the kill: it is watched and rated, the room gets another name, a member and an admin.
    private async Task<long> FinishAsync(SocketFollower bob, string first, string second)
    {
        var entry = (await Alice.CallAsync("POST", $"/api/queue/{second}/watch")).Expect(HttpStatusCode.OK).Text("_id");
        await bob.DoAsync("rate", new { history_id = entry, rating = 4.5 });
        (await Alice.CallAsync("PATCH", $"/api/rooms/{_table.Id}", new { name = "Later" })).Expect(HttpStatusCode.OK);
        (await Alice.CallAsync("POST", $"/api/rooms/{_table.Id}/members", new { user_id = "dan", name = "Dan" })).Expect(HttpStatusCode.OK);
        (await Alice.CallAsync("POST", $"/api/rooms/{_table.Id}/admins", new { target_user_id = "bob", acting_user_id = "alice" }))
            .Expect(HttpStatusCode.OK);
        await bob.DoAsync("vote", new { item_id = first, vote = "up" });
        return await bob.DoAsync("vote_remove", new { item_id = first });
    }

    private async Task<string> EverythingAsync()
    {
        var all = new List<string>();
        foreach (var list in Lists)
        {
            var path = string.Format(CultureInfo.InvariantCulture, list, _table.Id);
            all.Add($"{path}: {(await Alice.CallAsync("GET", path)).Expect(HttpStatusCode.OK).Body}");
        }

        var room = await Alice.GetAsync($"/api/rooms/{_table.Id}");
        all.AddRange(room.EnumerateObject()
            .Where(p => p.Name is not ("members" or "seq"))
            .Select(p => $"{p.Name}: {p.Value.GetRawText()}"));
        all.AddRange(room.GetProperty("members").Texts("user_id")!);
        return string.Join(Environment.NewLine, all);
    }

    private static void ShouldHaveBeenToldTheSame(
        SocketFollower alice, SocketFollower bob, StreamFollower room, StreamFollower votes, StreamFollower queue)
    {
        var told = alice.Story.Told.Where(f => f.Type is not ("user_joined" or "user_left")).ToList();
        bob.Story.Told.Where(f => f.Type is not ("user_joined" or "user_left")).Select(f => f.Raw).ShouldBe(told.Select(f => f.Raw));
        room.Story.Told.Where(e => !IsComing(e)).Select(e => e.Seq).ShouldBe(told.Select(f => f.Seq));
        votes.Story.Told.Select(e => e.Seq).ShouldBe(told.Where(f => f.Is("vote_update")).Select(f => f.Seq));
        queue.Story.Told.Select(e => e.Seq).ShouldBe(
            told.Where(f => f.Is("vote_update") || f.Is("queue_update")).Select(f => f.Seq));
        room.Story.Told.Where(e => e.Is("room_change") && !IsComing(e)).Select(e => e.Text("change"))
            .ShouldBe(told.Where(f => f.Type is not ("vote_update" or "queue_update")).Select(f => f.Type));
        foreach (var change in room.Story.Told.Where(e => e.Is("room_change")))
        {
            change.Json.GetProperty("document").ValueKind.ShouldBe(JsonValueKind.Object, change.Raw);
        }
    }

    private static bool IsComing(RoomFrame data) =>
        data.Is("room_change", "change", "user_joined") || data.Is("room_change", "change", "user_left");
}
