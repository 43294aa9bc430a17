using System.Text.Json;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.WatchParties;

/// <summary>Playback and playlist over REST.</summary>
public sealed class WatchPlaybackRoutesTests
{
    private static readonly object TwoFilms = new
    {
        items = new object[] { new { title = "Metropolis", duration = 9_000 }, new { tmdb_id = 11 } },
    };

    [Fact]
    public async Task Playing_takes_effect_a_little_later_and_moves_with_time()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, TwoFilms, "bob");
        var played = await table.DoAsync("ada", "POST", "~/playback/play", """{"position":10.5}""");
        var playback = played.GetProperty("playback");
        (playback.GetProperty("playing").GetBoolean(), playback.GetProperty("position_ms").GetInt64()).ShouldBe((true, 10_500));
        var before = host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        playback.GetProperty("at_ms").GetInt64().ShouldBeInRange(before + 200, before + 1_000);
        playback.GetProperty("changed_by").GetString().ShouldBe(table["ada"]);

        host.Time.Advance(TimeSpan.FromSeconds(10));
        var now = await table.DoAsync("bob", "GET", "~/playback");
        now.GetProperty("position_ms").GetInt64().ShouldBeInRange(19_500, 20_400);
        var party = await table.DoAsync("bob", "GET", "~");
        (party.GetProperty("is_playing").GetBoolean(), party.GetProperty("current_position_seconds").GetInt64()).ShouldBe((true, 20));

        var paused = await table.DoAsync("ada", "POST", "~/playback/pause");
        paused.GetProperty("playback").GetProperty("playing").GetBoolean().ShouldBeFalse();
        var fast = await table.DoAsync("ada", "POST", "~/playback/rate", """{"rate":1.5}""");
        fast.GetProperty("playback").GetProperty("rate").GetDouble().ShouldBe(1.5);
    }

    [Fact]
    public async Task Viewers_control_playback_only_where_the_settings_let_them()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, TwoFilms, "bob");

        (await table.SendAsync("bob", "POST", "~/playback/play")).ShouldFail(403, "FORBIDDEN", "control_not_allowed");
        (await table.SendAsync("bob", "POST", "~/items", """{"title":"Nosferatu"}""")).ShouldFail(403, "FORBIDDEN");
        await table.DoAsync("ada", "PATCH", "~/settings", """{"controls":"everyone"}""");
        await table.DoAsync("bob", "POST", "~/playback/play");
        (await table.SendAsync("cyd", "POST", "~/playback/play")).ShouldFail(403, "FORBIDDEN", "not_a_participant");
    }

    [Theory]
    [InlineData("seek", "{}", "position")]
    [InlineData("seek", """{"position":-1}""", "position")]
    [InlineData("seek", """{"position_ms":90000000}""", "position_ms")]
    [InlineData("rate", "{}", "rate")]
    [InlineData("rate", """{"rate":0.1}""", "rate")]
    [InlineData("rate", """{"rate":5}""", "rate")]
    [InlineData("skip", """{"item_id":"next"}""", "item_id")]
    [InlineData("play", """{"position":"soon"}""", "position")]
    public async Task A_command_that_breaks_a_rule_names_it(string verb, string body, string field)
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, TwoFilms);
        var answer = await table.SendAsync("ada", "POST", $"~/playback/{verb}", body);

        answer.ShouldFail(400, "INVALID_REQUEST");
        answer.Json.GetProperty("error").GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task The_playlist_is_added_to_moved_skipped_and_removed_from()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, TwoFilms);
        var added = await table.DoAsync(
            "ada", "POST", "~/items", """{"title":"Nosferatu","url":"https://example.org/n.mp4","place":1}""", 201);
        Titles(added).ShouldBe("Metropolis|Nosferatu|Metropolis");
        added.GetProperty("items")[2].GetProperty("duration_ms").GetInt64().ShouldBe(153 * 60_000, "the catalogue knows it");
        var nosferatu = added.GetProperty("items")[1].GetProperty("item_id").GetString();

        Titles(await table.DoAsync("ada", "PATCH", $"~/items/{nosferatu}", """{"place":0}""")).ShouldBe("Nosferatu|Metropolis|Metropolis");
        var skipped = await table.DoAsync("ada", "POST", "~/playback/skip", $$"""{"item_id":"{{nosferatu}}"}""");
        skipped.GetProperty("playback").GetProperty("item_id").GetString().ShouldBe(nosferatu);
        var next = await table.DoAsync("ada", "POST", "~/playback/skip");
        next.GetProperty("playback").GetProperty("item_id").GetString().ShouldNotBe(nosferatu);
        Titles(await table.DoAsync("ada", "DELETE", $"~/items/{nosferatu}")).ShouldBe("Metropolis|Metropolis");
        (await table.SendAsync("ada", "DELETE", $"~/items/{nosferatu}")).ShouldFail(404, "NOT_FOUND", "media_item_not_found");
        (await table.SendAsync("ada", "PATCH", $"~/items/{nosferatu}", "{}")).ShouldFail(400, "INVALID_REQUEST");
        (await table.SendAsync("ada", "POST", "~/items", """{"tmdb_id":12}""")).ShouldFail(404, "NOT_FOUND", "movie_not_found");
    }

    [Fact]
    public async Task Only_who_is_connected_votes_to_skip_and_only_what_plays()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, TwoFilms, "bob");
        var first = (await table.DoAsync("ada", "GET", "~")).GetProperty("current_clip_id").GetString();

        (await table.SendAsync("bob", "POST", "~/skip-vote", $$"""{"item_id":"{{first}}"}"""))
            .ShouldFail(409, "CONFLICT", "skip_vote_not_connected");
        (await table.SendAsync("cyd", "POST", "~/skip-vote", $$"""{"item_id":"{{first}}"}"""))
            .ShouldFail(403, "FORBIDDEN", "not_a_participant");
        (await table.SendAsync("bob", "POST", "~/skip-vote", "{}")).ShouldFail(400, "INVALID_REQUEST");
    }

    private static string Titles(JsonElement data) => string.Join(
        '|', data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()));
}
