using AkkaParty.Http.Tests.Support;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.Tests.WebSockets;

/// <summary>A raw client that does not read. Kestrel and the kernel take some hundreds of kilobytes before a write blocks.</summary>
public sealed class SlowReaderTests
{
    private const int Kilobyte = 1024;

    [Fact]
    public async Task Gets_only_the_newest_state_when_it_reads_again()
    {
        await using var host = await TestHost.StartAsync();
        using var socket = await OpenBlocked(host);

        for (var seq = 1_000; seq <= 2_000; seq++)
        {
            host.Party.Publish(ConnectionLimitTests.Frame(FeedFrameKind.State, seq, 64 * Kilobyte));
        }

        var read = 0;
        long last = 0;
        while (last < 2_000)
        {
            var next = (await socket.ReadJsonAsync()).GetProperty("seq").GetInt64();
            next.ShouldBeGreaterThan(last);
            last = next;
            read++;
        }

        read.ShouldBeLessThan(200);
        host.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_closed_with_4008_when_more_events_wait_than_may()
    {
        await using var host = await TestHost.StartAsync();
        using var socket = await OpenBlocked(host);

        for (var seq = 1_000; seq <= 1_010; seq++)
        {
            host.Party.Publish(ConnectionLimitTests.Frame(FeedFrameKind.Event, seq, 32 * Kilobyte));
        }

        (await socket.ReadCloseAsync()).ShouldBe(4008);
    }

    [Fact]
    public async Task Loses_signals_first_and_keeps_every_event()
    {
        await using var host = await TestHost.StartAsync();
        using var socket = await OpenBlocked(host);

        host.Party.Publish(ConnectionLimitTests.Frame(FeedFrameKind.Event, 1_000, 90 * Kilobyte));
        for (var i = 0; i < 50; i++)
        {
            host.Party.Publish(ConnectionLimitTests.Frame(FeedFrameKind.Signal, 1_000, 10 * Kilobyte));
        }

        host.Party.Publish(ConnectionLimitTests.Frame(FeedFrameKind.Event, 1_001, 90 * Kilobyte));
        var signals = 0;
        long last = 0;
        while (last < 1_001)
        {
            var frame = await socket.ReadJsonAsync();
            last = frame.GetProperty("seq").GetInt64();
            signals += frame.GetProperty("type").GetString() == "Signal" && last >= 1_000 ? 1 : 0;
        }

        signals.ShouldBeLessThan(50);
        host.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_closed_when_a_write_blocks_for_too_long_and_cut_when_it_does_not_answer()
    {
        await using var host = await TestHost.StartAsync();
        using var socket = await OpenBlocked(host);

        host.Time.Advance(TimeSpan.FromSeconds(32));
        host.Time.Advance(TimeSpan.FromSeconds(5));

        await ConnectionLimitTests.Until(
            () => host.Sessions.Count == 0 && host.Party.SubscriberCount == 0, "the slow session is cut");
    }

    // Fills every buffer on the way until a write of the server blocks: from then on frames wait in the session.
    private static async Task<RawSocket> OpenBlocked(TestHost host)
    {
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var socket = await RawSocket.OpenAsync(host.SocketAddress(partyId, $"?token={token}"), 4 * Kilobyte);
        await host.Party.Subscribed.WaitAsync(TimeSpan.FromSeconds(10));
        await socket.ReadJsonAsync();
        for (var seq = 3; seq < 999; seq++)
        {
            host.Party.Publish(ConnectionLimitTests.Frame(FeedFrameKind.State, seq, 64 * Kilobyte));
        }

        return socket;
    }
}
