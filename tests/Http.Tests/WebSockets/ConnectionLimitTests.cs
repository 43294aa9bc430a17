using System.Text;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.Tests.WebSockets;

public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task Takes_a_message_of_exactly_the_limit_and_closes_with_1009_above_it()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await PartySocketTests.Open(host, partyId, $"?token={token}");
        var frame = """{"type":"ping","payload":{"pad":""}}""";
        var exact = frame.Insert(frame.Length - 3, new string('x', (16 * 1024) - frame.Length));
        Encoding.UTF8.GetByteCount(exact).ShouldBe(16 * 1024);

        await socket.SendTextAsync(exact);
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");
        await socket.SendTextAsync(exact + " ");
        (await socket.ReadJsonAsync()).GetProperty("payload").GetProperty("code").GetString().ShouldBe("message_too_big");
        (await socket.ReadCloseAsync()).ShouldBe(1009);
    }

    [Fact]
    public async Task Counts_the_fragments_of_a_message_together()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await PartySocketTests.Open(host, partyId, $"?token={token}");

        await socket.SendAsync(RawSocket.Text, Encoding.UTF8.GetBytes("""{"type":"""), final: false);
        await socket.SendAsync(RawSocket.Ping, [9]);
        await socket.SendAsync(0, Encoding.UTF8.GetBytes("\"ping\"}"));
        (await socket.ReadFrameAsync()).Opcode.ShouldBe(RawSocket.Pong);
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");

        await socket.SendAsync(RawSocket.Text, new byte[10_000].Select(_ => (byte)'a').ToArray(), final: false);
        await socket.SendAsync(0, new byte[10_000].Select(_ => (byte)'a').ToArray(), final: false);
        (await socket.ReadJsonAsync()).GetProperty("payload").GetProperty("code").GetString().ShouldBe("message_too_big");
        (await socket.ReadCloseAsync()).ShouldBe(1009);
    }

    [Fact]
    public async Task Refuses_a_binary_frame_and_an_empty_message_and_goes_on()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await PartySocketTests.Open(host, partyId, $"?token={token}");

        await socket.SendAsync(RawSocket.Binary, [1, 2, 3]);
        var error = (await socket.ReadJsonAsync()).GetProperty("payload");
        error.GetProperty("error").GetString().ShouldBe("Invalid message format");
        await socket.SendAsync(RawSocket.Text, []);
        (await socket.ReadJsonAsync()).GetProperty("payload").GetProperty("code").GetString().ShouldBe("invalid_message_format");
        await socket.SendTextAsync("""{"type":"ping"}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");
    }

    [Fact]
    public async Task Closes_after_a_violation_of_the_protocol()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var unmasked = await PartySocketTests.Open(host, partyId, $"?token={token}");
        await unmasked.SendAsync(RawSocket.Text, "hello"u8.ToArray(), masked: false);
        (await unmasked.ReadCloseAsync()).ShouldBe(1002);
        (await unmasked.EndsAsync()).ShouldBeTrue();

        using var invalid = await PartySocketTests.Open(host, partyId, $"?token={token}");
        await invalid.SendAsync(RawSocket.Text, [0xFF, 0xFE]);
        (await invalid.ReadCloseAsync()).ShouldBe(1007);
        (await invalid.EndsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Refuses_messages_above_the_rate_and_closes_when_that_goes_on()
    {
        await using var host = await TestHost.StartAsync(new HttpOptions { Sockets = new SocketOptions { RefusedMessagesMax = 5 } });
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await PartySocketTests.Open(host, partyId, $"?token={token}");

        for (var i = 0; i < 41; i++)
        {
            await socket.SendTextAsync("""{"type":"ping"}""");
        }

        for (var i = 0; i < 40; i++)
        {
            (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");
        }

        var refused = (await socket.ReadJsonAsync()).GetProperty("payload");
        refused.GetProperty("code").GetString().ShouldBe("rate_limited");
        refused.GetProperty("retryable").GetBoolean().ShouldBeTrue();
        refused.GetProperty("retry_after_ms").GetInt32().ShouldBe(50);

        host.Time.Advance(TimeSpan.FromMilliseconds(50));
        await socket.SendTextAsync("""{"type":"ping"}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");

        for (var i = 0; i < 5; i++)
        {
            await socket.SendTextAsync("""{"type":"ping"}""");
        }

        (await socket.ReadCloseAsync()).ShouldBe(4029);
    }

    [Fact]
    public async Task Bounds_the_connections_of_one_participant_and_of_the_node()
    {
        var few = new SocketOptions { ConnectionsPerUserMax = 2, ConnectionsMax = 3 };
        await using var host = await TestHost.StartAsync(new HttpOptions { Sockets = few });
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var (other, _, otherToken) = host.Party.Seed(host.Time);
        using var first = await PartySocketTests.Open(host, partyId, $"?token={token}");
        var second = await PartySocketTests.Open(host, partyId, $"?token={token}");

        using var third = await RawSocket.OpenAsync(host.SocketAddress(partyId, $"?token={token}"));
        third.Status.ShouldBe(429, third.Head);
        third.Head.ShouldContain("Retry-After:");
        using var fourth = await PartySocketTests.Open(host, other, $"?token={otherToken}");
        using var fifth = await RawSocket.OpenAsync(host.SocketAddress(other, $"?token={otherToken}"));
        fifth.Status.ShouldBe(503, fifth.Head);

        await second.SendAsync(RawSocket.CloseOpcode, [3, 232]);
        (await second.ReadCloseAsync()).ShouldBe(1000);
        (await second.EndsAsync()).ShouldBeTrue();
        second.Dispose();
        await Until(() => host.Sessions.Count == 2, "the closed session is gone");
        using var sixth = await PartySocketTests.Open(host, partyId, $"?token={token}");
    }

    [Fact]
    public async Task Pings_every_25_seconds_and_closes_after_60_without_anything_received()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await PartySocketTests.Open(host, partyId, $"?token={token}");

        host.Time.Advance(TimeSpan.FromSeconds(25));
        (await socket.ReadFrameAsync()).Opcode.ShouldBe(RawSocket.Ping);
        await socket.SendAsync(RawSocket.Pong, []);
        await socket.SendTextAsync("""{"type":"ping"}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");

        host.Time.Advance(TimeSpan.FromSeconds(59));
        (await socket.ReadFrameAsync()).Opcode.ShouldBe(RawSocket.Ping);
        (await socket.ReadFrameAsync()).Opcode.ShouldBe(RawSocket.Ping);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        (await socket.ReadCloseAsync()).ShouldBe(4030);

        // A client that does not even answer the close is cut.
        host.Time.Advance(TimeSpan.FromSeconds(4));
        (await socket.EndsAsync()).ShouldBeTrue();
        await Until(() => host.Sessions.Count == 0 && host.Party.SubscriberCount == 0, "the session is gone");
    }

    [Fact]
    public async Task Closes_when_the_token_ends()
    {
        var patient = new SocketOptions { IdleTimeout = TimeSpan.FromDays(2) };
        await using var host = await TestHost.StartAsync(new HttpOptions { Sockets = patient });
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await PartySocketTests.Open(host, partyId, $"?token={token}");

        host.Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));

        (await socket.ReadCloseAsync()).ShouldBe(4502);
    }

    [Fact]
    public async Task Tells_every_client_to_reconnect_when_the_server_stops()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var one = await PartySocketTests.Open(host, partyId, $"?token={token}");
        using var two = await PartySocketTests.Open(host, partyId, $"?token={token}");

        var stopping = host.StopAsync();
        (await one.ReadCloseAsync()).ShouldBe(4001);
        (await two.ReadCloseAsync()).ShouldBe(4001);
        await one.SendAsync(RawSocket.CloseOpcode, [15, 161]);
        await two.SendAsync(RawSocket.CloseOpcode, [15, 161]);
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_client_that_vanishes_ends_its_session_and_subscription()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var socket = await PartySocketTests.Open(host, partyId, $"?token={token}");

        socket.Dispose();

        await Until(() => host.Sessions.Count == 0 && host.Party.SubscriberCount == 0, "the session is gone");
    }

    internal static async Task Until(Func<bool> condition, string what)
    {
        var limit = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            TimeProvider.System.GetElapsedTime(limit).ShouldBeLessThan(TimeSpan.FromSeconds(15), $"waited for: {what}");
            await Task.Yield();
        }
    }

    internal static FeedFrame Frame(FeedFrameKind kind, long seq, int bytes) =>
        new(kind, seq, Encoding.UTF8.GetBytes($$"""{"type":"{{kind}}","seq":{{seq}},"pad":"{{new string('p', bytes)}}"}"""));
}
