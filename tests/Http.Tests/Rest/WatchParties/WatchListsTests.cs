using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Http.Tests.Rest.WatchParties;

/// <summary>Lists of watch parties.</summary>
public sealed class WatchListsTests
{
    private static readonly DateTimeOffset Ended = new(2026, 5, 1, 20, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Public_parties_are_listed_to_everybody_page_by_page()
    {
        await using var host = await TestHost.StartRealAsync();
        host.WatchParties.Public.AddRange(
            [FakeWatchParties.Row("first"), FakeWatchParties.Row("second", 5), FakeWatchParties.Row("third", 3)]);

        var page = WatchTable.Data(await host.GetAsync("/api/v1/watch-parties/public?limit=2&offset=1"));
        Titles(page).ShouldBe("second|third");
        page.GetProperty("parties")[0].TryGetProperty("invite_code", out _).ShouldBeFalse("a list gives no codes away");
        Titles(WatchTable.Data(await host.GetAsync("/api/v1/watch-parties/trending?limit=2"))).ShouldBe("second|third");
        (await host.GetAsync("/api/v1/watch-parties/public?limit=101")).ShouldFail(400, "INVALID_REQUEST");
        (await host.GetAsync("/api/v1/watch-parties/trending?limit=51")).ShouldFail(400, "INVALID_REQUEST");
        host.WatchParties.Failure = new JournalUnavailableException("away");
        (await host.GetAsync("/api/v1/watch-parties/public")).ShouldFail(503, "SERVICE_UNAVAILABLE", "store_unavailable");
    }

    [Fact]
    public async Task History_tells_who_what_and_how_long_of_ended_parties()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = WatchTable.At(host);
        table.Seed("ada");
        Add(host, table["ada"], FakeWatchParties.Row("Friday", 3, Ended), WatchRole.Host);
        Add(host, table["ada"], FakeWatchParties.Row("today"), WatchRole.Viewer);

        var data = await table.DoAsync("ada", "GET", "/api/v1/watch-parties/history?page=1&limit=5");
        var only = data.GetProperty("history").EnumerateArray().ShouldHaveSingleItem();
        (only.GetProperty("party").GetProperty("title").GetString(), only.GetProperty("role").GetString()).ShouldBe(("Friday", "host"));
        (only.GetProperty("duration_seconds").GetInt64(), only.GetProperty("watched_seconds").GetInt64()).ShouldBe((7_200, 90));
        data.GetProperty("pagination").ToString().ShouldBe("""{"page":1,"limit":5,"total_count":1,"total_pages":1}""");
        (await host.GetAsync("/api/v1/watch-parties/history")).ShouldFail(401, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Statistics_are_ones_own()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = WatchTable.At(host);
        table.Seed("ada");
        table.Seed("bob");
        Add(host, table["ada"], FakeWatchParties.Row("Friday", 3, Ended, table["ada"]), WatchRole.Host);
        Add(host, table["ada"], FakeWatchParties.Row("today"), WatchRole.Viewer);
        var path = $"/api/v1/users/{table["ada"]}/watch-party-stats";

        (await table.DoAsync("ada", "GET", path)).ToString().ShouldBe(
            $$"""{"user_id":"{{table["ada"]}}","total_parties_hosted":1,"total_parties_attended":2,"active_parties":1,"""
            + "\"total_watch_time_seconds\":180}");
        (await table.SendAsync("bob", "GET", path)).ShouldFail(404, "NOT_FOUND", "account_not_found");
        (await table.SendAsync("bob", "GET", "/api/v1/users/me/watch-party-stats")).ShouldFail(400, "INVALID_REQUEST");
    }

    private static void Add(TestHost host, string memberId, WatchPartyRow party, WatchRole role) =>
        host.WatchParties.OfMembers.Add(new WatchPartyOfMember(party, memberId, role, party.CreatedAt, null, 90_000));

    private static string Titles(System.Text.Json.JsonElement data) => string.Join(
        '|', data.GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("title").GetString()));
}
