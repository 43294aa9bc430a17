using AkkaParty.Http.Tests.Support;
using AkkaParty.Http.Tests.WebSockets;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Http.Tests;

/// <summary>The watch party of a room's film, for those who follow the room by a stream of events.</summary>
public sealed class RealRoomOpeningTests
{
    private const string Code = "ABC234";

    [Fact]
    public async Task Whoever_follows_a_stream_hears_of_the_watch_party_and_fetches_a_ticket_with_the_rooms_token()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        using var stream = await EventReader.OpenAsync(new Uri(host.Address, $"/api/events/room/{room.Id}?token={room["bob"]}"));
        (await stream.ReadAsync())!.Type.ShouldBe("connected");
        var item = await room.AddAsync("ada", "Metropolis");
        (await room.SendAsync("ada", "POST", $"/api/queue/{item}/watch?open=true")).Status.ShouldBe(200);
        (await room.SendAsync("bob", "POST", "/api/rooms/~/watch/ticket")).ShouldBeProblem(409, "watch_party_not_open");

        var bob = await OpenAsync(host, room);

        var told = (await stream.ReadAsync())!;
        while (!told.Data.ToString().Contains("watch_party_opened", StringComparison.Ordinal))
        {
            told = (await stream.ReadAsync())!;
        }

        told.Type.ShouldBe("room_change");
        var opened = told.Data.GetProperty("document");
        opened.TryGetProperty("ticket", out _).ShouldBeFalse("a stream is everybody's who has the token");
        var ticket = await room.SendAsync("bob", "POST", "/api/rooms/~/watch/ticket");
        ticket.Status.ShouldBe(201, ticket.Text);
        (ticket["watch_party_id"], ticket["invite_code"]).ShouldBe((opened.GetProperty("watch_party_id").GetString(), Code));
        using var socket = await RawSocket.OpenAsync(new Uri($"ws://{host.Address.Authority}{ticket["url"]}"));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).GetProperty("you").GetProperty("user_id").GetString().ShouldBe(bob);
        (await host.PostAsync($"/api/rooms/{room.Id}/watch/ticket", new { })).Status.ShouldBe(401, "the token of the room is needed");
    }

    /// <summary>What the node does about a decision.</summary>
    private static async Task<string> OpenAsync(TestHost host, RoomTable room)
    {
        var (regions, now) = (host.Get<IEntityRegions>(), host.Time.GetUtcNow());
        var id = (await room.SendAsync("ada", "GET", "/api/rooms/~")).Json.GetProperty("watch_party").GetProperty("id").GetString()!;
        var (ada, bob) = (Guid.CreateVersion7(now).ToString("D"), Guid.CreateVersion7(now).ToString("D"));
        var created = await regions[WatchAddress.Kind].AskAsync(
            id,
            new CreateWatchParty(
                now,
                new WatchPerson(ada, "Ada", IsGuest: true),
                Code,
                "Metropolis",
                null,
                new WatchSettings { Controls = WatchControls.Everyone },
                [new MediaItem(Guid.CreateVersion7(now).ToString("D"), "Metropolis")],
                Seats: [new OriginSeat(new WatchPerson(bob, "Bob", IsGuest: true), "bob")],
                Origin: new WatchOrigin(RoomAddress.Kind, room.Id, "ada")));
        created.Outcome.ShouldBe(AskOutcome.Replied, created.Rejection?.Message);
        var told = await regions[RoomAddress.Kind].AskAsync(room.Id, new FinishRoomOpening(now, id, Code));
        told.Outcome.ShouldBe(AskOutcome.Replied, told.Rejection?.Message);
        return bob;
    }
}
