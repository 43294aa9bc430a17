using System.Text.Json;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Http.Tests.WebSockets;

namespace AkkaParty.Http.Tests;

/// <summary>The sockets of watch parties over the real party, in both dialects.</summary>
public sealed class RealWatchTests
{
    [Fact]
    public async Task People_on_both_sockets_see_the_same_playback_and_chat()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        using var ada = await table.FlatAsync("Ada");
        using var bob = await table.RoomAsync("Bob");
        Text(await UntilAsync(ada, "presence", "user_id", table.Id("Bob")), "status").ShouldBe("online");

        await ada.SendTextAsync("""{"type":"play","id":1}""");
        var play = await UntilAsync(ada, "play");
        var atMs = play.GetProperty("at_ms").GetInt64();
        (atMs - table.NowMs).ShouldBe(200, "twice the round trip of those who did not say theirs, at least 200 ms");
        var ack = await UntilAsync(ada, "ack");
        ack.GetProperty("seq").GetInt64().ShouldBe(play.GetProperty("seq").GetInt64());
        var sync = await UntilAsync(bob, "sync", "action", "play");
        sync.GetProperty("seq").GetInt64().ShouldBe(play.GetProperty("seq").GetInt64());
        sync.GetProperty("payload").GetProperty("playback").ToString().ShouldBe(play.GetProperty("playback").ToString());

        table.Pass(TimeSpan.FromMilliseconds(10_200));
        await bob.SendTextAsync("""{"type":"request_state"}""");
        var state = (await UntilAsync(bob, "state")).GetProperty("payload");
        (state.GetProperty("current_time").GetDouble(), state.GetProperty("is_playing").GetBoolean()).ShouldBe((10, true));

        await bob.SendTextAsync("""{"action":"pause","data":{},"id":1}""");
        var paused = (await UntilAsync(bob, "state")).GetProperty("payload");
        paused.GetProperty("playback").GetProperty("playing").GetBoolean().ShouldBeFalse();
        paused.GetProperty("playback").GetProperty("at_ms").GetInt64().ShouldBe(table.NowMs + 200);
        var pause = await UntilAsync(ada, "pause");
        pause.GetProperty("playback").GetProperty("position_ms").GetInt64().ShouldBe(10_200, "until then it goes on");

        await bob.SendTextAsync("""{"action":"chat","data":{"chat_message":"Look!"},"id":2}""");
        (await UntilAsync(ada, "chat_message")).GetProperty("chat_message").GetProperty("message").GetString().ShouldBe("Look!");
        var said = await UntilAsync(bob, "ack", "id", "2");
        said.GetProperty("payload").GetProperty("remaining").GetInt32().ShouldBe(9);
        await ada.SendTextAsync("""{"type":"chat","message":"Where?"}""");
        (await UntilAsync(bob, "sync", "action", "chat")).GetProperty("payload").GetProperty("data").GetProperty("chat_message")
            .GetString().ShouldBe("Where?");
        await ada.SendTextAsync("""{"type":"reaction","emoji":"🎉"}""");
        (await UntilAsync(bob, "reaction")).GetProperty("payload").GetProperty("emoji").GetString().ShouldBe("🎉");
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_they_missed_and_nothing_twice()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        using var live = await table.FlatAsync("Ada");
        var away = await table.FlatAsync("Bob");
        await away.SendTextAsync("""{"type":"seek","position":60,"id":1}""");
        var seq = (await UntilAsync(away, "seek")).GetProperty("seq").GetInt64();
        await UntilAsync(live, "seek");
        away.Dispose();

        await live.SendTextAsync("""{"type":"play"}""");
        await live.SendTextAsync("""{"type":"chat","message":"One"}""");
        await live.SendTextAsync("""{"type":"rate","rate":2}""");
        await live.SendTextAsync("""{"type":"chat","message":"Two","id":1}""");
        List<string> missed = [];
        while (missed.LastOrDefault()?.Contains("\"Two\"", StringComparison.Ordinal) != true)
        {
            missed.Add((await live.ReadJsonAsync()).ToString());
        }

        using var back = await RawSocket.OpenAsync(table.FlatAddress("Bob", $"&since={seq}"));
        var sync = await back.ReadJsonAsync();
        (Text(sync, "type"), sync.GetProperty("resumed").GetBoolean(), sync.GetProperty("playback").GetProperty("rate").GetDouble())
            .ShouldBe(("sync", true, 2));
        var next = 0;
        while (next < missed.Count)
        {
            var frame = await back.ReadJsonAsync();
            if (Text(frame, "type") != "presence")
            {
                frame.ToString().ShouldBe(missed[next]);
                next++;
            }
            else if (missed[next] == frame.ToString())
            {
                next++;
            }
        }
    }

    [Fact]
    public async Task Whoever_is_put_out_follows_no_more_and_cannot_come_back()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        using var ada = await table.FlatAsync("Ada");
        using var flat = await table.FlatAsync("Bob");
        using var room = await table.RoomAsync("Bob");
        (await table.SendAsync("Ada", "POST", "/kick", $$"""{"user_id":"{{table.Id("Bob")}}"}""")).Status.ShouldBe(200);
        (await flat.ReadCloseAsync()).ShouldBe(4500);
        (await room.ReadCloseAsync()).ShouldBe(4500);
        Text(await UntilAsync(ada, "participant-left"), "reason").ShouldBe("kicked");
        foreach (var address in (Uri[])[table.FlatAddress("Bob"), table.RoomAddress("Bob")])
        {
            using var again = await RawSocket.OpenAsync(address);
            again.Status.ShouldBe(403, again.Head);
        }
    }

    [Fact]
    public async Task The_end_is_told_and_closes_every_socket()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        using var ada = await table.FlatAsync("Ada");
        using var bob = await table.RoomAsync("Bob");
        (await table.SendAsync("Ada", "POST", "/end")).Status.ShouldBe(200);
        await UntilAsync(ada, "party_ended");
        (await ada.ReadCloseAsync()).ShouldBe(4501);
        await UntilAsync(bob, "room_ended");
        (await bob.ReadCloseAsync()).ShouldBe(4501);
        using var late = await RawSocket.OpenAsync(table.FlatAddress("Bob"));
        late.Status.ShouldBe(409, late.Head);
    }

    [Fact]
    public async Task A_ticket_opens_one_connection_within_30_seconds()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        var first = (await table.SendAsync("Bob", "POST", "/ticket")).Json.GetProperty("data").GetProperty("ticket").GetString();
        var second = (await table.SendAsync("Bob", "POST", "/ticket")).Json.GetProperty("data").GetProperty("ticket").GetString();

        using var socket = await RawSocket.OpenAsync(table.Address($"/api/v1/watch-parties/{table.PartyId}/ws?ticket={first}"));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).GetProperty("you").GetProperty("user_id").GetString().ShouldBe(table.Id("Bob"));
        using var replayed = await RawSocket.OpenAsync(table.Address($"/api/v1/watch-parties/{table.PartyId}/ws?ticket={first}"));
        replayed.Status.ShouldBe(401);
        table.Pass(TimeSpan.FromSeconds(31));
        using var late = await RawSocket.OpenAsync(table.Address($"/ws/room/{table.PartyId}?ticket={second}"));
        late.Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_barrier_waits_for_those_who_say_when_they_are_ready_and_asks_them_anew()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        (await table.SendAsync("Ada", "PATCH", "/settings", """{"wait_for_ready":true,"ready_seconds":10}""")).Status.ShouldBe(200);
        using var ada = await table.FlatAsync("Ada");
        using var bob = await table.RoomAsync("Bob");
        await ada.SendTextAsync("""{"type":"report","ready":true,"id":1}""");
        await bob.SendTextAsync("""{"type":"report","payload":{"ready":true},"id":1}""");
        await UntilAsync(bob, "ack");
        await UntilAllAsync(ada, ("ack", null), ("presence", "ready"), ("presence", "ready"));

        await ada.SendTextAsync("""{"type":"play"}""");
        var raised = await UntilAsync(ada, "barrier");
        Text(raised, "action").ShouldBe("raised");
        raised.GetProperty("barrier").GetProperty("waits_for").GetArrayLength().ShouldBe(2);
        (await UntilAsync(bob, "barrier")).GetProperty("payload").GetProperty("action").GetString().ShouldBe("raised");
        await bob.SendTextAsync("""{"type":"report","payload":{"ready":true}}""");
        Text(await UntilAsync(ada, "barrier"), "action").ShouldBe("reached");
        await ada.SendTextAsync("""{"type":"report","ready":true}""");
        Text(await UntilAsync(ada, "barrier", "action", "ended"), "reason").ShouldBe("ready");
        (await UntilAsync(ada, "play")).GetProperty("playback").GetProperty("playing").GetBoolean().ShouldBeTrue();
        await UntilAsync(bob, "sync", "action", "play");
    }

    [Fact]
    public async Task A_command_waits_for_the_slowest_clients_round_trip()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        using var ada = await table.FlatAsync("Ada");
        using var bob = await table.FlatAsync("Bob");
        await bob.SendTextAsync("""{"type":"report","rtt_ms":310,"offset_ms":-40,"id":1}""");
        await UntilAsync(bob, "ack");
        await RealWatchTable.UntilAsync(async () =>
            (await table.SendAsync("Ada", "GET", "/participants")).Text.Contains("\"sync_offset_ms\":-40", StringComparison.Ordinal));

        await ada.SendTextAsync("""{"type":"play"}""");
        ((await UntilAsync(ada, "play")).GetProperty("at_ms").GetInt64() - table.NowMs).ShouldBe(800);
    }

    [Fact]
    public async Task A_guest_of_a_public_party_follows_with_a_token_and_not_elsewhere()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone");
        (await table.SendAsync("Ada", "PATCH", "/settings", """{"visibility":"public"}""")).Status.ShouldBe(200);
        var asked = await table.Host.SendAsync(
            HttpMethod.Post, $"/api/v1/rooms/{table.PartyId}/request-access", """{"guest_name":"Eve"}""");
        asked.Status.ShouldBe(202, asked.Text);
        var status = await table.Host.SendAsync(HttpMethod.Get, $"/api/v1/guest-requests/{asked["request_id"]}/status");
        var token = status["session_token"].ShouldNotBeNull(status.Text);

        using var eve = await RawSocket.OpenAsync(table.Address($"/ws/room/{table.PartyId}?guestToken={token}"));
        eve.Status.ShouldBe(101, eve.Head);
        (await eve.ReadJsonAsync()).GetProperty("payload").GetProperty("you").GetProperty("name").GetString().ShouldBe("Eve");
        await eve.SendTextAsync("""{"action":"play","data":{},"id":1}""");
        await UntilAsync(eve, "ack");

        await using var other = await RealWatchTable.OpenAsync("everyone");
        using var elsewhere = await RawSocket.OpenAsync(other.Address($"/ws/room/{other.PartyId}?guestToken={token}"));
        elsewhere.Status.ShouldBe(403, elsewhere.Head);
    }

    [Fact]
    public async Task Whoever_may_not_is_told_so_and_the_connection_goes_on()
    {
        await using var table = await RealWatchTable.OpenAsync("host_only", "Bob");
        using var bob = await table.FlatAsync("Bob");
        using var room = await table.RoomAsync("Bob");
        await bob.SendTextAsync("""{"type":"pause","id":1}""");
        Text(await UntilAsync(bob, "error"), "code").ShouldBe("control_not_allowed");
        await room.SendTextAsync("""{"action":"seek","data":{"current_time":1}}""");
        (await UntilAsync(room, "error")).GetProperty("payload").GetProperty("code").GetString().ShouldBe("control_not_allowed");
        for (var i = 0; i < 11; i++)
        {
            await bob.SendTextAsync($$"""{"type":"chat","message":"Number {{i}}"}""");
        }

        var tooFast = await UntilAsync(bob, "error");
        (Text(tooFast, "code"), tooFast.GetProperty("retry_after_ms").GetInt32()).ShouldBe(("chat_too_fast", 60_000));
        await bob.SendTextAsync("""{"type":"ping"}""");
        await UntilAsync(bob, "pong");
    }

    private static string? Text(JsonElement frame, string member) => frame.GetProperty(member).ToString();

    /// <summary>Reads on until a frame of each of these types and statuses was there, in whatever order.</summary>
    private static async Task UntilAllAsync(RawSocket socket, params (string Type, string? Status)[] wanted)
    {
        var missing = wanted.ToList();
        while (missing.Count > 0)
        {
            var frame = await socket.ReadJsonAsync();
            var status = frame.TryGetProperty("status", out var told) ? told.GetString() : null;
            missing.Remove((Text(frame, "type")!, status));
        }
    }

    private static Task<JsonElement> UntilAsync(RawSocket socket, string type, string? member = null, string? value = null) =>
        RealWatchTable.UntilAsync(socket, type, member, value);
}
