using AkkaParty.Http.Identity;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Http.Tests.WebSockets;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.Tests.Sse;

public sealed class RoomStreamTests
{
    private const string Votes = RoomAddress.VotesStreamAudience;
    private const int Kilobyte = 1024;

    [Theory]
    [InlineData("room", RoomAddress.RoomStreamAudience)]
    [InlineData("votes", RoomAddress.VotesStreamAudience)]
    [InlineData("queue", RoomAddress.QueueStreamAudience)]
    public async Task Says_that_it_has_begun_and_then_everything_its_audience_sees(string name, string audience)
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);

        using var stream = await EventReader.OpenAsync(Address(host, roomId, "", name), 0, $"Authorization: Bearer {token}");
        stream.Status.ShouldBe(200, stream.Head);
        foreach (var header in new[] { "Content-Type: text/event-stream", "Cache-Control: no-cache", "X-Accel-Buffering: no" })
        {
            stream.Head.ShouldContain(header + "\r\n", Case.Insensitive);
        }

        var connected = (await stream.ReadAsync())!;
        connected.Data.ToString().ShouldBe($$"""{"type":"connected","room_id":"{{roomId}}","seq":5}""");
        connected.Id.ShouldBe("5");
        await room.Subscribed.WaitAsync(TimeSpan.FromSeconds(10));
        var subscription = room.Subscriptions.ShouldHaveSingleItem();
        (subscription.RoomId, subscription.Audience, subscription.Since).ShouldBe((roomId, audience, 5));
        (subscription.Subscriber.Member, subscription.Subscriber.Credential).ShouldBe((null, TokenHash.Of(token)));

        room.Publish(
            audience, (FeedFrameKind.Event, 6, """{"type":"x","text":"üñ"}"""), (FeedFrameKind.Event, 7, """{"type":"y"}"""));
        var first = (await stream.ReadAsync())!;
        (first.Id, first.Data.ToString()).ShouldBe(("6", """{"type":"x","text":"üñ"}"""));
        var second = (await stream.ReadAsync())!;
        (second.Id, second.Type).ShouldBe(("7", "y"));
    }

    [Fact]
    public async Task Resumes_after_the_event_that_the_header_or_else_the_address_names()
    {
        var room = new FakeRoom { Seq = 7 };
        await using var host = await RoomSocketTests.Start(room, new HttpOptions { Sockets = new SocketOptions { ResumeEventsMax = 4 } });
        var (roomId, token) = room.Seed(host.Time);

        await ResumesFrom(3, true, "", "Last-Event-ID: 3");
        await ResumesFrom(4, true, "&since=4");
        await ResumesFrom(5, true, "&since=4", "Last-Event-ID: 5");
        await ResumesFrom(7, false, "&since=1");
        await ResumesFrom(7, false, "", "Last-Event-ID: 8");

        async Task ResumesFrom(long since, bool resumed, string query, params string[] headers)
        {
            using var stream = await EventReader.OpenAsync(Address(host, roomId, $"?token={token}{query}"), 0, headers);
            var connected = (await stream.ReadAsync())!;
            connected.Id.ShouldBe($"{since}", "the client has everything up to there, whatever happens before the rest comes");
            connected.Data.GetProperty("seq").GetInt64().ShouldBe(7);
            connected.Data.GetProperty("resumed").GetBoolean().ShouldBe(resumed);
            await ConnectionLimitTests.Until(() => room.Subscriptions.Count == 1, "it follows");
            room.Subscriptions[0].Since.ShouldBe(since);
            stream.Dispose();
            await ConnectionLimitTests.Until(() => room.Subscriptions.Count == 0, "the client's going is noticed");
        }
    }

    [Fact]
    public async Task Refuses_before_it_begins()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        var (_, foreign) = room.Seed(host.Time);

        (await Get($"/api/events/votes/{roomId}")).ShouldBeProblem(401, "token_required");
        (await Get($"/api/events/votes/{roomId}?token=x")).ShouldBeProblem(401, "invalid_token");
        (await Get($"/api/events/votes/{roomId}?token={foreign}")).ShouldBeProblem(403, "wrong_room");
        (await Get($"/api/events/votes/nonsense?token={token}")).ShouldBeProblem(400, "invalid_room_id", "room_id");
        (await Get($"/api/events/votes/{roomId}?token={token}&since=x")).ShouldBeProblem(400, "invalid_request", "since");
        (await Get($"/api/events/votes/{roomId}?token={token}", ("Last-Event-ID", "x")))
            .ShouldBeProblem(400, "invalid_request", "Last-Event-ID");
        (await Get($"/api/events/everything/{roomId}?token={token}")).ShouldBeProblem(404, "route_not_found");

        Task<Answer> Get(string path, params (string, string)[] headers) => host.SendAsync(HttpMethod.Get, path, null, null, headers);
    }

    [Fact]
    public async Task Needs_no_token_where_rooms_are_open()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room, new HttpOptions { Rooms = new RoomOptions { Access = RoomAccess.Open } });
        var (roomId, _) = room.Seed(host.Time);

        using var stream = await EventReader.OpenAsync(Address(host, roomId, ""));
        (await stream.ReadAsync())!.Type.ShouldBe("connected");
        await room.Subscribed.WaitAsync(TimeSpan.FromSeconds(10));
        var subscriber = room.Subscriptions.ShouldHaveSingleItem().Subscriber;
        (subscriber.Member, subscriber.Credential).ShouldBe((null, null));
    }

    [Fact]
    public async Task Keeps_the_connection_alive_every_30_seconds()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var stream = await Open(host, room, roomId, token);

        host.Time.Advance(TimeSpan.FromSeconds(60));

        var first = (await stream.ReadAsync())!;
        first.Id.ShouldBeNull();
        first.Data.ToString().ShouldBe("""{"type":"keepalive","timestamp":"2026-05-01T20:00:30.000000"}""");
        (await stream.ReadAsync())!.Data.GetProperty("timestamp").GetString().ShouldBe("2026-05-01T20:01:00.000000");
    }

    [Theory]
    [InlineData(FeedEnd.Moved, "restarting", true)]
    [InlineData(FeedEnd.Failed, "unavailable", true)]
    [InlineData(FeedEnd.Expelled, "removed", false)]
    [InlineData(FeedEnd.Closed, "closed", false)]
    [InlineData(FeedEnd.Revoked, "token_revoked", false)]
    public async Task Says_why_it_ends_and_ends(FeedEnd end, string code, bool retryable)
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var stream = await Open(host, room, roomId, token);

        room.EndAll(end);

        var error = (await stream.ReadAsync())!;
        error.Id.ShouldBeNull();
        error.Type.ShouldBe("error");
        (error.Data.GetProperty("code").GetString(), error.Data.GetProperty("retryable").GetBoolean()).ShouldBe((code, retryable));
        error.Data.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        (await stream.ReadAsync()).ShouldBeNull();
        await ConnectionLimitTests.Until(() => host.Sessions.Count == 0 && room.Subscriptions.Count == 0, "the stream is gone");
    }

    [Fact]
    public async Task Ends_when_the_token_ends()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(
            room, new HttpOptions { Rooms = new RoomOptions { HeartbeatEvery = TimeSpan.FromDays(2_000) } });
        var (roomId, token) = room.Seed(host.Time);
        host.Time.Advance(TimeSpan.FromDays(365) - TimeSpan.FromSeconds(10));
        using var stream = await Open(host, room, roomId, token);

        host.Time.Advance(TimeSpan.FromSeconds(12));

        (await stream.ReadAsync())!.Data.GetProperty("code").GetString().ShouldBe("token_expired");
        (await stream.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Ends_with_the_server()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var stream = await Open(host, room, roomId, token);

        var stopping = host.StopAsync();

        var last = (await stream.ReadAsync())!;
        (last.Data.GetProperty("code").GetString(), last.Data.GetProperty("retryable").GetBoolean()).ShouldBe(("restarting", true));
        (await stream.ReadAsync()).ShouldBeNull();
        stream.Dispose();
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Bounds_the_streams_of_one_member_and_all_connections_of_the_node()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(
            room, new HttpOptions { Sockets = new SocketOptions { ConnectionsPerUserMax = 1, ConnectionsMax = 2 } });
        var (roomId, token) = room.Seed(host.Time);
        var (other, otherToken) = room.Seed(host.Time);
        using var socket = await RoomSocketTests.Open(host, room, roomId, token);
        using var stream = await Open(host, room, roomId, token);

        using var second = await EventReader.OpenAsync(Address(host, roomId, $"?token={token}"));
        second.Status.ShouldBe(503, second.Head);
        socket.Dispose();
        await ConnectionLimitTests.Until(() => host.Sessions.Count == 1, "the socket is gone");
        using var third = await EventReader.OpenAsync(Address(host, roomId, $"?token={token}"));
        third.Status.ShouldBe(429, third.Head);
        using var fourth = await EventReader.OpenAsync(Address(host, other, $"?token={otherToken}"));
        fourth.Status.ShouldBe(200, fourth.Head);
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_is_cut_and_the_others_go_on()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var slow = await EventReader.OpenAsync(Address(host, roomId, $"?token={token}"), 4 * Kilobyte);
        (await slow.ReadAsync())!.Type.ShouldBe("connected");
        await ConnectionLimitTests.Until(() => room.Subscriptions.Count == 1, "it follows");
        var pad = new string('p', 32 * Kilobyte);

        for (var seq = 6; seq < 200; seq++)
        {
            room.Publish(Votes, seq, $$"""{"type":"x","pad":"{{pad}}"}""");
        }

        await ConnectionLimitTests.Until(() => room.Subscriptions.Count == 0, "more waits for it than may");
        host.Time.Advance(TimeSpan.FromSeconds(5));
        await ConnectionLimitTests.Until(() => host.Sessions.Count == 0, "it does not even read its goodbye");
        (await slow.IsCutAsync()).ShouldBeTrue();
        using var again = await EventReader.OpenAsync(Address(host, roomId, $"?token={token}"), 0, "Last-Event-ID: 5");
        (await again.ReadAsync())!.Data.GetProperty("resumed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_that_does_not_read_at_all_is_cut_after_the_time_a_write_may_take()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(
            room, new HttpOptions { Sockets = new SocketOptions { PendingMaxBytes = int.MaxValue } });
        var (roomId, token) = room.Seed(host.Time);
        using var slow = await EventReader.OpenAsync(Address(host, roomId, $"?token={token}"), 4 * Kilobyte);
        await ConnectionLimitTests.Until(() => room.Subscriptions.Count == 1, "it follows");
        var pad = new string('p', 64 * Kilobyte);
        for (var seq = 6; seq < 200; seq++)
        {
            room.Publish(Votes, seq, $$"""{"type":"x","pad":"{{pad}}"}""");
        }

        host.Time.Advance(TimeSpan.FromSeconds(32));
        host.Time.Advance(TimeSpan.FromSeconds(5));

        await ConnectionLimitTests.Until(() => host.Sessions.Count == 0 && room.Subscriptions.Count == 0, "the slow stream is cut");
    }

    private static Uri Address(TestHost host, string roomId, string query, string name = "votes") =>
        new($"http://{host.Address.Authority}/api/events/{name}/{roomId}{query}");

    private static async Task<EventReader> Open(TestHost host, FakeRoom room, string roomId, string token)
    {
        var stream = await EventReader.OpenAsync(Address(host, roomId, $"?token={token}"));
        stream.Status.ShouldBe(200, stream.Head);
        (await stream.ReadAsync())!.Type.ShouldBe("connected");
        await ConnectionLimitTests.Until(() => room.Subscriptions.Any(s => s.Audience == Votes), "it follows");
        return stream;
    }
}
