using System.Diagnostics;
using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>Voting rounds begin, keep the votes if the room says so, and end in each of the three ways.</summary>
public sealed class VotingRoundTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private readonly RoomSite _site = new(fixture.Server);
    private RoomTable _table = null!;
    private string _itemId = string.Empty;

    private RoomClient Alice => _table.Admin;

    private RoomClient Bob => _table.People[1];

    public async ValueTask InitializeAsync()
    {
        _table = await RoomTable.SeatAsync(_site, new { allow_revotes = false }, "alice", "bob", "cleo");
        _itemId = await Alice.AddAsync("Metropolis");
        await Alice.AddAsync("Nosferatu");
    }

    public async ValueTask DisposeAsync()
    {
        await _table.DisposeAsync();
        _site.Dispose();
    }

    [Fact]
    public async Task A_round_ends_by_itself_at_its_deadline_and_tells_the_result()
    {
        var socket = await Bob.ConnectAsync();
        await using var stream = await Bob.StreamAsync("room");
        await stream.NextAsync("connected");
        var begin = Stopwatch.GetTimestamp();
        await Bob.DoAsync(socket, "voting_round_start", new { duration_seconds = 10 });
        var started = await socket.NextAsync("voting_round_start");
        (started.Text("started_by"), started.Number("duration_seconds")).ShouldBe(("bob", 10));
        await Bob.VoteAsync(_itemId, "up");

        var ended = await socket.NextAsync("voting_round_end");

        Stopwatch.GetElapsedTime(begin).ShouldBeInRange(TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(25));
        (ended.Text("round_id"), ended.Text("reason"), ended.Text("winner_item_id"))
            .ShouldBe((started.Text("round_id"), "deadline", _itemId));
        ended.Json.GetProperty("standings").EnumerateArray().Select(s => s.Number("vote_score")).ShouldBe([1, 0]);
        (await stream.NextAsync("the end", e => e.Data.Is("room_change", "change", "voting_round_end"))).Data.Seq.ShouldBe(ended.Seq);
        var rounds = await Alice.GetAsync($"/api/queue/room/{_table.Id}/voting-round");
        rounds.GetProperty("last").Text("reason").ShouldBe("deadline");
        await Bob.VoteAsync(_itemId, "down");
    }

    [Fact]
    public async Task A_round_ends_when_all_who_are_connected_are_done()
    {
        var (alice, bob) = (await Alice.ConnectAsync(), await Bob.ConnectAsync());
        await alice.NextAsync("user_joined");
        await Bob.DoAsync(bob, "voting_round_start", new { duration_seconds = 600 });
        (await Alice.CallAsync("POST", $"/api/queue/room/{_table.Id}/voting-round")).Refuses(HttpStatusCode.Conflict, "voting_round_open");

        await Bob.DoAsync(bob, "voting_round_done");
        (await alice.NextAsync("voting_round_done")).Text("user_id").ShouldBe("bob");
        (await Alice.GetAsync($"/api/queue/room/{_table.Id}/voting-round")).GetProperty("open").GetProperty("done").Texts()
            .ShouldBe(["bob"]);
        await Alice.DoAsync(alice, "voting_round_done");

        (await bob.NextAsync("voting_round_end")).Text("reason").ShouldBe("all_done", "cleo is not there and is not waited for");
        await Alice.RefusedAsync(alice, "voting_round_done", null, "no_voting_round");
        await Alice.RefusedAsync(alice, "voting_round_close", null, "no_voting_round");
    }

    [Fact]
    public async Task A_round_that_waits_for_one_ends_when_that_one_is_gone()
    {
        var (alice, bob) = (await Alice.ConnectAsync(), await Bob.ConnectAsync());
        await alice.NextAsync("user_joined");
        await Bob.DoAsync(bob, "voting_round_start", new { duration_seconds = 600 });
        await Alice.DoAsync(alice, "voting_round_done");

        await bob.CloseAsync();

        await alice.NextAsync("user_left");
        (await alice.NextAsync("voting_round_end")).Text("reason").ShouldBe("all_done");
    }

    [Fact]
    public async Task An_admin_closes_a_round_and_until_then_votes_stand()
    {
        await Bob.VoteAsync(_itemId, "up");
        var alice = await Alice.ConnectAsync();
        await Alice.DoAsync(alice, "voting_round_start");
        await Bob.VoteAsync(_itemId, "down");

        var vote = new { item_id = _itemId, user_id = "bob", vote = "up" };
        (await Bob.CallAsync("POST", "/api/votes", vote)).Refuses(HttpStatusCode.Conflict, "revote_not_allowed");
        (await Bob.CallAsync("DELETE", $"/api/votes/{_itemId}/bob")).Refuses(HttpStatusCode.Conflict, "revote_not_allowed");
        await Bob.VoteAsync(_itemId, "down");
        var socket = await Bob.ConnectAsync();
        await Bob.RefusedAsync(socket, "vote", new { item_id = _itemId, vote = "up" }, "revote_not_allowed");

        await Alice.DoAsync(alice, "voting_round_close");
        (await socket.NextAsync("voting_round_end")).Text("reason").ShouldBe("closed");
        (await Bob.CallAsync("POST", "/api/votes", vote)).Expect(HttpStatusCode.Created);
    }
}
