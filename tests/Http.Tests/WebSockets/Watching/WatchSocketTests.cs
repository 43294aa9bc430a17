using AkkaParty.Accounts;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;
using static AkkaParty.Http.Tests.WebSockets.Watching.WatchTable;

namespace AkkaParty.Http.Tests.WebSockets.Watching;

/// <summary>Coming in to a watch party's socket, and going.</summary>
public sealed class WatchSocketTests
{
    private const string Eve = "0199a000-0000-7000-8000-0000000000ee";

    [Fact]
    public async Task Begins_with_everything_there_is_and_follows_from_that_number()
    {
        await using var table = await WatchTable.OpenAsync();
        table.Party.Messages.Add(new("m1", table.Ada, "Ada", "Hello", table.Party.Now, FakeWatch.ItemId, 7, false));
        using var socket = await RawSocket.OpenAsync(table.Flat($"?token={table.AdaToken}"));
        socket.Status.ShouldBe(101, socket.Head);

        var sync = await socket.ReadJsonAsync();
        (Type(sync), sync.GetProperty("party_id").GetString(), sync.GetProperty("clip_id").GetString(), sync.GetProperty("seq").GetInt64())
            .ShouldBe(("sync", FakeWatch.PartyId, FakeWatch.ItemId, 5));
        (sync.GetProperty("position").GetInt64(), sync.GetProperty("position_ms").GetInt64(), sync.GetProperty("is_playing").GetBoolean())
            .ShouldBe((13, 13_345, true), "a second after it was at 12.345 s");
        (sync.GetProperty("server_timestamp").GetInt64(), sync.GetProperty("server_time_ms").GetDouble())
            .ShouldBe((1_777_665_600, 1_777_665_600_000));
        sync.GetProperty("playback").ToString().ShouldBe(
            $$"""{"item_id":"{{FakeWatch.ItemId}}","position_ms":12345,"playing":true,"rate":1,"at_ms":1777665599000,"""
            + "\"duration_ms\":9000000,\"changed_by\":null}");
        sync.GetProperty("item").GetProperty("title").GetString().ShouldBe("Metropolis");
        sync.GetProperty("you").ToString().ShouldBe(
            $$"""{"user_id":"{{table.Ada}}","name":"Ada","role":"host","is_guest":false,"muted":false}""");
        sync.GetProperty("party").GetProperty("title").GetString().ShouldBe("Friday");
        sync.GetProperty("participants")[0].GetProperty("connected").GetBoolean().ShouldBeTrue("whoever asks is there");
        sync.GetProperty("items").GetArrayLength().ShouldBe(1);
        sync.GetProperty("messages")[0].GetProperty("message").GetString().ShouldBe("Hello");
        sync.TryGetProperty("resumed", out _).ShouldBeFalse();

        await table.Party.UntilAsync(() => table.Party.Subscriptions.Count == 1, "the connection follows");
        var subscription = table.Party.Subscriptions[0];
        (subscription.Audience, subscription.Since).ShouldBe((WatchAddress.PartySocketAudience, 5));
        (subscription.Subscriber.Member, subscription.Subscriber.Credential).ShouldBe((table.Ada, null));
    }

    [Fact]
    public async Task Begins_without_messages_for_whoever_does_not_want_to_know_how_it_goes_on()
    {
        await using var table = await WatchTable.OpenAsync();
        table.Party.Messages.Add(new("m1", table.Ada, "Ada", "It was the butler", table.Party.Now, FakeWatch.ItemId, 7, false));
        using var socket = await RawSocket.OpenAsync(table.Flat($"?token={table.AdaToken}&messages=none"));
        (await socket.ReadJsonAsync()).TryGetProperty("messages", out _).ShouldBeFalse();

        await socket.SendTextAsync("""{"type":"messages","up_to_ms":5000,"id":3}""");
        var answer = await socket.ReadJsonAsync();
        (Type(answer), answer.GetProperty("up_to_ms").GetDouble(), answer.GetProperty("id").GetInt64()).ShouldBe(("messages", 5000, 3));
        table.Party.Queried.OfType<ListMessages>().ShouldHaveSingleItem().UpToMs.ShouldBe(5000);
    }

    [Theory]
    [InlineData(3, 3, true)]
    [InlineData(5, 5, true)]
    [InlineData(6, 5, false)]
    public async Task Resumes_from_a_number_unless_the_party_has_not_got_that_far(long since, long from, bool resumed)
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await RawSocket.OpenAsync(table.Flat($"?token={table.AdaToken}&since={since}"));
        var sync = await socket.ReadJsonAsync();
        sync.GetProperty("resumed").GetBoolean().ShouldBe(resumed);
        sync.TryGetProperty("participants", out _).ShouldBe(!resumed, "whoever resumes has the rest");
        await table.Party.UntilAsync(() => table.Party.Subscriptions.Count == 1, "the connection follows");
        table.Party.Subscriptions[0].Since.ShouldBe(from);
    }

    [Fact]
    public async Task Refuses_before_the_upgrade()
    {
        await using var table = await WatchTable.OpenAsync();
        var (_, stranger) = table.Host.Accounts.Seed("Mallory");
        var expired = table.Host.Accounts.LogIn(Guid.Parse(table.Ada), TimeSpan.FromSeconds(-1));
        var revoked = table.Host.Accounts.LogIn(Guid.Parse(table.Ada));
        table.Host.Accounts.Revoke(revoked);
        var guest = table.Party.SeatGuest(Eve, "Eve");
        const string Other = "0199a000-0000-7000-8000-00000000ffff";

        foreach (var address in (Func<string, string, Uri>[])[table.Flat, table.Room])
        {
            await ExpectAsync(address("", FakeWatch.PartyId), 401, WatchErrorCodes.AccountRequired);
            await ExpectAsync(address("?token=head.body.sign", FakeWatch.PartyId), 401, "invalid_token");
            await ExpectAsync(address($"?token={expired}", FakeWatch.PartyId), 401, "token_expired");
            await ExpectAsync(address($"?token={revoked}", FakeWatch.PartyId), 401, "token_revoked");
            await ExpectAsync(address($"?guestToken={guest[..^1]}0", FakeWatch.PartyId), 401, WatchErrorCodes.GuestTokenInvalid);
            await ExpectAsync(address("?guestToken=short", FakeWatch.PartyId), 401, WatchErrorCodes.GuestTokenInvalid);
            await ExpectAsync(address($"?guestToken={guest}", Other), 403, WatchErrorCodes.GuestOfOtherParty);
            await ExpectAsync(address($"?ticket={guest}", Other), 401, WatchErrorCodes.WatchTicketInvalid);
            await ExpectAsync(address("?ticket=abc", FakeWatch.PartyId), 401, WatchErrorCodes.WatchTicketInvalid);
            await ExpectAsync(address($"?token={table.AdaToken}", Other), 404, WatchErrorCodes.WatchPartyNotFound);
            await ExpectAsync(address($"?token={table.AdaToken}", "nonsense"), 400, "invalid_request");
            await ExpectAsync(address($"?token={table.AdaToken}&since=x", FakeWatch.PartyId), 400, "invalid_request");
            await ExpectAsync(
                address($"?token={table.AdaToken}", FakeWatch.PartyId), 403, "origin_not_allowed", "Origin: https://elsewhere.example");
            await ExpectAsync(address("", FakeWatch.PartyId), 101, null, $"Authorization: Bearer {table.AdaToken}");
            await ExpectAsync(
                address("", FakeWatch.PartyId), 101, null, $"Sec-WebSocket-Protocol: auth.bearer.{table.AdaToken}");
        }

        await ExpectAsync(table.Flat($"?token={stranger}"), 403, WatchErrorCodes.NotAParticipant);
    }

    [Fact]
    public async Task Lets_guests_follow_with_their_token()
    {
        await using var table = await WatchTable.OpenAsync();
        var token = table.Party.SeatGuest(Eve, "Eve");
        foreach (var query in (string[])[$"?guestToken={token}", $"?token={token}"])
        {
            using var socket = await table.ConnectAsync(query: query);
            var subscriber = table.Party.Subscriptions[^1].Subscriber;
            (subscriber.Member, subscriber.Credential).ShouldBe((Eve, TokenHash.Of(token)));
            await socket.SendTextAsync("""{"type":"play","id":1}""");
            Type(await socket.ReadJsonAsync()).ShouldBe("ack");
            ((Play)table.Party.Asked[^1]).Actor.ShouldBe(new WatchActor(Eve, TokenHash.Of(token)));
        }

    }

    [Fact]
    public async Task Closes_when_the_token_ends()
    {
        await using var table = await WatchTable.OpenAsync();
        var token = table.Host.Accounts.LogIn(Guid.Parse(table.Ada), TimeSpan.FromSeconds(10));
        using var socket = await table.ConnectAsync(query: $"?token={token}");
        table.Host.Time.Advance(TimeSpan.FromSeconds(11));
        (await socket.ReadCloseAsync()).ShouldBe(4502);
    }

    [Fact]
    public async Task Opens_one_connection_for_a_ticket_and_gives_a_guest_a_token_to_come_back_with()
    {
        await using var table = await WatchTable.OpenAsync();
        table.Party.SeatGuest(Eve, "Eve");
        var ticket = table.Party.IssueTicket(Eve, null);

        var plain = await table.Host.SendAsync(HttpMethod.Get, table.Flat($"?ticket={ticket}").PathAndQuery);
        plain.Status.ShouldBe(426, "a request that opens no connection does not use the ticket up");
        using var socket = await RawSocket.OpenAsync(table.Room($"?ticket={ticket}"));
        var you = Payload(await socket.ReadJsonAsync()).GetProperty("you");
        you.GetProperty("user_id").GetString().ShouldBe(Eve);
        you.GetProperty("guest_token_expires_at").GetString().ShouldBe("2026-05-02T20:00:00Z");
        await ExpectAsync(table.Room($"?ticket={ticket}"), 401, WatchErrorCodes.WatchTicketInvalid);
        await ExpectAsync(table.Flat($"?ticket={ticket}"), 401, WatchErrorCodes.WatchTicketInvalid);

        using var again = await table.ConnectAsync(query: $"?guestToken={you.GetProperty("guest_token").GetString()}");
    }

    [Fact]
    public async Task Takes_an_accounts_ticket_only_while_its_session_holds()
    {
        await using var table = await WatchTable.OpenAsync();
        var grant = (await table.Host.Accounts.VerifyAsync(table.AdaToken, CancellationToken.None)).Value!;
        var ticket = table.Party.IssueTicket(table.Ada, grant.SessionId.ToString("D"));
        using (var socket = await table.ConnectAsync(query: $"?ticket={ticket}"))
        {
            table.Host.Accounts.WatchCount.ShouldBe(1);
            table.Host.Accounts.Revoke(table.AdaToken);
            (await socket.ReadCloseAsync()).ShouldBe(4503);
        }

        var late = table.Party.IssueTicket(table.Ada, grant.SessionId.ToString("D"));
        await ExpectAsync(table.Flat($"?ticket={late}"), 401, "token_revoked");
    }

    [Fact]
    public async Task Closes_at_once_when_the_session_of_the_account_is_ended()
    {
        await using var table = await WatchTable.OpenAsync();
        using var flat = await table.ConnectAsync();
        using var room = await table.ConnectAsync(room: true);
        table.Host.Accounts.Revoke(table.AdaToken);
        (await flat.ReadCloseAsync()).ShouldBe(4503);
        (await room.ReadCloseAsync()).ShouldBe(4503);
    }

    [Theory]
    [InlineData(FeedEnd.Moved, 4001)]
    [InlineData(FeedEnd.Failed, 4002)]
    [InlineData(FeedEnd.Expelled, 4500)]
    [InlineData(FeedEnd.Closed, 4501)]
    [InlineData(FeedEnd.Revoked, 4503)]
    public async Task Says_with_the_close_code_why_the_feed_ended(FeedEnd end, int code)
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync();
        table.Party.EndAll(end);
        (await socket.ReadCloseAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Takes_a_seat_for_an_account_that_may_come_in_where_clients_do_not_join_first()
    {
        await using var table = await WatchTable.OpenAsync();
        var (id, token) = table.Host.Accounts.Seed("Bob");
        table.Party.OnQuery = query => query is GetWatchEntry
            ? Runtime.Entities.AskResult.Replied(new WatchEntry(table.Ada, WatchVisibility.Public, null, false, false), 5)
            : null;
        table.Party.OnAsk = command =>
        {
            if (command is JoinWatchParty join)
            {
                table.Party.Seat(join.Person.MemberId, join.Person.Name);
                return Runtime.Entities.AskResult.Replied(new WatchPartyChanged(table.Party.View()), 6);
            }

            return null;
        };

        using var socket = await RawSocket.OpenAsync(table.Room($"?token={token}"));
        socket.Status.ShouldBe(101, socket.Head);
        Payload(await socket.ReadJsonAsync()).GetProperty("you").GetProperty("user_id").GetString().ShouldBe(id.ToString("D"));
        table.Party.Asked.OfType<JoinWatchParty>().ShouldHaveSingleItem().Person.Name.ShouldBe("Bob");
    }

    [Fact]
    public async Task Closes_on_a_megabyte_and_on_a_flood()
    {
        await using var table = await WatchTable.OpenAsync(
            new HttpOptions { Sockets = new SocketOptions { RefusedMessagesMax = 20 } });
        using (var big = await table.ConnectAsync())
        {
            var piece = new byte[60_000];
            Array.Fill(piece, (byte)'x');
            await big.SendAsync(RawSocket.Text, piece, final: false);
            var error = await big.ReadJsonAsync();
            (Type(error), error.GetProperty("code").GetString()).ShouldBe(("error", "message_too_big"));
            (await big.ReadCloseAsync()).ShouldBe(1009);
        }

        using var flood = await table.ConnectAsync(room: true);
        for (var i = 0; i < 70; i++)
        {
            await flood.SendTextAsync("""{"type":"ping"}""");
        }

        var codes = new List<string?>();
        int? close = null;
        while (close is null)
        {
            var (opcode, payload) = await flood.ReadFrameAsync();
            if (opcode == RawSocket.CloseOpcode)
            {
                close = (payload[0] << 8) | payload[1];
            }
            else if (opcode == RawSocket.Text)
            {
                codes.Add(System.Text.Json.JsonDocument.Parse(payload).RootElement.GetProperty("type").GetString());
            }
        }

        close.ShouldBe(4029);
        codes.Count(type => type == "pong").ShouldBe(40);
        codes.ShouldContain("error");
    }
}
