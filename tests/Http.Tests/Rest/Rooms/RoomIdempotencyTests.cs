using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Rooms;

public sealed class RoomIdempotencyTests
{
    private static readonly (string, string) Key = ("Idempotency-Key", "key-0123456789abcdef");

    [Fact]
    public async Task A_repeated_creation_meets_the_same_room_and_code_with_a_fresh_token_that_works()
    {
        await using var host = await TestHost.StartRealAsync();
        const string Body = """{"name":"Friday","members":[{"user_id":"ada","name":"Ada"}]}""";

        var first = await host.SendAsync(HttpMethod.Post, "/api/rooms", Body, null, Key);
        var again = await host.SendAsync(HttpMethod.Post, "/api/rooms", Body, null, Key);

        again.Status.ShouldBe(201, again.Text);
        (again["_id"], again["code"], again["user_id"]).ShouldBe((first["_id"], first["code"], "ada"));
        again["token"].ShouldNotBe(first["token"]);
        foreach (var token in (string?[])[first["token"], again["token"]])
        {
            (await host.SendAsync(HttpMethod.Get, $"/api/rooms/{first["_id"]}/me", null, token))["user_id"].ShouldBe("ada");
        }

        (await host.SendAsync(HttpMethod.Post, "/api/rooms", """{"name":"Monday"}""", null, Key))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");
    }

    [Fact]
    public async Task A_repeated_join_has_the_same_seat_and_a_token()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);
        var path = $"/api/rooms/{room.Code}/join";

        var first = await host.SendAsync(HttpMethod.Post, path, """{"user_id":"bob","name":"Bob"}""", null, Key);
        await room.JoinAsync("cyd");
        var again = await host.SendAsync(HttpMethod.Post, path, """{"user_id":"bob","name":"Bob"}""", null, Key);

        (first.Status, again.Status).ShouldBe((200, 200), again.Text);
        again.Json.GetProperty("members").GetArrayLength().ShouldBe(3);
        (await host.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}/me", null, again["token"]))["user_id"].ShouldBe("bob");
    }

    [Fact]
    public async Task A_repeated_command_is_carried_out_once_even_when_it_ended_the_token_or_the_room()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var item = await room.AddAsync("ada", "Metropolis");
        var reaction = $$"""{"item_id":"{{item}}","reaction":"fire"}""";

        (await room.SendAsync("ada", "POST", "/api/votes/reactions", reaction, Key))["active"].ShouldBe("True");
        (await room.SendAsync("ada", "POST", "/api/votes/reactions", reaction, Key))["active"].ShouldBe("True");
        var left = await room.SendAsync("bob", "POST", "/api/rooms/~/leave", """{"user_id":"bob"}""", Key);
        var again = await room.SendAsync("bob", "POST", "/api/rooms/~/leave", """{"user_id":"bob"}""", Key);
        (left.Status, again.Text).ShouldBe((200, left.Text));
        (await room.SendAsync("bob", "POST", "/api/rooms/~/leave", """{"user_id":"bob"}""")).ShouldBeProblem(401, "invalid_token");

        (string, string) other = ("Idempotency-Key", "key-fedcba9876543210");
        (await room.SendAsync("ada", "DELETE", "/api/rooms/~", null, other)).Status.ShouldBe(204);
        (await room.SendAsync("ada", "DELETE", "/api/rooms/~", null, other)).Status.ShouldBe(204);
        (await room.SendAsync("ada", "DELETE", "/api/rooms/~")).ShouldBeProblem(404, "room_not_found");
    }

    [Fact]
    public async Task A_repeated_issue_of_a_token_gives_a_fresh_one_and_both_work()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");

        var first = await room.SendAsync("bob", "POST", "/api/rooms/~/token", null, Key);
        var again = await room.SendAsync("bob", "POST", "/api/rooms/~/token", null, Key);

        (first.Status, again.Status, again["user_id"]).ShouldBe((201, 201, "bob"), again.Text);
        again["token"].ShouldNotBe(first["token"]);
        foreach (var token in (string?[])[first["token"], again["token"]])
        {
            (await host.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}/me", null, token))["user_id"].ShouldBe("bob");
        }

        (await room.SendAsync("bob", "POST", "/api/rooms/~/token?again=1", null, Key))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");
        (await room.SendAsync("bob", "POST", "/api/rooms/~/token", null, ("Idempotency-Key", "short")))
            .ShouldBeProblem(400, "invalid_request", "Idempotency-Key");
    }

    [Fact]
    public async Task The_same_key_for_a_user_who_is_written_otherwise_is_refused()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var joined = await host.SendAsync(HttpMethod.Post, $"/api/rooms/{room.Code}/join", """{"user_id":"BOB","name":"Robert"}""");
        joined.Status.ShouldBe(200);

        (await room.SendAsync("ada", "DELETE", "/api/rooms/~/members/bob", null, Key)).Status.ShouldBe(200);
        (await room.SendAsync("ada", "DELETE", "/api/rooms/~/members/BOB", null, Key))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");
    }

    [Fact]
    public async Task The_same_key_with_another_query_or_body_is_refused()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);
        await room.AddAsync("ada", "Metropolis");

        (await room.SendAsync("ada", "POST", "/api/queue/room/~/select?mode=round_robin", null, Key)).Status.ShouldBe(200);
        (await room.SendAsync("ada", "POST", "/api/queue/room/~/select?mode=highest_votes", null, Key))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");
    }
}
