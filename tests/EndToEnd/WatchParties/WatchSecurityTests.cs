using System.Net;
using System.Net.WebSockets;
using System.Text;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.EndToEnd.WatchParties;

/// <summary>What people with bad intentions send to a watch party's sockets: each has its refusal, and the others notice nothing.</summary>
public sealed class WatchSecurityTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Ping = """{"type":"ping"}""";
    private const int Megabyte = 1024 * 1024;
    private const int FloodCount = 2_000;

    private readonly ServerProcess _server = fixture.Server;
    private readonly RoomSite _site = new(fixture.Server);

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_floods_is_told_to_wait_and_then_put_out_until_later(bool isRoom)
    {
        var table = await WatchTable.SeatAsync(_site);
        await using var flooding = await WatchTable.ConnectAsync(table.Member(table.Viewer, isRoom));
        await using var other = await WatchTable.ConnectAsync(table.Member(table.Host, isRoom));

        var flood = FloodAsync(flooding);
        await LivesAsync(other, table.Member(table.Host, isRoom));
        await flood;

        (await flooding.EndAsync()).Code.ShouldBe(CloseCodes.TooManyMessages.Code);
        var errors = flooding.Frames.Where(frame => frame.Is("error")).ToList();
        errors.Count.ShouldBeGreaterThan(100, "who goes on in spite of so many refusals");
        errors.ShouldAllBe(error => error.Text("code") == "rate_limited" && error.Member("retryable")!.Value.GetBoolean());
        flooding.Frames.Count(frame => frame.Is("pong")).ShouldBeInRange(40, 200, "a burst, and what is allowed in a second");
        await using var back = await WatchTable.ConnectAsync(table.Member(table.Viewer, isRoom));
        await LivesAsync(back, table.Member(table.Viewer, isRoom));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_of_a_megabyte_is_refused_and_ends_the_connection(bool isRoom)
    {
        var table = await WatchTable.SeatAsync(_site);
        await using var big = await WatchTable.ConnectAsync(table.Member(table.Viewer, isRoom));
        await using var other = await WatchTable.ConnectAsync(table.Member(table.Host, isRoom));

        await SendAnywayAsync(big, new byte[Megabyte]);

        (await big.NextAsync("error")).Text("code").ShouldBe("message_too_big");
        (await big.EndAsync()).Code.ShouldBe(CloseCodes.MessageTooBig.Code);
        await LivesAsync(other, table.Member(table.Host, isRoom));
    }

    [Fact]
    public async Task A_frame_that_says_it_is_a_terabyte_is_not_waited_for()
    {
        var table = await WatchTable.SeatAsync(_site);
        using var raw = await RawSocketClient.UpgradeAsync(_server, table.Member(table.Viewer, isRoom: false).SocketAddress());
        raw.Status.ShouldBe(101, raw.Head);

        await raw.SendBytesAsync(new byte[] { 0x81, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4 });
        await raw.SendBytesAsync(new byte[32 * 1024]);

        (await raw.CloseCodeAsync()).ShouldBe(CloseCodes.MessageTooBig.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_of_another_origin_opens_nothing_whatever_it_has(bool isRoom)
    {
        var table = await WatchTable.SeatAsync(_site);
        var member = table.Member(table.Viewer, isRoom);
        var ticket = await table.TicketAsync(table.Viewer);

        foreach (var query in (string[])[$"token={member.Token}", $"ticket={ticket}"])
        {
            (await table.RefusedAsync(member.SocketAddress(query), "https://evil.example")).ShouldBe((403, "origin_not_allowed"));
        }

        await using var own = await WatchTable.ConnectAsync(member, $"ticket={ticket}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ticket_opens_one_connection_to_its_own_party(bool isRoom)
    {
        var table = await WatchTable.SeatAsync(_site);
        var other = await WatchTable.SeatAsync(_site);
        var member = table.Member(table.Viewer, isRoom);
        var query = $"ticket={await table.TicketAsync(table.Viewer)}";

        (await table.RefusedAsync(member.SocketAddress(query, other.PartyId))).ShouldBe((401, WatchErrorCodes.WatchTicketInvalid));
        await using var first = await WatchTable.ConnectAsync(member, query);
        (await table.RefusedAsync(member.SocketAddress(query))).ShouldBe((401, WatchErrorCodes.WatchTicketInvalid));
        await LivesAsync(first, member);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_of_one_party_opens_no_other(bool isRoom)
    {
        var table = await WatchTable.SeatAsync(_site);
        var other = await WatchTable.SeatAsync(_site);
        (await other.Host.CallAsync("PATCH", other.Path + "/settings", new { visibility = "private" })).Expect(HttpStatusCode.OK);
        var guest = table.Guest(isRoom);
        var viewer = table.Member(table.Viewer, isRoom);

        (await table.RefusedAsync(guest.SocketAddress($"guestToken={guest.Token}", other.PartyId)))
            .ShouldBe((403, WatchErrorCodes.GuestOfOtherParty));
        var (status, code) = await table.RefusedAsync(viewer.SocketAddress($"token={viewer.Token}", other.PartyId));
        status.ShouldBe(403);
        code.ShouldBeOneOf(WatchErrorCodes.NotAParticipant, WatchErrorCodes.WatchPrivate, WatchErrorCodes.AccessNeeded);
        (await table.RefusedAsync(viewer.SocketAddress("client=none"))).ShouldBe((401, WatchErrorCodes.AccountRequired));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_kicked_loses_the_sockets_the_token_and_the_tickets(bool isRoom)
    {
        var table = await WatchTable.SeatAsync(_site);
        var viewer = table.Member(table.Viewer, isRoom);
        var guest = table.Guest(isRoom);
        await using var first = await WatchTable.ConnectAsync(viewer);
        await using var second = await WatchTable.ConnectAsync(table.Member(table.Viewer, !isRoom));
        await using var third = await WatchTable.ConnectAsync(guest);
        var ticket = await table.TicketAsync(table.Viewer);

        await KickAsync(table, viewer.UserId);
        await KickAsync(table, guest.UserId);

        foreach (var socket in (WatchSocket[])[first, second, third])
        {
            (await socket.EndAsync()).Code.ShouldBe(CloseCodes.Removed.Code);
        }

        (await table.RefusedAsync(viewer.SocketAddress()))
            .ShouldBe((403, isRoom ? WatchErrorCodes.WatchKicked : WatchErrorCodes.NotAParticipant), "rooms let those in who may join");
        (await table.RefusedAsync(viewer.SocketAddress($"ticket={ticket}"))).ShouldBe((401, WatchErrorCodes.WatchTicketInvalid));
        (await table.RefusedAsync(guest.SocketAddress())).ShouldBe((401, WatchErrorCodes.GuestTokenInvalid));
        (await table.Viewer.CallAsync("POST", table.Path + "/join")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_gives_themselves_a_role(bool isRoom)
    {
        var table = await WatchTable.SeatAsync(_site);
        var viewer = table.Member(table.Viewer, isRoom);
        await using var socket = await WatchTable.ConnectAsync(viewer);

        foreach (var kind in (string[])["play", "pause"])
        {
            var id = viewer.NextId();
            var answer = await socket.AskAsync(viewer.Write(kind, new Dictionary<string, object>(), id), id);
            (answer.Type, answer.Text("code")).ShouldBe(("error", WatchErrorCodes.ControlNotAllowed));
        }

        var self = new { user_id = viewer.UserId };
        foreach (var route in (string[])["/co-hosts", "/transfer-host"])
        {
            (await table.Viewer.CallAsync("POST", table.Path + route, self)).Status.ShouldBe(HttpStatusCode.Forbidden);
        }

        await KickRefusedAsync(table);
        foreach (var forged in Forge(table.Viewer.AccessToken))
        {
            (await table.RefusedAsync(viewer.SocketAddress($"token={forged}"))).ShouldBe((401, AccountErrorCodes.InvalidToken));
        }
    }

    private static async Task KickRefusedAsync(WatchTable table) =>
        (await table.Viewer.CallAsync("POST", table.Path + "/kick", new { user_id = table.Host.UserId }))
            .Status.ShouldBe(HttpStatusCode.Forbidden);

    private static async Task KickAsync(WatchTable table, string userId) =>
        (await table.Host.CallAsync("POST", table.Path + "/kick", new { user_id = userId })).Expect(HttpStatusCode.OK);

    // The claims changed under the old signature, and without one.
    private static IEnumerable<string> Forge(string token)
    {
        var parts = token.Split('.');
        var claims = Encoding.UTF8.GetString(Decode(parts[1])).Replace("\"user\"", "\"admin\"", StringComparison.Ordinal);
        claims.ShouldContain("\"admin\"");
        yield return $"{parts[0]}.{Encode(claims)}.{parts[2]}";
        yield return $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{Encode(claims)}.";
    }

    private static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    // It goes on whatever it is told, until it is cut off.
    private static async Task FloodAsync(WatchSocket socket)
    {
        for (var i = 0; i < FloodCount && socket.End is null; i++)
        {
            await SendAnywayAsync(socket, Encoding.UTF8.GetBytes(Ping));
        }
    }

    private static async Task SendAnywayAsync(WatchSocket socket, byte[] message)
    {
        try
        {
            await socket.SendAsync(message);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException)
        {
            // The server has had enough: how the connection ended is looked at afterwards.
            await socket.Ended;
        }
    }

    private static async Task LivesAsync(WatchSocket socket, WatchMember member)
    {
        var id = member.NextId();
        var text = member.Write("chat", new Dictionary<string, object> { ["message"] = "Is everybody there?" }, id);
        (await socket.AskAsync(text, id)).Type.ShouldBe("ack");
    }
}
