using System.Text.Json;
using AkkaParty.Accounts;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.WatchParties;

/// <summary>The routes of a watch party's life, with the real entity.</summary>
public sealed class WatchPartyRoutesTests
{
    [Fact]
    public async Task Whoever_creates_a_party_is_its_host_and_gets_its_code_and_address()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { description = "With popcorn", visibility = "public", max_participants = 7 });

        var data = WatchTable.Data(table.Created, 201);
        table.Code.Length.ShouldBe(6);
        data.GetProperty("invite_url").GetString().ShouldBe($"http://{host.Address.Authority}/watch-parties/{table.Code}");
        table.Created.Headers["Location"].ShouldBe($"/api/v1/watch-parties/{table.Id}");
        var party = data.GetProperty("party");
        Names(party).ShouldBe(
            "id host_user_id title description current_position_seconds is_playing visibility invite_code invite_url max_participants "
            + "created_at participants participant_count has_password settings position_ms playback items seq server_time");
        party.GetProperty("host_user_id").GetString().ShouldBe(table["ada"]);
        party.GetProperty("settings").ToString().ShouldBe(
            """{"visibility":"public","max_participants":7,"controls":"co_hosts","wait_for_ready":false,"ready_seconds":10,"""
            + "\"slow_mode_seconds\":0,\"skip_percent\":50}");
        var ada = party.GetProperty("participants")[0];
        Names(ada).ShouldBe(
            "id party_id user_id user role joined_at sync_offset_ms connected last_seen_at status muted");
        (ada.GetProperty("user_id").GetString(), ada.GetProperty("role").GetString()).ShouldBe((table["ada"], "host"));
        ada.GetProperty("user").ToString().ShouldBe($$"""{"id":"{{table["ada"]}}","display_name":"ada","is_guest":false}""");
        party.GetProperty("created_at").GetString().ShouldBe("2026-05-01T20:00:00Z");
    }

    [Fact]
    public async Task A_party_is_joined_by_its_code_and_seen_by_those_who_have_a_seat()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);

        var joined = WatchTable.Data(await table.JoinAsync("bob"));
        joined.GetProperty("invite_url").GetString().ShouldEndWith($"/watch-parties/{table.Code}");
        joined.GetProperty("party").GetProperty("participant_count").GetInt32().ShouldBe(2);
        var again = WatchTable.Data(await table.JoinAsync("bob"));
        again.GetProperty("party").GetProperty("participant_count").GetInt32().ShouldBe(2, "who has a seat keeps it");

        (await table.DoAsync("bob", "GET", "~")).GetProperty("title").GetString().ShouldBe("Friday");
        (await table.SeatsAsync("bob")).ShouldBe("ada:host bob:viewer");
        (await table.DoAsync("bob", "GET", "~/me")).GetProperty("participant").GetProperty("role").GetString().ShouldBe("viewer");
        (await table.SendAsync("bob", "GET", $"/api/watch-parties/{table.Id}")).Status.ShouldBe(200, "the alias answers the same");
    }

    [Fact]
    public async Task Who_leaves_hands_the_hosts_role_on_and_may_come_back()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob");

        (await table.DoAsync("ada", "DELETE", "~/leave")).GetProperty("message").GetString().ShouldBe("Successfully left watch party");
        (await table.SeatsAsync("bob")).ShouldBe("bob:host");
        (await table.DoAsync("ada", "DELETE", "~/leave")).GetProperty("message").GetString().ShouldBe("Successfully left watch party");
        (await table.JoinAsync("ada", table.Id)).Status.ShouldBe(200, "who had a seat needs no code");
        (await table.SeatsAsync("bob")).ShouldContain("ada:");
    }

    [Fact]
    public async Task Only_the_host_ends_a_party_which_can_be_started_again_with_the_same_people()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob");

        var refused = await table.SendAsync("bob", "POST", "~/end");
        refused.ShouldFail(403, "FORBIDDEN");
        refused.Text.ShouldContain("unauthorized: only host can end the party");
        (await table.DoAsync("ada", "POST", "~/end")).GetProperty("message").GetString().ShouldBe("Watch party ended successfully");
        (await table.JoinAsync("cyd")).ShouldFail(404, "NOT_FOUND");
        (await table.DoAsync("ada", "GET", "~")).GetProperty("ended_at").GetString().ShouldBe("2026-05-01T20:00:00Z");
        (await table.SendAsync("ada", "POST", "~/messages", """{"message":"anybody?"}""")).ShouldFail(409, "PARTY_ENDED");

        await table.DoAsync("ada", "POST", "~/restart");
        (await table.SeatsAsync()).ShouldBe("ada:host bob:viewer");
        WatchTable.Data(await table.JoinAsync("cyd"));
        (await table.SendAsync("bob", "DELETE", "~")).ShouldFail(403, "FORBIDDEN", "watch_host_only");
        await table.DoAsync("ada", "DELETE", "~");
        (await table.SendAsync("ada", "GET", "~")).ShouldFail(404, "NOT_FOUND", "watch_party_not_found");
    }

    [Fact]
    public async Task Settings_change_one_by_one_and_only_by_the_host()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { slow_mode_seconds = 5 }, "bob");

        (await table.SendAsync("bob", "PATCH", "~/settings", """{"visibility":"public"}""")).ShouldFail(403, "FORBIDDEN");
        var changed = await table.DoAsync(
            "ada", "PATCH", "~/settings", """{"visibility":"public","title":"Saturday","description":"","controls":"anyone_pauses"}""");
        changed.GetProperty("title").GetString().ShouldBe("Saturday");
        changed.GetProperty("settings").ToString().ShouldBe(
            """{"visibility":"public","max_participants":100,"controls":"anyone_pauses","wait_for_ready":false,"ready_seconds":10,"""
            + "\"slow_mode_seconds\":5,\"skip_percent\":50}");
        var wrong = await table.SendAsync("ada", "PATCH", "~/settings", """{"visibility":"secret"}""");
        wrong.ShouldFail(400, "INVALID_REQUEST");
        wrong.Json.GetProperty("error").GetProperty("field").GetString().ShouldBe("visibility");
    }

    [Fact]
    public async Task A_saved_playlist_is_copied_and_somebody_elses_is_not_found()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = WatchTable.At(host);
        table.Seed("ada");
        table.Seed("bob");
        var playlist = host.Accounts.SeedPlaylist(
            Guid.Parse(table["ada"]),
            "Friday",
            new PlaylistItem(Guid.NewGuid(), "Metropolis", "https://example.org/m.mp4", DurationMs: 9_000_000),
            new PlaylistItem(Guid.NewGuid(), "Nosferatu"));
        var body = $$"""{"title":"Friday","playlist_id":"{{playlist.Id}}"}""";

        var party = WatchTable.Data(await table.SendAsync("ada", "POST", "/api/v1/watch-parties", body), 201).GetProperty("party");
        party.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString())
            .ShouldBe(["Metropolis", "Nosferatu"]);
        party.GetProperty("playlist_id").GetString().ShouldBe(playlist.Id.ToString("D"));
        party.GetProperty("current_clip_id").GetString().ShouldBe(party.GetProperty("items")[0].GetProperty("item_id").GetString());
        party.GetProperty("playback").GetProperty("duration_ms").GetInt64().ShouldBe(9_000_000);

        (await table.SendAsync("bob", "POST", "/api/v1/watch-parties", body)).ShouldFail(404, "NOT_FOUND", "playlist_not_found");
    }

    [Fact]
    public async Task What_the_party_was_like_is_told_to_its_host()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob");
        await table.DoAsync("bob", "POST", "~/messages", """{"message":"hello"}""", 201);

        var numbers = await table.DoAsync("ada", "GET", "~/analytics");
        (numbers.GetProperty("total_participants").GetInt32(), numbers.GetProperty("chat_messages").GetInt32()).ShouldBe((2, 1));
        (await table.SendAsync("bob", "GET", "~/analytics")).ShouldFail(403, "FORBIDDEN", "watch_co_host_only");
    }

    [Fact]
    public async Task A_ticket_is_for_whoever_has_a_seat()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);

        var ticket = await table.DoAsync("ada", "POST", "~/ticket", status: 201);
        ticket.GetProperty("ticket").GetString()!.ShouldStartWith(table.Id.Replace("-", "", StringComparison.Ordinal));
        ticket.GetProperty("expires_in").GetInt32().ShouldBe(30);
        ticket.GetProperty("expires_at").GetString().ShouldBe("2026-05-01T20:00:30Z");
        (await table.SendAsync("bob", "POST", "~/ticket")).ShouldFail(403, "FORBIDDEN");
        (await table.SendAsync(null, "POST", "~/ticket")).ShouldFail(401, "UNAUTHORIZED");
    }

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(member => member.Name));
}
