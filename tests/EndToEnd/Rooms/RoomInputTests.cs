using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>What a room does not take: the answer says which input is wrong, and whoever asks is still welcome.</summary>
public sealed class RoomInputTests(ServerFixture fixture) : RoomOfThree(fixture)
{
    private const string Elsewhere = "0123456789abcdef00000000";
    private static readonly string Long = new('x', 501);

    [Fact]
    public async Task Bad_input_is_refused_and_the_field_is_named()
    {
        await using var anybody = new RoomClient(Site, "anybody");
        async Task Create(object room, string code, string field) => (await anybody.CreateAsync(room)).RefusesInput(code, field);
        object Seat(string id, string name = "N", string avatar = "🦊", string region = "US") =>
            new { user_id = id, name, avatar, region };

        await Create(new { members = Array.Empty<object>() }, "validation_failed", "name");
        await Create(new { name = "" }, "room_name_invalid", "name");
        await Create(new { name = new string('x', 201) }, "room_name_invalid", "name");
        await Create(
            new { name = "R", settings = new { voting_duration_seconds = 9 } }, "voting_duration_invalid",
            "settings.voting_duration_seconds");
        await Create(new { name = "R", settings = new { selection_mode = "dice" } }, "selection_mode_invalid", "settings.selection_mode");
        await Create(new { name = "R", settings = new { allow_revotes = "perhaps" } }, "validation_failed", "settings.allow_revotes");
        await Create(new { name = "R", color = "red" }, "validation_failed", "color");
        await Create(new { name = "R", members = new[] { Seat("a"), Seat("") } }, "user_id_invalid", "members.1.user_id");
        await Create(new { name = "R", members = new[] { Seat("a", new string('x', 101)) } }, "member_name_invalid", "members.0.name");
        await Create(new { name = "R", members = new[] { Seat("a", avatar: new string('x', 11)) } }, "avatar_invalid", "members.0.avatar");
        await Create(new { name = "R", members = new[] { Seat("a", region: "DEU") } }, "region_invalid", "members.0.region");
        var tooMany = Enumerable.Range(0, 51).Select(i => Seat($"u{i}", $"N{i}"));
        await Create(new { name = "R", members = tooMany }, "members_too_many", "members");
        (await anybody.CreateAsync(new { name = "R", members = new[] { Seat("a", "Same"), Seat("b", "SAME") } }))
            .Refuses(HttpStatusCode.BadRequest, "name_taken").Text("error").ShouldBe("User already exists, choose another name");

        async Task Refused(string method, string path, object? body, string code, string field) =>
            (await Alice.CallAsync(method, path, body)).RefusesInput(code, field);
        await Refused("POST", "/api/queue", new { room_id = RoomId, title = "", added_by = "alice" }, "title_invalid", "title");
        await Refused("POST", "/api/queue", new { room_id = RoomId, title = Long, added_by = "alice" }, "title_invalid", "title");
        await Refused("PATCH", $"/api/queue/{ItemId}", new { year = 1799 }, "item_field_invalid", "year");
        await Refused("PATCH", $"/api/queue/{ItemId}", new { runtime_minutes = 0 }, "item_field_invalid", "runtime_minutes");
        await Refused("PATCH", $"/api/queue/{ItemId}", new { status = "lost" }, "status_invalid", "status");
        await Refused("PATCH", $"/api/queue/{ItemId}", new { nonsense = 1 }, "validation_failed", "nonsense");
        await Refused("POST", "/api/votes", new { item_id = ItemId, user_id = "alice", vote = "maybe" }, "vote_invalid", "vote");
        var reaction = new { item_id = ItemId, user_id = "alice", reaction = "meh" };
        await Refused("POST", "/api/votes/reactions", reaction, "item_reaction_invalid", "reaction");
        await Refused("POST", $"/api/votes/history/{EntryId}/rate", new { user_id = "alice", rating = 6 }, "rating_invalid", "rating");
        await Refused("GET", $"/api/queue/room/{RoomId}?limit=0", null, "limit_invalid", "limit");
        await Refused("POST", $"/api/queue/room/{RoomId}/select?mode=dice", null, "selection_mode_invalid", "mode");
        var round = $"/api/queue/room/{RoomId}/voting-round?duration_seconds=601";
        await Refused("POST", round, null, "voting_duration_invalid", "duration_seconds");
    }

    [Fact]
    public async Task Ids_that_are_none_and_things_that_are_not_there_are_told_apart()
    {
        var nothing = ItemId[..16] + "000fffff";
        async Task Refused(string method, string path, object? body, HttpStatusCode status, string code, string error) =>
            (await Alice.CallAsync(method, path, body)).Refuses(status, code).Text("error").ShouldBe(error);

        var (bad, missing) = (HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        await Refused("GET", "/api/rooms/no-id", null, bad, "invalid_room_id", "Invalid room_id");
        await Refused("GET", $"/api/rooms/{Elsewhere}", null, HttpStatusCode.Forbidden, "wrong_room", "Token not valid for this room");
        await Refused("GET", "/api/rooms/code/ZZZZZZ", null, missing, "room_not_found", "Room not found");
        var film = new { room_id = "x", title = "T", added_by = "alice" };
        await Refused("POST", "/api/queue", film, bad, "invalid_room_id", "Invalid room_id");
        await Refused("GET", "/api/queue/no-id", null, bad, "invalid_item_id", "Invalid item_id");
        await Refused("GET", $"/api/queue/{nothing}", null, missing, "item_not_found", "Item not found");
        object VoteOn(string id) => new { item_id = id, user_id = "alice", vote = "up" };
        await Refused("POST", "/api/votes", VoteOn("x"), bad, "invalid_item_id", "Invalid item_id");
        await Refused("POST", "/api/votes", VoteOn(nothing), bad, "vote_item_not_found", "Item not found");
        await Refused("GET", $"/api/votes/{ItemId}/cleo", null, missing, "vote_not_found", "Vote not found");
        var rating = new { user_id = "alice", rating = 3 };
        await Refused("POST", $"/api/votes/history/{nothing}/rate", rating, missing, "history_not_found", "History entry not found");
        await Refused(
            "PUT", $"/api/rooms/{RoomId}/members/alice", new { user_id = "bob", name = "B" }, bad, "path_user_mismatch",
            "User ID in path must match member user_id");
        await using var empty = await RoomTable.SeatAsync(Site, "zoe");
        (await empty.Admin.CallAsync("POST", $"/api/queue/room/{empty.Id}/select")).Refuses(missing, "queue_empty")
            .Text("error").ShouldBe("No items in queue or room not found");
        await using var taken = new RoomClient(Site, "BOB2");
        (await taken.CallAsync("POST", $"/api/rooms/{Alice.Code}/join", new { user_id = "bob2", name = "bOB" })).Refuses(bad, "name_taken");
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
        await Bob.RefusedAsync(socket, "vote", new { item_id = ItemId, vote = "sideways" }, "vote_invalid", "vote");
        await Bob.RefusedAsync(socket, "queue_add", new { title = "" }, "title_invalid", "title");
        await Bob.RefusedAsync(socket, "reaction", new { item_id = ItemId, reaction = "meh" }, "item_reaction_invalid", "reaction");
        await Bob.RefusedAsync(socket, "rate", new { history_id = EntryId, rating = 5.25 }, "rating_invalid", "rating");
        await Bob.RefusedAsync(socket, "voting_round_start", new { duration_seconds = 5 }, "voting_duration_invalid", "duration_seconds");
        await Bob.DoAsync(socket, "vote", new { item_id = ItemId, vote = "up" });
        var again = socket.Frames.Count(f => f.Is("vote_update"));
        await Bob.DoAsync(socket, "vote", new { item_id = ItemId, vote = "up" });
        socket.Frames.Count(f => f.Is("vote_update")).ShouldBe(again, "what is so already changes nothing and is acknowledged");
        socket.End.ShouldBeNull();
    }
}
