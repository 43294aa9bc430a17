using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.SyncRooms;

/// <summary>People without accounts.</summary>
public sealed class GuestRoutesTests
{
    [Fact]
    public async Task A_guest_asks_the_host_approves_and_only_the_guest_gets_the_token()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        var room = $"/api/v1/rooms/{table.Id}";

        var asked = await table.SendAsync(null, "POST", $"{room}/request-access", """{"guest_name":"Gus","message":"let me in"}""");
        (asked.Status, asked["status"]).ShouldBe((202, "pending"), asked.Text);
        asked.Text.ShouldNotContain("session_token");
        var secret = asked["request_id"]!;
        (await table.SendAsync(null, "GET", $"/api/v1/guest-requests/{secret}/status"))["status"].ShouldBe("pending");

        var only = (await table.SendAsync("ada", "GET", $"{room}/guest-requests")).Json.GetProperty("requests")
            .EnumerateArray().ShouldHaveSingleItem();
        (only.GetProperty("guest_name").GetString(), only.GetProperty("request_message").GetString()).ShouldBe(("Gus", "let me in"));
        var id = only.GetProperty("id").GetString()!;
        secret.ShouldStartWith(id);
        var approved = await table.SendAsync("ada", "POST", $"{room}/guest-requests/{id}/approve", """{"approved":true}""");
        (approved.Status, approved["request_id"], approved["status"]).ShouldBe((200, id, "approved"), approved.Text);
        approved.Text.ShouldNotContain("token");
        (await table.SendAsync("ada", "GET", $"/api/v1/guest-requests/{id}/status")).Text.ShouldNotContain("token");
        (await table.SendAsync(null, "GET", $"/api/v1/guest-requests/{id}/status")).Status.ShouldBe(401, "the short id is the host's");
        (await table.SendAsync("ada", "POST", $"{room}/guest-requests/{id}/approve", """{"approved":false}"""))["error"]
            .ShouldBe("Guest request has already been reviewed");

        var status = await table.SendAsync(null, "GET", $"/api/v1/guest-requests/{secret}/status");
        (status["status"], status["expires_at"]).ShouldBe(("approved", "2026-05-02T20:00:00Z"));
        var token = status["session_token"].ShouldNotBeNull();
        (await table.SendAsync(null, "GET", $"/api/v1/guest-requests/{secret}/status"))["session_token"]
            .ShouldBe(token, "asking twice ends nothing");
        (await table.SeatsAsync()).ShouldBe("ada:host Gus:viewer");
    }

    [Fact]
    public async Task A_guests_token_is_checked_and_shows_the_room()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { items = new[] { new { title = "Metropolis" } } });
        var (_, token) = await table.LetInAsync("Gus");

        var valid = await host.GetAsync($"/api/v1/guest/validate/{token}");
        (valid.Status, valid["valid"], valid["room_id"], valid["guest_name"], valid["expires_at"])
            .ShouldBe((200, "True", table.Id, "Gus", "2026-05-02T20:00:00Z"));
        var path = $"/api/v1/guest/rooms/{table.Id}";
        (await host.GetAsync(path))["error"].ShouldBe("Guest token required");
        var room = await table.AsGuestAsync(token, "GET", path);
        (room["id"], room["name"]).ShouldBe((table.Id, "Friday"), room.Text);
        room.Json.GetProperty("movie").GetProperty("title").GetString().ShouldBe("Metropolis");
        (await host.GetAsync($"{path}?guestToken={token}")).Status.ShouldBe(200);
        (await host.GetAsync($"{path}?token={token}")).Status.ShouldBe(200);
        (await host.GetAsync(path, token)).Status.ShouldBe(200, "as a bearer token as well");

        host.Time.Advance(TimeSpan.FromHours(25));
        (await host.GetAsync($"/api/v1/guest/validate/{token}"))["error"].ShouldBe("Invalid or expired session");
        (await host.GetAsync("/api/v1/guest/validate/nonsense")).ShouldBeProblem(401, "guest_token_invalid");
        (await table.AsGuestAsync(token, "GET", path))["error"].ShouldBe("Invalid or expired guest token");
    }

    [Fact]
    public async Task A_guest_does_what_viewers_do_and_nothing_in_another_room()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        var other = await WatchTable.OpenAsync(host);
        var (_, token) = await table.LetInAsync("Gus");

        (await table.AsGuestAsync(token, "POST", "~/messages", """{"message":"hello"}""")).Status.ShouldBe(201);
        (await table.AsGuestAsync(token, "POST", "~/playback/play")).ShouldFail(403, "FORBIDDEN", "control_not_allowed");
        (await table.AsGuestAsync(token, "POST", "~/end")).ShouldFail(403, "FORBIDDEN");
        (await table.AsGuestAsync(token, "POST", "~/ticket")).Status.ShouldBe(201);
        (await table.AsGuestAsync(token, "GET", $"/api/v1/rooms/{table.Id}/state")).Status.ShouldBe(200);
        (await other.AsGuestAsync(token, "GET", "~/messages")).ShouldFail(403, "FORBIDDEN", "guest_of_other_party");
        (await table.AsGuestAsync(token, "GET", $"/api/v1/guest/rooms/{other.Id}"))["error"]
            .ShouldBe("Guest token not valid for this room");
        (await table.AsGuestAsync(token, "POST", "/api/v1/watch-parties", """{"title":"mine"}""")).ShouldFail(401, "UNAUTHORIZED");
    }

    [Fact]
    public async Task In_a_public_room_nobody_waits()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { visibility = "public" });

        var asked = await table.SendAsync(null, "POST", $"/api/v1/rooms/{table.Id}/request-access", """{"guest_name":"Gus"}""");
        (asked.Status, asked["status"]).ShouldBe((202, "approved"), asked.Text);
        (await table.AsGuestAsync(asked["session_token"]!, "GET", "~/me")).Status.ShouldBe(200);
        (await table.SendAsync(null, "POST", $"/api/v1/rooms/{table.Id}/request-access", """{"guest_name":"gus"}"""))
            .ShouldBeProblem(409, "guest_name_taken", "guest_name");
        (await table.SendAsync(null, "POST", $"/api/v1/rooms/{table.Id}/request-access", "{}"))
            .ShouldBeProblem(400, "invalid_request", "guest_name");
        (await table.SendAsync(null, "POST", "/api/v1/rooms/friday/request-access", """{"guest_name":"Gus"}"""))["error"]
            .ShouldBe("Invalid room ID");
    }

    [Fact]
    public async Task A_banned_guest_stays_out_under_another_name_too()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { visibility = "public" });
        var path = $"/api/v1/rooms/{table.Id}/request-access";
        var asked = await table.SendAsync(null, "POST", path, """{"guest_name":"Gus"}""");
        var (token, cookie) = (asked["session_token"]!, asked.Headers["Set-Cookie"].Split(';')[0]);
        asked.Headers["Set-Cookie"].ShouldContain("httponly", Case.Insensitive);
        var gus = (await table.AsGuestAsync(token, "GET", "~/me")).Json.GetProperty("data").GetProperty("participant")
            .GetProperty("user_id").GetString();

        await table.DoAsync("ada", "POST", "~/kick", $$"""{"user_id":"{{gus}}","ban":true}""");
        (await table.AsGuestAsync(token, "GET", "~/messages")).Status.ShouldBeOneOf(401, 403);
        (await table.SendAsync(null, "POST", path, """{"guest_name":"Max"}""", ("Cookie", cookie))).ShouldBeProblem(403, "watch_banned");
        (await table.SendAsync(null, "POST", path, """{"guest_name":"Max"}""", ("X-Guest-Token", token)))
            .ShouldBeProblem(403, "watch_banned");
        (await table.SendAsync("eve", "GET", $"/api/v1/rooms/join/{table.Id}", null, ("Cookie", cookie)))
            .ShouldBeProblem(403, "watch_banned");
        (await table.SendAsync(null, "POST", path, """{"guest_name":"Max"}""")).Status.ShouldBe(202, "somebody else may come");
    }

    [Fact]
    public async Task Requests_that_do_not_exist_and_texts_that_are_none_are_not_found()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        var prefix = table.Id.Replace("-", "", StringComparison.Ordinal);

        (await host.GetAsync("/api/v1/guest-requests/nothing/status")).ShouldBeProblem(404, "guest_request_not_found");
        (await host.GetAsync($"/api/v1/guest-requests/{prefix}{new string('0', 48)}/status"))
            .ShouldBeProblem(404, "guest_request_not_found");
        (await table.SendAsync("ada", "POST", $"/api/v1/rooms/{table.Id}/guest-requests/nothing/approve", """{"approved":true}"""))
            .ShouldBeProblem(404, "guest_request_not_found");
        var unknown = $"/api/v1/rooms/{table.Id}/guest-requests/{prefix}{new string('0', 16)}/approve";
        (await table.SendAsync("ada", "POST", unknown, """{"approved":true}"""))
            .ShouldBeProblem(404, "guest_request_not_found");
    }
}
