using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>What a room does not take, over each way in: the answer says which input is wrong, and whoever asks is still welcome.</summary>
public sealed class RoomRefusalTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private const string Elsewhere = "0123456789abcdef00000000";
    private static readonly string Long = new('x', 501);
    private readonly RoomSite _site = new(fixture.Server);
    private RoomTable _table = null!;
    private string _itemId = string.Empty;
    private string _entryId = string.Empty;

    private RoomClient Alice => _table.Admin;

    private RoomClient Bob => _table.People[1];

    private RoomClient Cleo => _table.People[2];

    public async ValueTask InitializeAsync()
    {
        _table = await RoomTable.SeatAsync(_site, "alice", "bob", "cleo");
        var watched = await Alice.AddAsync("Nosferatu");
        _entryId = (await Alice.CallAsync("POST", $"/api/queue/{watched}/watch")).Expect(HttpStatusCode.OK).Text("_id");
        _itemId = await Alice.AddAsync("Metropolis");
        await Alice.VoteAsync(_itemId, "up");
        foreach (var itemId in (string[])[watched, _itemId])
        {
            await Eventually.Async("it looked up", () => Alice.GetAsync($"/api/queue/{itemId}"), i => i.Text("enrichment") != "pending");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _table.DisposeAsync();
        _site.Dispose();
    }

    [Fact]
    public async Task Bad_input_is_refused_and_the_field_is_named()
    {
        await using var anybody = new RoomClient(_site, "anybody");
        async Task Create(object room, string code, string field) => (await anybody.CreateAsync(room)).RefusesInput(code, field);
        object Seat(string id, string name = "N", string avatar = "🦊", string region = "US") => new { user_id = id, name, avatar, region };

        await Create(new { members = Array.Empty<object>() }, "validation_failed", "name");
        await Create(new { name = "" }, "room_name_invalid", "name");
        await Create(new { name = new string('x', 201) }, "room_name_invalid", "name");
        await Create(new { name = "R", settings = new { voting_duration_seconds = 9 } }, "voting_duration_invalid", "settings.voting_duration_seconds");
        await Create(new { name = "R", settings = new { selection_mode = "dice" } }, "selection_mode_invalid", "settings.selection_mode");
        await Create(new { name = "R", settings = new { allow_revotes = "perhaps" } }, "validation_failed", "settings.allow_revotes");
        await Create(new { name = "R", color = "red" }, "validation_failed", "color");
        await Create(new { name = "R", members = new[] { Seat("a"), Seat("") } }, "user_id_invalid", "members.1.user_id");
        await Create(new { name = "R", members = new[] { Seat("a", new string('x', 101)) } }, "member_name_invalid", "members.0.name");
        await Create(new { name = "R", members = new[] { Seat("a", avatar: new string('x', 11)) } }, "avatar_invalid", "members.0.avatar");
        await Create(new { name = "R", members = new[] { Seat("a", region: "DEU") } }, "region_invalid", "members.0.region");
        await Create(new { name = "R", members = Enumerable.Range(0, 51).Select(i => Seat($"u{i}", $"N{i}")) }, "members_too_many", "members");
        (await anybody.CreateAsync(new { name = "R", members = new[] { Seat("a", "Same"), Seat("b", "SAME") } }))
            .Refuses(HttpStatusCode.BadRequest, "name_taken").Text("error").ShouldBe("User already exists, choose another name");

        async Task Refused(string method, string path, object? body, string code, string field) =>
            (await Alice.CallAsync(method, path, body)).RefusesInput(code, field);
        await Refused("POST", "/api/queue", new { room_id = _table.Id, title = "", added_by = "alice" }, "title_invalid", "title");
        await Refused("POST", "/api/queue", new { room_id = _table.Id, title = Long, added_by = "alice" }, "title_invalid", "title");
        await Refused("PATCH", $"/api/queue/{_itemId}", new { year = 1799 }, "item_field_invalid", "year");
        await Refused("PATCH", $"/api/queue/{_itemId}", new { runtime_minutes = 0 }, "item_field_invalid", "runtime_minutes");
        await Refused("PATCH", $"/api/queue/{_itemId}", new { status = "lost" }, "status_invalid", "status");
        await Refused("PATCH", $"/api/queue/{_itemId}", new { nonsense = 1 }, "validation_failed", "nonsense");
        await Refused("POST", "/api/votes", new { item_id = _itemId, user_id = "alice", vote = "maybe" }, "vote_invalid", "vote");
        await Refused("POST", "/api/votes/reactions", new { item_id = _itemId, user_id = "alice", reaction = "meh" }, "item_reaction_invalid", "reaction");
        await Refused("POST", $"/api/votes/history/{_entryId}/rate", new { user_id = "alice", rating = 6 }, "rating_invalid", "rating");
        await Refused("GET", $"/api/queue/room/{_table.Id}?limit=0", null, "limit_invalid", "limit");
        await Refused("POST", $"/api/queue/room/{_table.Id}/select?mode=dice", null, "selection_mode_invalid", "mode");
        await Refused("POST", $"/api/queue/room/{_table.Id}/voting-round?duration_seconds=601", null, "voting_duration_invalid", "duration_seconds");
    }

    [Fact]
    public async Task Ids_that_are_none_and_things_that_are_not_there_are_told_apart()
    {
        var nothing = _itemId[..16] + "000fffff";
        async Task Refused(string method, string path, object? body, HttpStatusCode status, string code, string error) =>
            (await Alice.CallAsync(method, path, body)).Refuses(status, code).Text("error").ShouldBe(error);

        var (bad, missing) = (HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        await Refused("GET", "/api/rooms/no-id", null, bad, "invalid_room_id", "Invalid room_id");
        await Refused("GET", $"/api/rooms/{Elsewhere}", null, HttpStatusCode.Forbidden, "wrong_room", "Token not valid for this room");
        await Refused("GET", "/api/rooms/code/ZZZZZZ", null, missing, "room_not_found", "Room not found");
        await Refused("POST", "/api/queue", new { room_id = "x", title = "T", added_by = "alice" }, bad, "invalid_room_id", "Invalid room_id");
        await Refused("GET", "/api/queue/no-id", null, bad, "invalid_item_id", "Invalid item_id");
        await Refused("GET", $"/api/queue/{nothing}", null, missing, "item_not_found", "Item not found");
        await Refused("POST", "/api/votes", new { item_id = "x", user_id = "alice", vote = "up" }, bad, "invalid_item_id", "Invalid item_id");
        await Refused("POST", "/api/votes", new { item_id = nothing, user_id = "alice", vote = "up" }, bad, "vote_item_not_found", "Item not found");
        await Refused("GET", $"/api/votes/{_itemId}/cleo", null, missing, "vote_not_found", "Vote not found");
        await Refused(
            "POST", $"/api/votes/history/{nothing}/rate", new { user_id = "alice", rating = 3 }, missing, "history_not_found", "History entry not found");
        await Refused(
            "PUT", $"/api/rooms/{_table.Id}/members/alice", new { user_id = "bob", name = "B" }, bad, "path_user_mismatch",
            "User ID in path must match member user_id");
        await using var empty = await RoomTable.SeatAsync(_site, "zoe");
        (await empty.Admin.CallAsync("POST", $"/api/queue/room/{empty.Id}/select")).Refuses(missing, "queue_empty")
            .Text("error").ShouldBe("No items in queue or room not found");
        await using var taken = new RoomClient(_site, "BOB2");
        (await taken.CallAsync("POST", $"/api/rooms/{Alice.Code}/join", new { user_id = "bob2", name = "bOB" })).Refuses(bad, "name_taken");
    }

    [Fact]
    public async Task Without_the_rooms_token_nobody_gets_in()
    {
        await using var other = await RoomTable.SeatAsync(_site, "zoe");
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

            using var raw = await RawSocketClient.UpgradeAsync(fixture.Server, client.SocketAddress());
            raw.Status.ShouldBe((int)status, raw.Head);
        }

        using var asAlice = await RawSocketClient.UpgradeAsync(fixture.Server, Bob.SocketAddress(user: "alice"));
        asAlice.Status.ShouldBe(403, "a socket belongs to whoever the token belongs to");
        (await Bob.With(string.Empty).CallAsync("GET", $"/api/rooms/code/{Alice.Code}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_acts_as_somebody_else()
    {
        var seq = (await Alice.GetAsync($"/api/rooms/{_table.Id}")).Number("seq");

        foreach (var (method, path, body) in WritesOf("alice"))
        {
            var answer = await Bob.CallAsync(method, path, body);
            answer.Status.ShouldBe(HttpStatusCode.Forbidden, $"{answer.Call} {body}: {answer.Body}");
            answer.Text("code").ShouldBeOneOf("acting_user_mismatch", "admin_only", "self_or_admin_only", "adder_or_admin_only");
        }

        var socket = await Bob.ConnectAsync();
        await Bob.RefusedAsync(
            socket, "vote", new { item_id = _itemId, vote = "down", user_id = "alice" }, "acting_user_mismatch", "user_id");
        await Bob.RefusedAsync(socket, "queue_add", new { title = "T", added_by = "alice" }, "acting_user_mismatch", "added_by");
        (await Alice.GetAsync($"/api/votes/{_itemId}/alice")).Text("vote").ShouldBe("up");
        var room = await Alice.GetAsync($"/api/rooms/{_table.Id}");
        room.GetProperty("admins").Texts().ShouldBe(["alice"]);
        (room.Number("seq") - seq).ShouldBeLessThanOrEqualTo(1, "nothing but bob's coming was stored");
    }

    [Fact]
    public async Task What_only_admins_may_do_is_refused_to_others_over_rest_and_sockets()
    {
        var (room, item) = ($"/api/rooms/{_table.Id}", $"/api/queue/{_itemId}");
        var calls = new (string Method, string Path, object? Body, string Code)[]
        {
            ("PATCH", room, new { name = "Mine" }, "admin_only"),
            ("DELETE", $"{room}?acting_user_id=bob", null, "admin_only"),
            ("DELETE", $"{room}/members/cleo?acting_user_id=bob", null, "self_or_admin_only"),
            ("POST", $"{room}/admins", new { acting_user_id = "bob", target_user_id = "bob" }, "admin_only"),
            ("POST", $"{room}/seats/free", new { user_id = "cleo" }, "admin_only"),
            ("PUT", $"{room}/members/cleo", new { user_id = "cleo", name = "C" }, "self_or_admin_only"),
            ("POST", $"/api/queue/room/{_table.Id}/select", null, "admin_only"),
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
        (await Bob.CallAsync("POST", $"/api/queue/room/{_table.Id}/voting-round/close")).Refuses(HttpStatusCode.Forbidden, "admin_only");
        await Bob.RefusedAsync(socket, "selection", new { item_id = _itemId }, "admin_only");
        await Bob.RefusedAsync(socket, "room_admin_update", new { target_user_id = "bob" }, "admin_only");
        (await Alice.GetAsync(room)).GetProperty("admins").Texts().ShouldBe(["alice"]);
    }

    [Fact]
    public async Task An_admin_without_a_seat_neither_adds_nor_votes_nor_connects()
    {
        await using var admin = new RoomClient(_site, "owner");
        (await admin.CreateAsync(new { name = "No seats" })).Expect(HttpStatusCode.Created);
        await using var member = new RoomClient(_site, "zoe");
        (await member.JoinAsync(admin.Code)).Expect(HttpStatusCode.OK);
        var itemId = await member.AddAsync("Metropolis");

        (await admin.CallAsync("POST", "/api/queue", new { room_id = admin.RoomId, title = "T" }))
            .Refuses(HttpStatusCode.Forbidden, "seat_required");
        (await admin.CallAsync("POST", "/api/votes", new { item_id = itemId, vote = "up" })).Refuses(HttpStatusCode.Forbidden, "seat_required");
        (await admin.CallAsync("POST", "/api/votes", new { item_id = itemId, user_id = "zoe", vote = "up" }))
            .Refuses(HttpStatusCode.Forbidden, "acting_user_mismatch");
        (await admin.CallAsync("POST", $"/api/queue/room/{admin.RoomId}/select")).Expect(HttpStatusCode.OK);
        using var socket = await RawSocketClient.UpgradeAsync(fixture.Server, admin.SocketAddress());
        socket.Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_socket_survives_what_it_cannot_understand_and_says_what_was_wrong()
    {
        var socket = await Bob.ConnectAsync();
        await socket.NextAsync("presence");
        foreach (var (text, code) in new (string, string)[]
        {
            ("no json", "invalid_message_format"), ("[1]", "invalid_message_format"), ("\"vote\"", "invalid_message_format"),
            ("{}", "unknown_message_type"), ("{\"type\":7}", "invalid_message_format"), ("{\"type\":\"dance\"}", "unknown_message_type"),
            ("{\"type\":\"vote\",\"item_id\":7}", "invalid_message_format"),
        })
        {
            await socket.SendTextAsync(text);
            var error = await socket.NextAsync("error");
            error.Text("code").ShouldBeOneOf(code, "invalid_message_format");
            error.Json.GetProperty("retryable").GetBoolean().ShouldBeFalse();
        }

        await Bob.RefusedAsync(socket, "vote", new { item_id = "x", vote = "up" }, "invalid_item_id", "item_id");
        await Bob.RefusedAsync(socket, "vote", new { item_id = _itemId, vote = "sideways" }, "vote_invalid", "vote");
        await Bob.RefusedAsync(socket, "queue_add", new { title = "" }, "title_invalid", "title");
        await Bob.RefusedAsync(socket, "reaction", new { item_id = _itemId, reaction = "meh" }, "item_reaction_invalid", "reaction");
        await Bob.RefusedAsync(socket, "rate", new { history_id = _entryId, rating = 5.25 }, "rating_invalid", "rating");
        await Bob.RefusedAsync(socket, "voting_round_start", new { duration_seconds = 5 }, "voting_duration_invalid", "duration_seconds");
        await Bob.DoAsync(socket, "vote", new { item_id = _itemId, vote = "up" });
        var again = socket.Frames.Count(f => f.Is("vote_update"));
        await Bob.DoAsync(socket, "vote", new { item_id = _itemId, vote = "up" });
        socket.Frames.Count(f => f.Is("vote_update")).ShouldBe(again, "what is so already changes nothing and is acknowledged");
        socket.End.ShouldBeNull();
    }

    /// <summary>Every call that changes something and says who acts, as that user.</summary>
    private IEnumerable<(string Method, string Path, object? Body)> WritesOf(string user)
    {
        var room = $"/api/rooms/{_table.Id}";
        return
        [
            ("PATCH", $"{room}?acting_user_id={user}", new { name = "Taken over" }),
            ("POST", $"{room}/admins", new { acting_user_id = user, target_user_id = "bob" }),
            ("PUT", $"{room}/members/{user}", new { user_id = user, name = "Somebody" }),
            ("DELETE", $"{room}/members/{user}?acting_user_id={user}", null),
            ("POST", $"{room}/seats/free", new { acting_user_id = user, user_id = "cleo" }),
            ("POST", $"{room}/members?acting_user_id={user}", new { user_id = "dan", name = "Dan" }),
            ("POST", $"{room}/leave", new { user_id = user, new_admin_user_id = "cleo" }),
            ("POST", "/api/queue", new { room_id = _table.Id, title = "Another", added_by = user }),
            ("PATCH", $"/api/queue/{_itemId}?acting_user_id={user}", new { year = 1927 }),
            ("DELETE", $"/api/queue/{_itemId}?acting_user_id={user}", null),
            ("POST", $"/api/queue/{_itemId}/enrich?acting_user_id={user}", null),
            ("POST", $"/api/queue/{_itemId}/watch?acting_user_id={user}", null),
            ("POST", $"/api/queue/{_itemId}/pick?acting_user_id={user}", null),
            ("POST", $"/api/queue/room/{_table.Id}/select?acting_user_id={user}", null),
            ("POST", $"/api/queue/room/{_table.Id}/voting-round?acting_user_id={user}", null),
            ("POST", $"/api/queue/room/{_table.Id}/voting-round/done?acting_user_id={user}", null),
            ("POST", $"/api/queue/room/{_table.Id}/voting-round/close?acting_user_id={user}", null),
            ("POST", "/api/votes", new { item_id = _itemId, user_id = user, vote = "down" }),
            ("DELETE", $"/api/votes/{_itemId}/{user}", null),
            ("POST", "/api/votes/reactions", new { item_id = _itemId, user_id = user, reaction = "fire" }),
            ("POST", $"/api/votes/history/{_entryId}/rate", new { user_id = user, rating = 1 }),
            ("DELETE", $"{room}?acting_user_id={user}", null),
        ];
    }

    private IEnumerable<(string Method, string Path, object? Body)> Reads() =>
        new[]
        {
            $"/api/rooms/{_table.Id}/presence", $"/api/queue/{_itemId}", $"/api/queue/room/{_table.Id}", $"/api/queue/room/{_table.Id}/stats",
            $"/api/queue/room/{_table.Id}/selections", $"/api/queue/room/{_table.Id}/voting-round", $"/api/votes/item/{_itemId}",
            $"/api/votes/item/{_itemId}/counts", $"/api/votes/{_itemId}/alice", $"/api/votes/room/{_table.Id}/user/alice",
            $"/api/votes/reactions/room/{_table.Id}", $"/api/votes/history/room/{_table.Id}",
            $"/api/votes/history/room/{_table.Id}/stats", $"/api/votes/history/room/{_table.Id}/export",
        }.Select(path => ("GET", path, (object?)null));
}
