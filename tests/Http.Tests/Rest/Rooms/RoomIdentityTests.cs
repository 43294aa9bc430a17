using AkkaParty.Http.Identity;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Rooms;

public sealed class RoomIdentityTests
{
    /// <summary>Every route that only members may use; ~ is the room, # an item of it.</summary>
    public static TheoryData<string, string, string?> MembersOnly => new()
    {
        { "GET", "/api/rooms/~", null },
        { "PATCH", "/api/rooms/~", """{"name":"x"}""" },
        { "DELETE", "/api/rooms/~", null },
        { "GET", "/api/rooms/~/presence", null },
        { "GET", "/api/rooms/~/me", null },
        { "POST", "/api/rooms/~/token", null },
        { "DELETE", "/api/rooms/~/token", null },
        { "POST", "/api/rooms/~/members", """{"user_id":"x","name":"X"}""" },
        { "PUT", "/api/rooms/~/members/ada", """{"user_id":"ada","name":"X"}""" },
        { "DELETE", "/api/rooms/~/members/ada", null },
        { "POST", "/api/rooms/~/admins", """{"target_user_id":"ada"}""" },
        { "POST", "/api/rooms/~/seats/free", """{"user_id":"ada"}""" },
        { "POST", "/api/rooms/~/leave", """{"user_id":"ada"}""" },
        { "POST", "/api/queue", """{"room_id":"~","title":"x"}""" },
        { "GET", "/api/queue/#", null },
        { "GET", "/api/queue/room/~", null },
        { "PATCH", "/api/queue/#", """{"year":1927}""" },
        { "DELETE", "/api/queue/#", null },
        { "POST", "/api/queue/#/enrich", null },
        { "POST", "/api/queue/#/pick", null },
        { "POST", "/api/queue/#/watch", null },
        { "POST", "/api/queue/room/~/select", null },
        { "GET", "/api/queue/room/~/selections", null },
        { "GET", "/api/queue/room/~/stats", null },
        { "POST", "/api/queue/room/~/voting-round", null },
        { "GET", "/api/queue/room/~/voting-round", null },
        { "POST", "/api/queue/room/~/voting-round/close", null },
        { "POST", "/api/queue/room/~/voting-round/done", null },
        { "POST", "/api/votes", """{"item_id":"#","vote":"up"}""" },
        { "DELETE", "/api/votes/#/ada", null },
        { "GET", "/api/votes/#/ada", null },
        { "GET", "/api/votes/user/#/ada", null },
        { "GET", "/api/votes/item/#", null },
        { "GET", "/api/votes/item/#/counts", null },
        { "GET", "/api/votes/room/~/user/ada", null },
        { "POST", "/api/votes/reactions", """{"item_id":"#","reaction":"fire"}""" },
        { "GET", "/api/votes/reactions/room/~", null },
        { "POST", "/api/votes/history/#/rate", """{"rating":5}""" },
        { "GET", "/api/votes/history/room/~", null },
        { "GET", "/api/votes/history/room/~/stats", null },
        { "GET", "/api/votes/history/room/~/export", null },
    };

    [Theory]
    [MemberData(nameof(MembersOnly))]
    public async Task Refuses_a_missing_garbled_forged_expired_or_foreign_token(string method, string path, string? body)
    {
        await using var host = await TestHost.StartRealAsync(
            new HttpOptions { Rooms = new RoomOptions { TokenLifetime = TimeSpan.FromMinutes(1) } });
        var room = await RoomTable.OpenAsync(host);
        var item = await room.AddAsync("ada", "Metropolis");
        var foreign = await host.SendAsync(HttpMethod.Post, "/api/rooms", """{"name":"Other"}""");
        Task<Answer> Send(string? token) => host.SendAsync(new HttpMethod(method), Filled(path), body is null ? null : Filled(body), token);
        string Filled(string text) => text.Replace("~", room.Id, StringComparison.Ordinal).Replace("#", item, StringComparison.Ordinal);

        var none = await Send(null);
        none.ShouldBeProblem(401, "token_required");
        none.Headers["WWW-Authenticate"].ShouldBe("Bearer");
        (await Send("nonsense")).ShouldBeProblem(401, "invalid_token");
        (await Send(RoomToken.New(room.Id))).ShouldBeProblem(401, "invalid_token");
        (await Send(foreign["token"])).ShouldBeProblem(403, "wrong_room");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        (await Send(room["ada"])).ShouldBeProblem(401, "invalid_token");
    }

    [Fact]
    public async Task Nobody_acts_as_somebody_else()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var item = await room.AddAsync("ada", "Metropolis");

        (await room.SendAsync("bob", "POST", "/api/queue", $$"""{"room_id":"{{room.Id}}","title":"M","added_by":"ada"}"""))
            .ShouldBeProblem(403, "acting_user_mismatch", "added_by");
        (await room.SendAsync("bob", "POST", "/api/votes", $$"""{"item_id":"{{item}}","user_id":"ada","vote":"up"}"""))
            .ShouldBeProblem(403, "acting_user_mismatch", "user_id");
        (await room.SendAsync("bob", "POST", "/api/votes/reactions", $$"""{"item_id":"{{item}}","user_id":"ada","reaction":"fire"}"""))
            .ShouldBeProblem(403, "acting_user_mismatch", "user_id");
        (await room.SendAsync("bob", "POST", "/api/rooms/~/leave", """{"user_id":"ada"}"""))
            .ShouldBeProblem(403, "acting_user_mismatch", "user_id");
        (await room.SendAsync("bob", "POST", "/api/rooms/~/admins", """{"acting_user_id":"ada","target_user_id":"bob"}"""))
            .ShouldBeProblem(403, "acting_user_mismatch", "acting_user_id");
        (await room.SendAsync("bob", "DELETE", "/api/rooms/~?acting_user_id=ada"))
            .ShouldBeProblem(403, "acting_user_mismatch", "acting_user_id");
        (await room.SendAsync("bob", "POST", $"/api/votes/history/{item}/rate", """{"user_id":"ada","rating":5}"""))
            .ShouldBeProblem(403, "acting_user_mismatch", "user_id");
    }

    [Fact]
    public async Task A_left_out_user_is_the_holder_of_the_token()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");

        var added = await room.SendAsync("bob", "POST", "/api/queue", $$"""{"room_id":"{{room.Id.ToUpperInvariant()}}","title":"M"}""");
        added["added_by"].ShouldBe("bob");
        (await room.SendAsync("bob", "POST", "/api/votes", $$"""{"item_id":"{{added["_id"]}}","vote":"up"}"""))["user_id"].ShouldBe("bob");
    }

    [Fact]
    public async Task An_open_server_asks_for_no_tokens_and_takes_whoever_the_request_names()
    {
        await using var host = await TestHost.StartRealAsync(new HttpOptions { Rooms = new RoomOptions { Access = RoomAccess.Open } });
        var created = (await RoomTable.OpenAsync(host)).Created;
        var room = created["_id"];

        var joined = await host.SendAsync(HttpMethod.Post, $"/api/rooms/{created["code"]}/join", """{"user_id":"bob","name":"Bob"}""");
        joined.Status.ShouldBe(200, joined.Text);
        (await host.SendAsync(HttpMethod.Post, $"/api/rooms/{created["code"]}/join", """{"user_id":"bob","name":"Bobby"}""")).Json
            .GetProperty("members")[1].GetProperty("name").GetString().ShouldBe("Bob");
        var item = await host.SendAsync(HttpMethod.Post, "/api/queue", $$"""{"room_id":"{{room}}","title":"M","added_by":"eve"}""");
        item.Status.ShouldBe(201, item.Text);
        (await host.SendAsync(HttpMethod.Post, "/api/votes", $$"""{"item_id":"{{item["_id"]}}","user_id":"eve","vote":"up"}"""))
            .Status.ShouldBe(201);
        (await host.SendAsync(HttpMethod.Post, "/api/votes", $$"""{"item_id":"{{item["_id"]}}","vote":"up"}"""))
            .ShouldBeInputProblem("validation_failed", "body.user_id");
        (await host.SendAsync(HttpMethod.Get, $"/api/queue/room/{room}")).Json.GetArrayLength().ShouldBe(1);
        (await host.SendAsync(HttpMethod.Post, $"/api/queue/room/{room}/select"))["_id"].ShouldBe(item["_id"]);
        (await host.SendAsync(HttpMethod.Delete, $"/api/rooms/{room}?acting_user_id=bob")).ShouldBeProblem(403, "admin_only");
        host.RoomsOfMembers.Rooms.Add(room!);
        RoomTable.Each(await host.SendAsync(HttpMethod.Get, "/api/rooms/member/bob"), "_id").ShouldBe([room]);
        host.RoomsOfMembers.Asked.ShouldBe([("bob", null)]);
        (await host.SendAsync(HttpMethod.Delete, $"/api/rooms/{room}?acting_user_id=ada")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Calls_with_a_token_are_limited()
    {
        await using var host = await TestHost.StartRealAsync(new HttpOptions { Rates = new CallRateOptions { TokenPerMinute = 2 } });
        var room = await RoomTable.OpenAsync(host, "bob");

        (await room.SendAsync("ada", "GET", "/api/rooms/~")).Status.ShouldBe(200);
        (await room.SendAsync("ada", "POST", "/api/queue", "not json")).ShouldBeInputProblem("validation_failed", "body.1");
        (await room.SendAsync("ada", "GET", "/api/rooms/~")).ShouldBeProblem(429, "rate_limited");
        (await room.SendAsync("bob", "GET", "/api/rooms/~")).Status.ShouldBe(200);
    }
}
