using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.SyncRooms;

/// <summary>Accounts that ask to be let into rooms.</summary>
public sealed class RoomAccessTests
{
    [Fact]
    public async Task An_account_asks_the_host_grants_and_it_may_join()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        var path = $"/api/v1/rooms/{table.Id}/room-access";

        (await table.SendAsync("bob", "GET", $"{path}/status"))["error"].ShouldBe("No room access request found");
        var asked = await table.SendAsync("bob", "POST", path, """{"request_message":"please"}""");
        (asked.Status, asked["status"]).ShouldBe((202, "requested"), asked.Text);
        (await table.SendAsync("bob", "GET", $"{path}/status"))["status"].ShouldBe("requested");
        (await table.SendAsync("bob", "GET", path)).Status.ShouldBe(403);
        var only = (await table.SendAsync("ada", "GET", path)).Json.GetProperty("requests").EnumerateArray().ShouldHaveSingleItem();
        (only.GetProperty("user_id").GetString(), only.GetProperty("request_message").GetString(), only.GetProperty("status").GetString())
            .ShouldBe((table["bob"], "please", "requested"));

        (await table.SendAsync("bob", "POST", $"{path}/{table["bob"]}/approve", """{"approved":true}"""))
            .ShouldBeProblem(403, "watch_host_only");
        (await table.SendAsync("ada", "POST", $"{path}/{table["bob"]}/approve", "{}")).ShouldBeProblem(400, "invalid_request", "approved");
        var granted = await table.SendAsync("ada", "POST", $"{path}/{table["bob"]}/approve", """{"approved":true,"message":"welcome"}""");
        (granted.Status, granted["user_id"], granted["status"]).ShouldBe((200, table["bob"], "granted"), granted.Text);
        (await table.SendAsync("ada", "POST", $"{path}/{table["bob"]}/approve", """{"approved":false}"""))
            .ShouldBeProblem(409, "access_reviewed");
        (await table.SendAsync("bob", "GET", $"{path}/status"))["message"].ShouldBe("welcome");
        (await table.SendAsync("bob", "GET", $"/api/v1/rooms/join/{table.Id}")).Status.ShouldBe(200);
        var already = await table.SendAsync("bob", "POST", path);
        already.ShouldBeProblem(409, "access_already");
        already["error"].ShouldBe("User already has access to this room");
    }

    [Fact]
    public async Task A_denied_account_stays_out()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        var path = $"/api/v1/rooms/{table.Id}/room-access";

        (await table.SendAsync("bob", "POST", path)).Status.ShouldBe(202);
        (await table.SendAsync("ada", "POST", $"{path}/{table["bob"]}/approve", """{"approved":false}"""))["status"].ShouldBe("denied");
        (await table.SendAsync("bob", "GET", $"{path}/status"))["status"].ShouldBe("denied");
        (await table.SendAsync("bob", "GET", $"/api/v1/rooms/join/{table.Id}")).ShouldBeProblem(403, "access_needed");
        (await table.SendAsync("ada", "POST", $"{path}/{Guid.NewGuid()}/approve", """{"approved":true}"""))
            .ShouldBeProblem(404, "access_request_not_found");
    }

    [Fact]
    public async Task Only_the_host_invites_and_learns_nothing_about_who_has_an_account()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob");
        table.Seed("cyd");
        var path = $"/api/v1/rooms/{table.Id}/invite";

        var refused = await table.SendAsync("bob", "POST", path, """{"email":"cyd@example.org"}""");
        refused.ShouldBeProblem(403, "watch_host_only");
        refused["error"].ShouldBe("only room host can send invitations");
        var known = await table.SendAsync("ada", "POST", path, """{"email":"cyd@example.org","message":"come"}""");
        var unknown = await table.SendAsync("ada", "POST", path, """{"email":"nobody@example.org"}""");
        (known.Status, known.Text).ShouldBe((unknown.Status, unknown.Text));
        (known.Status, known["invite_token"]).ShouldBe((200, table.Code));
        (await table.SendAsync("cyd", "GET", $"/api/v1/rooms/join/{table.Id}")).Status.ShouldBe(200, "the account may come in now");
    }
}
