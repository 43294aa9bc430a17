using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Tests.Rest.SyncRooms;

/// <summary>Watch parties as rooms over REST, with the real entity.</summary>
public sealed class SyncRoomRoutesTests
{
    private const string NewRoom = """{"name":"Friday","movie_id":"0199a000-0000-7000-8000-00000000f11e","description":"With popcorn"}""";

    [Fact]
    public async Task A_room_is_created_for_a_film_and_everybody_controls_it()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = WatchTable.At(host);
        var created = await table.SendAsync("ada", "POST", "/api/v1/rooms", NewRoom);

        created.Status.ShouldBe(201, created.Text);
        created["message"].ShouldBe("Room created successfully");
        var room = created.Json.GetProperty("room");
        var id = room.GetProperty("id").GetString()!;
        created.Headers["Location"].ShouldBe($"/api/v1/rooms/{id}");
        (room.GetProperty("movie_id").GetString(), room.GetProperty("host_id").GetString()).ShouldBe(
            ("0199a000-0000-7000-8000-00000000f11e", table["ada"]));
        (room.GetProperty("name").GetString(), room.GetProperty("description").GetString()).ShouldBe(("Friday", "With popcorn"));
        room.GetProperty("created_at").GetString().ShouldBe("2026-05-01T20:00:00Z");
        room.GetProperty("member_count").GetInt32().ShouldBe(1);
        var party = WatchTable.Data(await table.SendAsync("ada", "GET", $"/api/v1/watch-parties/{id}"));
        party.GetProperty("settings").GetProperty("controls").GetString().ShouldBe("everyone", "the same party on the other surface");
    }

    [Theory]
    [InlineData("""{"name":"a","movie_id":"11"}""", "11", "Metropolis")]
    [InlineData("""{"name":"a","movie_id":11}""", "11", "Metropolis")]
    [InlineData("""{"name":"a","media":{"title":"Nosferatu","url":"https://example.org/n.mp4","duration":5400}}""", null, "Nosferatu")]
    public async Task A_room_takes_a_film_of_the_catalogue_or_any_media_item(string body, string? movieId, string title)
    {
        await using var host = await TestHost.StartRealAsync();
        var created = await WatchTable.At(host).SendAsync("ada", "POST", "/api/v1/rooms", body);

        created.Status.ShouldBe(201, created.Text);
        var movie = created.Json.GetProperty("room").GetProperty("movie");
        movie.GetProperty("title").GetString().ShouldBe(title);
        movie.GetProperty("id").GetString().ShouldBe(movieId ?? created.Json.GetProperty("room").GetProperty("movie_id").GetString());
    }

    [Theory]
    [InlineData("""{"movie_id":"11"}""", "name")]
    [InlineData("""{"name":"a"}""", "movie_id")]
    [InlineData("""{"name":"a","movie_id":"some film"}""", "movie_id")]
    [InlineData("""{"name":"a","movie_id":"0199a000-0000-7000-8000-00000000f11"}""", "movie_id")]
    [InlineData("""{"name":"a","movie_id":0}""", "movie_id")]
    [InlineData("""{"name":"a","movie_id":1.5}""", "movie_id")]
    [InlineData("""{"name":"a","movie_id":"99999999999"}""", "movie_id")]
    [InlineData("""{"name":"a","movie_id":["11"]}""", "movie_id")]
    [InlineData("""{"name":"a","movie_id":true}""", "movie_id")]
    [InlineData("""{"name":"a","movie_id":"some film","media":{"title":"Nosferatu"}}""", "movie_id")]
    [InlineData("""{"name":"a","movie_id":"some film","playlist_id":"0199a000-0000-7000-8000-00000000f11e"}""", "movie_id")]
    [InlineData("""{"name":"a","media":{"url":"https://example.org"}}""", "media.title")]
    public async Task A_body_that_breaks_a_rule_is_refused_with_the_field(string body, string field)
    {
        await using var host = await TestHost.StartRealAsync();
        (await WatchTable.At(host).SendAsync("ada", "POST", "/api/v1/rooms", body)).ShouldBeProblem(400, "invalid_request", field);
    }

    [Fact]
    public async Task Errors_are_texts_as_on_this_surface()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);

        var nobody = await host.PostAsync("/api/v1/rooms", new { name = "a", movie_id = "11" });
        nobody.ShouldBeProblem(401, "account_required");
        nobody["error"].ShouldBe("authorization header required");
        var malformed = await table.SendAsync("bob", "GET", "/api/v1/rooms/friday");
        malformed.ShouldBeProblem(400, "invalid_request", "id");
        malformed["error"].ShouldBe("Invalid room ID");
        var denied = await table.SendAsync("bob", "GET", $"/api/v1/rooms/{table.Id}");
        denied.ShouldBeProblem(403, "not_a_participant");
        denied["error"].ShouldBe("Access denied");
        var joining = await table.SendAsync("bob", "GET", $"/api/v1/rooms/join/{table.Id}");
        joining.ShouldBeProblem(403, "access_needed");
        joining["error"].ShouldBe("Access denied - you need access to this room");
        (await table.SendAsync("bob", "GET", $"/api/v1/rooms/{Guid.NewGuid()}"))["error"].ShouldBe("Room not found");
    }

    [Fact]
    public async Task A_room_is_changed_left_and_deleted()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob");
        var path = $"/api/v1/rooms/{table.Id}";

        var changed = await table.SendAsync("ada", "PUT", path, """{"name":"Saturday","visibility":"public"}""");
        (changed.Status, changed["message"]).ShouldBe((200, "Room updated successfully"));
        changed.Json.GetProperty("room").GetProperty("name").GetString().ShouldBe("Saturday");
        (await table.SendAsync("bob", "PUT", path, """{"name":"mine"}""")).ShouldBeProblem(403, "watch_host_only");
        (await table.SendAsync("bob", "POST", $"{path}/leave")).Status.ShouldBe(200);
        (await table.SendAsync("bob", "DELETE", path)).ShouldBeProblem(403, "watch_host_only");
        (await table.SendAsync("ada", "DELETE", path))["message"].ShouldBe("Room deleted successfully");
        (await table.SendAsync("ada", "GET", path)).ShouldBeProblem(404, "watch_party_not_found");
    }

    [Fact]
    public async Task Invite_tokens_are_invite_codes()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);

        (await table.SendAsync("bob", "POST", "/api/v1/rooms/join", "{}"))["error"].ShouldBe("Invitation token is required");
        (await table.SendAsync("bob", "GET", "/api/v1/rooms/join"))["error"].ShouldBe("Invitation token is required");
        (await table.SendAsync("bob", "POST", "/api/v1/rooms/join", """{"invite_token":"ABCDEF"}"""))["error"]
            .ShouldBe("invalid invitation token");
        var joined = await table.SendAsync("bob", "POST", "/api/v1/rooms/join", $$"""{"invite_token":"{{table.Code}}"}""");
        (joined.Status, joined["message"]).ShouldBe((200, "Successfully joined the room"));
        (await table.SendAsync("cyd", "GET", $"/api/v1/rooms/join?token={table.Code}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_list_has_the_rooms_one_has_a_seat_in_or_was_let_into()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = WatchTable.At(host);
        table.Seed("ada");
        var (mine, granted, left) = (FakeWatchParties.Row("mine"), FakeWatchParties.Row("granted"), FakeWatchParties.Row("left"));
        host.WatchParties.OfMembers.AddRange([
            new WatchPartyOfMember(mine, table["ada"], WatchRole.Host, mine.CreatedAt, null, 0),
            new WatchPartyOfMember(granted, table["ada"], WatchRole.Viewer, null, null, 0),
            new WatchPartyOfMember(left, table["ada"], WatchRole.Viewer, left.CreatedAt, left.CreatedAt, 0),
        ]);

        var listed = await table.SendAsync("ada", "GET", "/api/v1/rooms");
        listed.Status.ShouldBe(200, listed.Text);
        listed.Json.EnumerateArray().Select(room => room.GetProperty("name").GetString()).ShouldBe(["mine", "granted"]);
        (listed.Json[0].GetProperty("role").GetString(), listed.Json[0].GetProperty("invite_code").GetString())
            .ShouldBe(("host", "ABCDEF"));
        listed.Json[1].TryGetProperty("invite_code", out _).ShouldBeFalse("the code is for those who have a seat");
        host.WatchParties.CatchUps.ShouldBe(1);
        (await table.SendAsync("bob", "GET", "/api/v1/rooms")).Text.ShouldBe("[]");
    }

    [Fact]
    public async Task State_and_participants_are_for_members()
    {
        await using var host = await TestHost.StartRealAsync();
        var items = new[] { new { title = "Metropolis", duration_ms = 9_000_000 } };
        var table = await WatchTable.OpenAsync(host, new { items }, "bob");
        await table.DoAsync("ada", "POST", "~/playback/seek", """{"position":12.345}""");
        host.Time.Advance(TimeSpan.FromSeconds(2));

        var state = (await table.SendAsync("bob", "GET", $"/api/v1/rooms/{table.Id}/state")).Json.GetProperty("state");
        (state.GetProperty("room_id").GetString(), state.GetProperty("is_playing").GetBoolean()).ShouldBe((table.Id, false));
        (state.GetProperty("current_time").GetDouble(), state.GetProperty("duration").GetDouble())
            .ShouldBeOneOf((12.34, 9_000), (12.35, 9_000));
        (state.GetProperty("playback_rate").GetDouble(), state.GetProperty("updated_by").GetString()).ShouldBe((1, table["ada"]));
        state.GetProperty("last_updated").GetString().ShouldBe("2026-05-01T20:00:02Z");
        var people = await table.SendAsync("bob", "GET", $"/api/v1/rooms/{table.Id}/participants");
        people["count"].ShouldBe("2");
        var ada = people.Json.GetProperty("participants")[0];
        (ada.GetProperty("user_id").GetString(), ada.GetProperty("username").GetString(), ada.GetProperty("is_host").GetBoolean())
            .ShouldBe((table["ada"], "ada", true));
        (await table.SendAsync("cyd", "GET", $"/api/v1/rooms/{table.Id}/state")).ShouldBeProblem(403, "not_a_participant");
        (await table.SendAsync(null, "GET", $"/api/v1/rooms/{table.Id}/participants")).ShouldBeProblem(401, "account_required");
    }
}
