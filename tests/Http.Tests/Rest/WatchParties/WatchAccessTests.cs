using AkkaParty.Accounts;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.WatchParties;

/// <summary>Who may see a watch party and join it.</summary>
public sealed class WatchAccessTests
{
    [Fact]
    public async Task A_private_party_is_shown_to_participants_only_and_joined_by_its_code()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);

        var nobody = await table.SendAsync(null, "GET", "~");
        nobody.ShouldFail(403, "FORBIDDEN");
        nobody.Text.ShouldContain("unauthorized: party is private");
        var stranger = await table.SendAsync("bob", "GET", "~");
        stranger.ShouldFail(403, "FORBIDDEN");
        stranger.Text.ShouldContain("unauthorized: not a participant");
        (await table.SendAsync("bob", "GET", "~/participants")).ShouldFail(403, "FORBIDDEN");
        (await table.JoinAsync("bob", table.Id)).ShouldFail(403, "FORBIDDEN", "access_needed");
        (await table.JoinAsync("bob", table.Code.ToLowerInvariant())).ShouldFail(404, "NOT_FOUND");
        (await table.JoinAsync("bob", "ABCDEF")).ShouldFail(404, "NOT_FOUND");
        WatchTable.Data(await table.JoinAsync("bob"));
    }

    [Fact]
    public async Task A_public_party_is_shown_to_everybody_without_its_code_and_joined_by_its_id()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { visibility = "public" });

        var seen = WatchTable.Data(await table.SendAsync(null, "GET", "~"));
        seen.TryGetProperty("invite_code", out _).ShouldBeFalse("the code is for those who have a seat");
        WatchTable.Data(await table.SendAsync(null, "GET", "~/participants")).GetProperty("count").GetInt32().ShouldBe(1);
        WatchTable.Data(await table.JoinAsync("bob", table.Id));
        (await table.SendAsync(null, "GET", "~/messages")).ShouldFail(401, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Friends_of_the_host_see_and_join_by_the_id()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { visibility = "friends" });
        table.Seed("bob");
        host.Accounts.Befriend(Guid.Parse(table["ada"]), Guid.Parse(table["bob"]));

        WatchTable.Data(await table.SendAsync("bob", "GET", "~")).GetProperty("title").GetString().ShouldBe("Friday");
        (await table.SendAsync("cyd", "GET", "~")).ShouldFail(403, "FORBIDDEN");
        (await table.JoinAsync("cyd", table.Id)).ShouldFail(403, "FORBIDDEN", "access_needed");
        WatchTable.Data(await table.JoinAsync("bob", table.Id));
        WatchTable.Data(await table.JoinAsync("cyd"));
    }

    [Fact]
    public async Task Where_only_the_invited_come_in_the_code_alone_does_not_do()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { visibility = "invite" });
        table.Seed("bob");
        table.Seed("cyd");

        (await table.JoinAsync("bob")).ShouldFail(403, "FORBIDDEN", "access_needed");
        await table.DoAsync("ada", "POST", "~/invite", """{"email":"bob@example.org"}""");
        WatchTable.Data(await table.JoinAsync("bob", table.Id));
        await table.DoAsync("ada", "POST", "~/invite", """{"email":"nobody@example.org"}""");
        (await table.SendAsync("ada", "POST", "~/invite", $$"""{"user_id":"{{Guid.NewGuid()}}"}"""))
            .ShouldFail(404, "NOT_FOUND", "account_not_found");
        (await table.SendAsync("bob", "POST", "~/invite", """{"email":"cyd@example.org"}""")).ShouldFail(403, "FORBIDDEN");
    }

    [Fact]
    public async Task A_password_is_asked_of_whoever_has_no_seat_yet()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { password = "popcorn" });

        table.Created.Text.ShouldNotContain("popcorn");
        WatchTable.Data(table.Created, 201).GetProperty("party").GetProperty("has_password").GetBoolean().ShouldBeTrue();
        (await table.JoinAsync("bob")).ShouldFail(403, "PASSWORD_REQUIRED", "password_required");
        (await table.JoinAsync("bob", null, """{"password":"crisps"}""")).ShouldFail(403, "INVALID_PASSWORD", "password_wrong");
        WatchTable.Data(await table.JoinAsync("bob", null, """{"password":"popcorn"}"""));
        WatchTable.Data(await table.JoinAsync("bob"));

        await table.DoAsync("ada", "PATCH", "~/settings", """{"password":"nachos"}""");
        (await table.JoinAsync("cyd", null, """{"password":"popcorn"}""")).ShouldFail(403, "INVALID_PASSWORD");
        var gone = await table.DoAsync("ada", "PATCH", "~/settings", """{"password":""}""");
        gone.GetProperty("has_password").GetBoolean().ShouldBeFalse();
        WatchTable.Data(await table.JoinAsync("cyd"));
        (await table.SendAsync("ada", "PATCH", "~/settings", """{"password":"abc"}""")).ShouldFail(400, "INVALID_REQUEST");
    }

    [Fact]
    public async Task A_full_party_says_how_full_it_is()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { max_participants = 2 }, "bob");

        var full = await table.JoinAsync("cyd");
        full.ShouldFail(403, "PARTY_FULL");
        full.Text.ShouldContain("party is full: 2/2 participants");
    }

    [Fact]
    public async Task An_administrator_sees_and_may_end_every_party()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        table.Seed("root", AccountRole.Admin);

        WatchTable.Data(await table.SendAsync("root", "GET", "~"));
        WatchTable.Data(await table.SendAsync("root", "POST", "~/end"));
    }

    [Fact]
    public async Task Revoked_and_unknown_tokens_are_refused_also_where_nobody_need_be_known()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { visibility = "public" });

        (await host.GetAsync($"/api/v1/watch-parties/{table.Id}", "a.b.c")).ShouldFail(401, "UNAUTHORIZED");
        host.Accounts.Revoke(table.TokenOf("ada"));
        var revoked = await table.SendAsync("ada", "GET", "~");
        revoked.ShouldFail(401, "UNAUTHORIZED");
        revoked.Text.ShouldContain("Invalid or expired token");
        host.Accounts.Failure = new AccountsUnavailableException("away");
        (await table.SendAsync("ada", "GET", "~")).ShouldFail(503, "SERVICE_UNAVAILABLE");
    }
}
