using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>Who may do what: nobody without the token, nobody in the name of somebody else, and some things only admins.</summary>
public sealed class RoomIdentityTests(ServerFixture fixture) : RoomOfThree(fixture)
{
    [Fact]
    public async Task Without_the_rooms_token_nobody_gets_in()
    {
        await using var other = await RoomTable.SeatAsync(Site, "zoe");
        var wrong = new (RoomClient Client, HttpStatusCode Status, string Code)[]
        {
            (Bob.With(string.Empty), HttpStatusCode.Unauthorized, "token_required"),
            (Bob.With("nonsense"), HttpStatusCode.Unauthorized, "invalid_token"),
            (Bob.With(Bob.Token[..87] + (Bob.Token[87] == '0' ? '1' : '0')), HttpStatusCode.Unauthorized, "invalid_token"),
            (Bob.With(other.Admin.Token), HttpStatusCode.Forbidden, "wrong_room"),
        };
        foreach (var (client, status, code) in wrong)
        {
            foreach (var (method, path, body) in WritesOf("bob").Concat(Reads()))
            {
                (await client.CallAsync(method, path, body)).Refuses(status, code);
            }

            foreach (var kind in (string[])["room", "votes", "queue"])
            {
                (await Should.ThrowAsync<StreamRefusedException>(() => client.StreamAsync(kind))).Answer.Refuses(status, code);
            }

            using var raw = await RawSocketClient.UpgradeAsync(Server, client.SocketAddress());
            raw.Status.ShouldBe((int)status, raw.Head);
        }

        using var asAlice = await RawSocketClient.UpgradeAsync(Server, Bob.SocketAddress(user: "alice"));
        asAlice.Status.ShouldBe(403, "a socket belongs to whoever the token belongs to");
        (await Bob.With(string.Empty).CallAsync("GET", $"/api/rooms/code/{Alice.Code}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_acts_as_somebody_else()
    {
        var seq = (await Alice.GetAsync($"/api/rooms/{RoomId}")).Number("seq");

        foreach (var (method, path, body) in WritesOf("alice"))
        {
            var answer = await Bob.CallAsync(method, path, body);
            answer.Status.ShouldBe(HttpStatusCode.Forbidden, $"{answer.Call} {body}: {answer.Body}");
            answer.Text("code").ShouldBeOneOf("acting_user_mismatch", "admin_only", "self_or_admin_only", "adder_or_admin_only");
        }

        var socket = await Bob.ConnectAsync();
        await Bob.RefusedAsync(
            socket, "vote", new { item_id = ItemId, vote = "down", user_id = "alice" }, "acting_user_mismatch", "user_id");
        await Bob.RefusedAsync(socket, "queue_add", new { title = "T", added_by = "alice" }, "acting_user_mismatch", "added_by");
        (await Alice.GetAsync($"/api/votes/{ItemId}/alice")).Text("vote").ShouldBe("up");
        var room = await Alice.GetAsync($"/api/rooms/{RoomId}");
        room.GetProperty("admins").Texts().ShouldBe(["alice"]);
        (room.Number("seq") - seq).ShouldBeLessThanOrEqualTo(1, "nothing but bob's coming was stored");
    }

    [Fact]
    public async Task What_only_admins_may_do_is_refused_to_others_over_rest_and_sockets()
    {
        var (room, item) = ($"/api/rooms/{RoomId}", $"/api/queue/{ItemId}");
        var calls = new (string Method, string Path, object? Body, string Code)[]
        {
            ("PATCH", room, new { name = "Mine" }, "admin_only"),
            ("DELETE", $"{room}?acting_user_id=bob", null, "admin_only"),
            ("DELETE", $"{room}/members/cleo?acting_user_id=bob", null, "self_or_admin_only"),
            ("POST", $"{room}/admins", new { acting_user_id = "bob", target_user_id = "bob" }, "admin_only"),
            ("POST", $"{room}/seats/free", new { user_id = "cleo" }, "admin_only"),
            ("PUT", $"{room}/members/cleo", new { user_id = "cleo", name = "C" }, "self_or_admin_only"),
            ("POST", $"/api/queue/room/{RoomId}/select", null, "admin_only"),
            ("POST", $"{item}/pick", null, "admin_only"),
            ("PATCH", item, new { year = 1927 }, "adder_or_admin_only"),
            ("DELETE", item, null, "adder_or_admin_only"),
        };
        foreach (var (method, path, body, code) in calls)
        {
            (await Bob.CallAsync(method, path, body)).Refuses(HttpStatusCode.Forbidden, code);
        }

        var socket = await Bob.ConnectAsync();
        await Bob.DoAsync(socket, "voting_round_start", new { duration_seconds = 600 });
        await Bob.RefusedAsync(socket, "voting_round_close", null, "admin_only");
        (await Bob.CallAsync("POST", $"/api/queue/room/{RoomId}/voting-round/close")).Refuses(HttpStatusCode.Forbidden, "admin_only");
        await Bob.RefusedAsync(socket, "selection", new { item_id = ItemId }, "admin_only");
        await Bob.RefusedAsync(socket, "room_admin_update", new { target_user_id = "bob" }, "admin_only");
        (await Alice.GetAsync(room)).GetProperty("admins").Texts().ShouldBe(["alice"]);
    }

    [Fact]
    public async Task An_admin_without_a_seat_neither_adds_nor_votes_nor_connects()
    {
        await using var admin = new RoomClient(Site, "owner");
        (await admin.CreateAsync(new { name = "No seats" })).Expect(HttpStatusCode.Created);
        await using var member = new RoomClient(Site, "zoe");
        (await member.JoinAsync(admin.Code)).Expect(HttpStatusCode.OK);
        var itemId = await member.AddAsync("Metropolis");

        (await admin.CallAsync("POST", "/api/queue", new { room_id = admin.RoomId, title = "T" }))
            .Refuses(HttpStatusCode.Forbidden, "seat_required");
        (await admin.CallAsync("POST", "/api/votes", new { item_id = itemId, vote = "up" }))
            .Refuses(HttpStatusCode.Forbidden, "seat_required");
        (await admin.CallAsync("POST", "/api/votes", new { item_id = itemId, user_id = "zoe", vote = "up" }))
            .Refuses(HttpStatusCode.Forbidden, "acting_user_mismatch");
        (await admin.CallAsync("POST", $"/api/queue/room/{admin.RoomId}/select")).Expect(HttpStatusCode.OK);
        using var socket = await RawSocketClient.UpgradeAsync(Server, admin.SocketAddress());
        socket.Status.ShouldBe(403);
    }

    /// <summary>Every call that changes something and says who acts, as that user.</summary>
    private IEnumerable<(string Method, string Path, object? Body)> WritesOf(string user)
    {
        var room = $"/api/rooms/{RoomId}";
        return
        [
            ("PATCH", $"{room}?acting_user_id={user}", new { name = "Taken over" }),
            ("POST", $"{room}/admins", new { acting_user_id = user, target_user_id = "bob" }),
            ("PUT", $"{room}/members/{user}", new { user_id = user, name = "Somebody" }),
            ("DELETE", $"{room}/members/{user}?acting_user_id={user}", null),
            ("POST", $"{room}/seats/free", new { acting_user_id = user, user_id = "cleo" }),
            ("POST", $"{room}/members?acting_user_id={user}", new { user_id = "dan", name = "Dan" }),
            ("POST", $"{room}/leave", new { user_id = user, new_admin_user_id = "cleo" }),
            ("POST", "/api/queue", new { room_id = RoomId, title = "Another", added_by = user }),
            ("PATCH", $"/api/queue/{ItemId}?acting_user_id={user}", new { year = 1927 }),
            ("DELETE", $"/api/queue/{ItemId}?acting_user_id={user}", null),
            ("POST", $"/api/queue/{ItemId}/enrich?acting_user_id={user}", null),
            ("POST", $"/api/queue/{ItemId}/watch?acting_user_id={user}", null),
            ("POST", $"/api/queue/{ItemId}/pick?acting_user_id={user}", null),
            ("POST", $"/api/queue/room/{RoomId}/select?acting_user_id={user}", null),
            ("POST", $"/api/queue/room/{RoomId}/voting-round?acting_user_id={user}", null),
            ("POST", $"/api/queue/room/{RoomId}/voting-round/done?acting_user_id={user}", null),
            ("POST", $"/api/queue/room/{RoomId}/voting-round/close?acting_user_id={user}", null),
            ("POST", "/api/votes", new { item_id = ItemId, user_id = user, vote = "down" }),
            ("DELETE", $"/api/votes/{ItemId}/{user}", null),
            ("POST", "/api/votes/reactions", new { item_id = ItemId, user_id = user, reaction = "fire" }),
            ("POST", $"/api/votes/history/{EntryId}/rate", new { user_id = user, rating = 1 }),
            ("DELETE", $"{room}?acting_user_id={user}", null),
        ];
    }

    private IEnumerable<(string Method, string Path, object? Body)> Reads() =>
        new[]
        {
            $"/api/rooms/{RoomId}/presence", $"/api/queue/{ItemId}", $"/api/queue/room/{RoomId}", $"/api/queue/room/{RoomId}/stats",
            $"/api/queue/room/{RoomId}/selections", $"/api/queue/room/{RoomId}/voting-round", $"/api/votes/item/{ItemId}",
            $"/api/votes/item/{ItemId}/counts", $"/api/votes/{ItemId}/alice", $"/api/votes/room/{RoomId}/user/alice",
            $"/api/votes/reactions/room/{RoomId}", $"/api/votes/history/room/{RoomId}",
            $"/api/votes/history/room/{RoomId}/stats", $"/api/votes/history/room/{RoomId}/export",
        }.Select(path => ("GET", path, (object?)null));
}
