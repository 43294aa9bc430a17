using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Rooms;

public sealed class VoteRoutesTests
{
    [Fact]
    public async Task Casts_changes_shows_and_takes_back_a_vote()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var item = await room.AddAsync("ada", "Metropolis");

        var cast = await room.VoteAsync("bob", item);
        cast.Text.ShouldBe(
            $$$"""
            {"item_id":"{{{item}}}","user_id":"bob","vote":"up","voted_at":"2026-05-01T20:00:00.000000",
            "vote_counts":{"upvotes":1,"downvotes":0,"vote_score":1}}
            """.ReplaceLineEndings(string.Empty));
        (await room.VoteAsync("bob", item, "down")).Json.GetProperty("vote_counts").GetProperty("vote_score").GetInt32().ShouldBe(-1);
        foreach (var path in (string[])[$"/api/votes/{item}/bob", $"/api/votes/user/{item}/bob"])
        {
            (await room.SendAsync("ada", "GET", path))["vote"].ShouldBe("down", path);
        }

        (await room.SendAsync("ada", "DELETE", $"/api/votes/{item}/bob")).ShouldBeProblem(403, "acting_user_mismatch", "user_id");
        (await room.SendAsync("bob", "DELETE", $"/api/votes/{item}/bob")).Status.ShouldBe(204);
        var again = await room.SendAsync("bob", "DELETE", $"/api/votes/{item}/bob");
        again.ShouldBeProblem(404, "vote_not_found");
        again["detail"].ShouldBe("Vote not found");
        (await room.SendAsync("ada", "GET", $"/api/votes/{item}/bob")).ShouldBeProblem(404, "vote_not_found");
    }

    [Fact]
    public async Task Lists_votes_by_item_and_by_member()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob", "item");
        var (first, second) = (await room.AddAsync("ada", "First"), await room.AddAsync("ada", "Second"));
        await room.VoteAsync("bob", first);
        await room.VoteAsync("ada", first, "down");
        await room.VoteAsync("bob", second, "down");

        RoomTable.Each(await room.SendAsync("ada", "GET", $"/api/votes/item/{first}"), "user_id").ShouldBe(["bob", "ada"]);
        (await room.SendAsync("ada", "GET", $"/api/votes/item/{first}/counts")).Text
            .ShouldBe("""{"upvotes":1,"downvotes":1,"vote_score":0}""");
        (await room.SendAsync("ada", "GET", "/api/votes/room/~/user/bob")).Text
            .ShouldBe($$"""{"{{first}}":"up","{{second}}":"down"}""");
    }

    [Fact]
    public async Task An_unknown_item_is_400_for_a_vote_and_404_elsewhere()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);
        var unknown = room.Id[..16] + "000000ff";

        var vote = await room.SendAsync("ada", "POST", "/api/votes", $$"""{"item_id":"{{unknown}}","vote":"up"}""");
        vote.ShouldBeProblem(400, "vote_item_not_found");
        vote["detail"].ShouldBe("Item not found");
        var malformed = await room.SendAsync("ada", "POST", "/api/votes", """{"item_id":"x","vote":"up"}""");
        malformed.ShouldBeProblem(400, "invalid_item_id", "item_id");
        malformed["detail"].ShouldBe("Invalid item_id");
        (await room.SendAsync("ada", "GET", $"/api/queue/{unknown}")).ShouldBeProblem(404, "item_not_found");
        (await room.SendAsync("ada", "GET", $"/api/votes/item/{unknown}")).ShouldBeProblem(404, "item_not_found");
        (await room.SendAsync("ada", "GET", "/api/queue/x")).ShouldBeProblem(400, "invalid_item_id", "item_id");
        (await room.SendAsync("ada", "GET", "/api/queue/room/x")).ShouldBeProblem(400, "invalid_room_id", "room_id");
    }

    [Fact]
    public async Task Reactions_are_turned_over_or_set_and_listed()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var item = await room.AddAsync("ada", "Metropolis");

        (await React("bob", "fire")).Text.ShouldBe($$"""{"item_id":"{{item}}","user_id":"bob","reaction":"fire","active":true}""");
        (await React("ada", "fire"))["active"].ShouldBe("True");
        (await React("ada", "scream"))["active"].ShouldBe("True");
        (await room.SendAsync("ada", "GET", "/api/votes/reactions/room/~")).Text
            .ShouldBe($$$"""{"{{{item}}}":{"fire":["ada","bob"],"scream":["ada"]}}""");
        (await React("bob", "fire"))["active"].ShouldBe("False");
        (await React("bob", "fire", ",\"active\":false"))["active"].ShouldBe("False");
        (await React("bob", "wow")).ShouldBeInputProblem("item_reaction_invalid", "body.reaction");

        Task<Answer> React(string userId, string reaction, string more = "") => room.SendAsync(
            userId,
            "POST",
            "/api/votes/reactions",
            $$"""{"item_id":"{{item}}","user_id":"{{userId}}","reaction":"{{reaction}}"{{more}}}""");
    }

    [Fact]
    public async Task A_round_without_revotes_refuses_a_second_vote()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);
        var item = await room.AddAsync("ada", "Metropolis");
        await room.SendAsync("ada", "PATCH", "/api/rooms/~", """{"settings":{"allow_revotes":false}}""");
        await room.SendAsync("ada", "POST", "/api/queue/room/~/voting-round");
        await room.VoteAsync("ada", item);

        (await room.SendAsync("ada", "POST", "/api/votes", $$"""{"item_id":"{{item}}","vote":"down"}"""))
            .ShouldBeProblem(409, "revote_not_allowed");
        (await room.SendAsync("ada", "DELETE", $"/api/votes/{item}/ada")).ShouldBeProblem(409, "revote_not_allowed");
    }
}
