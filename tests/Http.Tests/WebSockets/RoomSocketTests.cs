using AkkaParty.Http.Identity;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.Tests.WebSockets;

public sealed class RoomSocketTests
{
    private const string Sockets = RoomAddress.SocketAudience;

    [Fact]
    public async Task Sends_who_is_there_first_and_follows_from_that_number()
    {
        var room = new FakeRoom { Seq = 7 };
        await using var host = await Start(room);
        room.Present.Add("bob");
        var (roomId, token) = room.Seed(host.Time);

        using var socket = await RawSocket.OpenAsync(Address(host, roomId, $"?token={token}"));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).ToString().ShouldBe(
            """{"type":"presence","users":["bob","ada"],"timestamp":"2026-05-01T20:00:00.000000","seq":7}""");

        await room.Subscribed.WaitAsync(TimeSpan.FromSeconds(10));
        var subscription = room.Subscriptions.ShouldHaveSingleItem();
        (subscription.RoomId, subscription.Audience, subscription.Since).ShouldBe((roomId, Sockets, 7));
        (subscription.Subscriber.Member, subscription.Subscriber.Credential).ShouldBe(("ada", TokenHash.Of(token)));
    }

    [Theory]
    [InlineData(3, 3, true)]
    [InlineData(7, 7, true)]
    [InlineData(8, 7, false)]
    [InlineData(2, 7, false)]
    public async Task Resumes_from_a_number_unless_too_much_was_missed_or_the_room_has_not_got_that_far(long since, long from, bool resumed)
    {
        var room = new FakeRoom { Seq = 7 };
        await using var host = await Start(room, new HttpOptions { Sockets = new SocketOptions { ResumeEventsMax = 4 } });
        var (roomId, token) = room.Seed(host.Time);

        using var socket = await RawSocket.OpenAsync(Address(host, roomId, $"?token={token}&since={since}"));
        var presence = await socket.ReadJsonAsync();

        presence.GetProperty("resumed").GetBoolean().ShouldBe(resumed);
        presence.GetProperty("seq").GetInt64().ShouldBe(7);
        await room.Subscribed.WaitAsync(TimeSpan.FromSeconds(10));
        room.Subscriptions.ShouldHaveSingleItem().Since.ShouldBe(from);
    }

    [Fact]
    public async Task Passes_frames_on_as_they_are_but_not_the_news_of_oneself()
    {
        var room = new FakeRoom();
        await using var host = await Start(room);
        var (roomId, token) = room.Seed(host.Time, "a\"da");
        using var socket = await Open(host, room, roomId, token, "a%22da");
        const string Own = """{"type":"user_joined","user_id":"a\"da","user_name":null,"timestamp":"t","seq":6}""";
        const string Others = """{"type":"user_joined","user_id":"bob","user_name":"Bob","timestamp":"t","seq":7}""";
        const string OwnGone = """{"type":"user_left","user_id":"a\"da","user_name":null,"timestamp":"t","seq":8}""";
        const string Vote = """{"type":"vote_update","item_id":"i","user_id":"a\"da","seq":9}""";

        room.Publish(Sockets, 6, Own);
        room.Publish(
            Sockets, (FeedFrameKind.Event, 7, Others), (FeedFrameKind.Event, 8, OwnGone), (FeedFrameKind.Event, 9, Vote));

        (await socket.ReadJsonAsync()).ToString().ShouldBe(Others);
        (await socket.ReadJsonAsync()).ToString().ShouldBe(Vote);
    }

    [Fact]
    public async Task Refuses_before_the_upgrade()
    {
        var room = new FakeRoom();
        await using var host = await Start(room);
        var (roomId, token) = room.Seed(host.Time);
        var (_, foreign) = room.Seed(host.Time);
        var (seatless, adminToken) = room.Seed(host.Time, null);

        await Expect(Address(host, roomId, ""), 401, "token_required");
        await Expect(Address(host, roomId, "?token=garbage"), 401, "invalid_token");
        await Expect(Address(host, roomId, $"?token={RoomToken.New(roomId)}"), 401, "invalid_token");
        await Expect(Address(host, roomId, $"?token={foreign}"), 403, "wrong_room");
        await Expect(Address(host, roomId, $"?token={token}", "bob"), 403, "acting_user_mismatch");
        await Expect(Address(host, seatless, $"?token={adminToken}"), 403, "acting_user_mismatch");
        await Expect(Address(host, roomId, $"?token={token}", new string('u', 51)), 422, "user_id_invalid");
        await Expect(Address(host, roomId, $"?token={token}&since=x"), 400, "invalid_request");
        await Expect(Address(host, new string('z', 24), $"?token={token}"), 400, "invalid_room_id");
        await Expect(Address(host, "abc", $"?token={token}"), 404, "route_not_found");
        await Expect(Address(host, roomId.ToUpperInvariant(), ""), 101, null, $"Authorization: Bearer {token}");
        await Expect(Address(host, roomId, $"?token={token}"), 403, "origin_not_allowed", "Origin: https://elsewhere.example");

        room.OnQuery = query => query is GetPresence ? AskResult.Unavailable("store_unavailable", "The store is away.") : null;
        await Expect(Address(host, roomId, $"?token={token}"), 503, "store_unavailable");
    }

    [Fact]
    public async Task Lets_anybody_in_as_whom_they_name_where_rooms_are_open()
    {
        var room = new FakeRoom();
        await using var host = await Start(room, new HttpOptions { Rooms = new RoomOptions { Access = RoomAccess.Open } });
        var (roomId, _) = room.Seed(host.Time);

        using var socket = await RawSocket.OpenAsync(Address(host, roomId, "", "carl"));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).GetProperty("users")[0].GetString().ShouldBe("carl");
        await room.Subscribed.WaitAsync(TimeSpan.FromSeconds(10));
        var subscriber = room.Subscriptions.ShouldHaveSingleItem().Subscriber;
        (subscriber.Member, subscriber.Credential).ShouldBe(("carl", null));

        await socket.SendTextAsync("""{"type":"voting_round_done","id":1}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("ack");
        room.Asked.ShouldHaveSingleItem().Command.ShouldBeOfType<FinishVoting>().Actor.ShouldBe(new RoomActor("carl", null));
    }

    [Fact]
    public async Task Beats_every_30_seconds_and_asks_a_silent_client_to_say_something()
    {
        var room = new FakeRoom();
        await using var host = await Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var socket = await Open(host, room, roomId, token);

        host.Time.Advance(TimeSpan.FromSeconds(30));
        (await socket.ReadJsonAsync()).ToString().ShouldBe("""{"type":"heartbeat","timestamp":"2026-05-01T20:00:30.000000"}""");
        await socket.SendTextAsync("""{"type":"pong"}""");
        await HeardAsync(socket);
        for (var i = 0; i < 2; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(30));
            (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("heartbeat");
            if (i == 0)
            {
                await HeardAsync(socket);
            }
        }

        (await socket.ReadJsonAsync()).ToString().ShouldBe("""{"type":"ping"}""");
    }

    [Theory]
    [InlineData(FeedEnd.Moved, 4001)]
    [InlineData(FeedEnd.Failed, 4002)]
    [InlineData(FeedEnd.Expelled, 4500)]
    [InlineData(FeedEnd.Closed, 4501)]
    [InlineData(FeedEnd.Revoked, 4503)]
    public async Task Says_with_the_close_code_why_the_feed_ended(FeedEnd end, int code)
    {
        var room = new FakeRoom();
        await using var host = await Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var socket = await Open(host, room, roomId, token);

        room.EndAll(end);

        (await socket.ReadCloseAsync()).ShouldBe(code);
    }

    /// <summary>Waits until the server has noticed that something came: the second pong shows that it went on after the first.</summary>
    private static async Task HeardAsync(RawSocket socket)
    {
        for (var i = 0; i < 2; i++)
        {
            await socket.SendAsync(RawSocket.Ping, []);
            (byte Opcode, byte[]) frame;
            do
            {
                frame = await socket.ReadFrameAsync();
                frame.Opcode.ShouldNotBe(RawSocket.Text, "nothing is said in between");
            }
            while (frame.Opcode != RawSocket.Pong);
        }
    }

    private static async Task Expect(Uri address, int status, string? code, params string[] headers)
    {
        using var socket = await RawSocket.OpenAsync(address, 0, headers);
        socket.Status.ShouldBe(status, socket.Head);
        if (code is not null)
        {
            (await socket.ReadBodyAsync()).ShouldContain($"\"code\":\"{code}\"");
        }
    }

    internal static Task<TestHost> Start(FakeRoom room, HttpOptions? options = null) => TestHost.StartAsync(options, null, _ => room);

    internal static Uri Address(TestHost host, string roomId, string query, string userId = "ada") =>
        new($"ws://{host.Address.Authority}/ws/{roomId}/{userId}{query}");

    internal static async Task<RawSocket> Open(TestHost host, FakeRoom room, string roomId, string token, string userId = "ada")
    {
        var socket = await RawSocket.OpenAsync(Address(host, roomId, $"?token={token}", userId));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("presence");
        await room.Subscribed.WaitAsync(TimeSpan.FromSeconds(10));
        return socket;
    }
}
