using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.WatchParties;

/// <summary>Chat and reactions over REST.</summary>
public sealed class WatchChatRoutesTests
{
    [Fact]
    public async Task Messages_are_pinned_to_the_position_and_can_be_read_without_being_spoilt()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(
            host, new { items = new[] { new { title = "Metropolis", duration_ms = 9_000_000 } } }, "bob");
        var said = await table.DoAsync("bob", "POST", "~/messages", """{"message":" at the start "}""", 201);
        (said.GetProperty("message").GetString(), said.GetProperty("position_ms").GetInt64(), said.GetProperty("user_id").GetString())
            .ShouldBe(("at the start", 0, table["bob"]));
        await table.DoAsync("ada", "POST", "~/playback/seek", """{"position":600}""");
        host.Time.Advance(TimeSpan.FromSeconds(2));
        await table.DoAsync("ada", "POST", "~/messages", """{"message":"the robot!"}""", 201);

        (await TextsAsync(table, "~/messages")).ShouldBe("at the start|the robot!");
        (await TextsAsync(table, "~/messages?up_to_ms=1000")).ShouldBe("at the start");
        (await table.SendAsync("bob", "GET", "~/messages?up_to_ms=-1")).ShouldFail(400, "INVALID_REQUEST");
    }

    [Fact]
    public async Task The_eleventh_message_of_a_minute_is_refused_with_a_time_to_wait()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        for (var i = 0; i < 10; i++)
        {
            var said = await table.SendAsync("ada", "POST", "~/messages", """{"message":"again"}""");
            said.Status.ShouldBe(201, said.Text);
            (said.Headers["X-RateLimit-Limit"], said.Headers["X-RateLimit-Remaining"]).ShouldBe(("10", $"{9 - i}"));
        }

        var refused = await table.SendAsync("ada", "POST", "~/messages", """{"message":"again"}""");
        (refused.Status, refused["code"], refused["retry_after"]).ShouldBe((429, "chat_too_fast", "60"));
        refused.Headers["Retry-After"].ShouldBe("60");
        host.Time.Advance(TimeSpan.FromSeconds(61));
        await table.DoAsync("ada", "POST", "~/messages", """{"message":"again"}""", 201);
    }

    [Theory]
    [InlineData("""{"message":""}""")]
    [InlineData("""{"message":"   "}""")]
    [InlineData("""{}""")]
    public async Task A_message_says_something(string body)
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        (await table.SendAsync("ada", "POST", "~/messages", body)).ShouldFail(400, "INVALID_REQUEST");
    }

    [Fact]
    public async Task A_message_has_at_most_a_thousand_characters()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);

        await table.DoAsync("ada", "POST", "~/messages", $$"""{"message":"{{new string('a', 1_000)}}"}""", 201);
        (await table.SendAsync("ada", "POST", "~/messages", $$"""{"message":"{{new string('a', 1_001)}}"}"""))
            .ShouldFail(400, "INVALID_REQUEST");
    }

    [Fact]
    public async Task A_message_is_taken_back_by_whoever_said_it_or_by_the_host()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob", "cyd");
        var mine = await SayAsync(table, "bob");
        var other = await SayAsync(table, "bob");

        (await table.SendAsync("cyd", "DELETE", $"~/messages/{mine}")).Status.ShouldBe(403);
        await table.DoAsync("bob", "DELETE", $"~/messages/{mine}");
        await table.DoAsync("ada", "DELETE", $"~/messages/{other}");
        (await table.SendAsync("ada", "DELETE", "~/messages/nothing")).ShouldFail(404, "NOT_FOUND", "message_not_found");
        (await TextsAsync(table, "~/messages")).ShouldBe("|");
    }

    [Fact]
    public async Task Thirty_reactions_a_minute_are_enough()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        var reacted = await table.DoAsync("ada", "POST", "~/react", """{"emoji":"🍿","video_timestamp":12.5}""", 201);
        (reacted.GetProperty("emoji").GetString(), reacted.GetProperty("video_timestamp").GetDouble()).ShouldBe(("🍿", 12.5));
        for (var i = 1; i < 30; i++)
        {
            (await table.SendAsync("ada", "POST", "~/react", """{"emoji":"🍿"}""")).Status.ShouldBe(201);
        }

        var refused = await table.SendAsync("ada", "POST", "~/react", """{"emoji":"🍿"}""");
        (refused.Status, refused["code"], refused.Headers["X-RateLimit-Limit"]).ShouldBe((429, "rate_limited", "30"));
        (await table.SendAsync("ada", "POST", "~/react", """{"emoji":"far too long a word"}""")).ShouldFail(400, "INVALID_REQUEST");
        (await table.SendAsync("bob", "POST", "~/react", """{"emoji":"🍿"}""")).ShouldFail(403, "FORBIDDEN");
    }

    private static async Task<string> SayAsync(WatchTable table, string name) =>
        (await table.DoAsync(name, "POST", "~/messages", """{"message":"hello"}""", 201)).GetProperty("id").GetString()!;

    private static async Task<string> TextsAsync(WatchTable table, string path)
    {
        var messages = (await table.DoAsync("ada", "GET", path)).GetProperty("messages").EnumerateArray();
        return string.Join('|', messages.Select(one => one.GetProperty("message").GetString()));
    }
}
