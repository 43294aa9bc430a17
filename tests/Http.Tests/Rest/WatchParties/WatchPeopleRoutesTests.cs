using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.WatchParties;

/// <summary>Roles, kicks, bans and mutes over REST.</summary>
public sealed class WatchPeopleRoutesTests
{
    [Fact]
    public async Task The_host_makes_co_hosts_and_hands_the_role_over()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob", "cyd");

        (await table.SendAsync("bob", "POST", "~/co-hosts", User(table, "bob"))).ShouldFail(403, "FORBIDDEN");
        await table.DoAsync("ada", "POST", "~/co-hosts", User(table, "bob"));
        (await table.SeatsAsync()).ShouldBe("ada:host bob:co-host cyd:viewer");
        await table.DoAsync("ada", "DELETE", $"~/co-hosts/{table["bob"]}");
        (await table.SeatsAsync()).ShouldBe("ada:host bob:viewer cyd:viewer");
        await table.DoAsync("ada", "POST", "~/transfer-host", User(table, "cyd"));
        (await table.SeatsAsync()).ShouldBe("ada:co-host bob:viewer cyd:host");
        (await table.SendAsync("ada", "POST", "~/transfer-host", User(table, "ada"))).ShouldFail(403, "FORBIDDEN");
        (await table.SendAsync("cyd", "POST", "~/co-hosts", """{"user_id":"somebody"}""")).ShouldFail(400, "INVALID_REQUEST");
        (await table.SendAsync("cyd", "POST", "~/co-hosts", $$"""{"user_id":"{{Guid.NewGuid()}}"}"""))
            .ShouldFail(404, "NOT_FOUND", "watch_member_not_found");
    }

    [Fact]
    public async Task Who_was_kicked_stays_out_until_invited_again()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob", "cyd");

        (await table.SendAsync("bob", "POST", "~/kick", User(table, "cyd"))).ShouldFail(403, "FORBIDDEN", "watch_co_host_only");
        await table.DoAsync("ada", "POST", "~/kick", User(table, "bob"));
        (await table.SeatsAsync()).ShouldBe("ada:host cyd:viewer");
        (await table.JoinAsync("bob")).ShouldFail(403, "KICKED", "watch_kicked");
        (await table.SendAsync("bob", "GET", "~/messages")).ShouldFail(403, "FORBIDDEN");
        await table.DoAsync("ada", "POST", "~/invite", User(table, "bob"));
        WatchTable.Data(await table.JoinAsync("bob"));
        (await table.SendAsync("bob", "POST", "~/kick", User(table, "ada"))).ShouldFail(403, "FORBIDDEN");
    }

    [Fact]
    public async Task A_ban_holds_until_the_host_lifts_it()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob");

        await table.DoAsync("ada", "POST", "~/kick", $$"""{"user_id":"{{table["bob"]}}","ban":true}""");
        (await table.JoinAsync("bob")).ShouldFail(403, "BANNED", "watch_banned");
        (await table.SendAsync("ada", "POST", "~/invite", User(table, "bob"))).ShouldFail(403, "BANNED");
        var bans = await table.DoAsync("ada", "GET", "~/bans");
        bans.GetProperty("bans")[0].GetProperty("user_id").GetString().ShouldBe(table["bob"]);
        await table.DoAsync("ada", "DELETE", $"~/bans/{table["bob"]}");
        (await table.DoAsync("ada", "GET", "~/bans")).GetProperty("count").GetInt32().ShouldBe(0);
        (await table.SendAsync("ada", "DELETE", $"~/bans/{table["bob"]}")).ShouldFail(404, "NOT_FOUND", "ban_not_found");
    }

    [Fact]
    public async Task Whoever_is_muted_says_nothing_and_does_not_react()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob");

        await table.DoAsync("ada", "POST", "~/mute", User(table, "bob"));
        (await table.SendAsync("bob", "POST", "~/messages", """{"message":"hello"}""")).ShouldFail(403, "MUTED");
        (await table.SendAsync("bob", "POST", "~/react", """{"emoji":"🍿"}""")).ShouldFail(403, "MUTED");
        await table.DoAsync("ada", "POST", "~/mute", $$"""{"user_id":"{{table["bob"]}}","muted":false}""");
        await table.DoAsync("bob", "POST", "~/messages", """{"message":"hello"}""", 201);
    }

    [Fact]
    public async Task Twenty_kicks_an_hour_are_enough()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        var nobody = $$"""{"user_id":"{{Guid.NewGuid()}}"}""";
        for (var i = 0; i < 20; i++)
        {
            (await table.SendAsync("ada", "POST", "~/kick", nobody)).Status.ShouldBe(404);
        }

        (await table.SendAsync("ada", "POST", "~/kick", nobody)).Status.ShouldBe(429);
    }

    private static string User(WatchTable table, string name) => $$"""{"user_id":"{{table[name]}}"}""";
}
