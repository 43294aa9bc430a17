using System.Text.Json;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Http.Tests.WebSockets;

namespace AkkaParty.Http.Tests;

/// <summary>One room over REST, sockets and streams, with the real entity in memory: the same story everywhere.</summary>
public sealed class RealRoomTests
{
    [Fact]
    public async Task What_is_done_over_rest_and_over_sockets_reaches_every_socket_and_stream()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        using var ada = await OpenAsync(room, "ada");
        using var bob = await OpenAsync(room, "bob");
        (await ada.ReadJsonAsync()).ToString().ShouldContain("\"user_joined\",\"user_id\":\"bob\",\"user_name\":\"Bob\"");
        using var everything = await FollowAsync(room, "room");
        using var votes = await FollowAsync(room, "votes");
        using var queue = await FollowAsync(room, "queue");

        var item = await room.AddAsync("ada", "Metropolis");
        var added = await ada.ReadJsonAsync();
        (Text(added, "type"), Text(added, "action"), Text(added, "item_id"), Text(added, "title"), Text(added, "added_by"))
            .ShouldBe(("queue_update", "add", item, "Metropolis", "ada"));
        added.GetProperty("item").GetProperty("_id").GetString().ShouldBe(item);
        (await bob.ReadJsonAsync()).ToString().ShouldBe(added.ToString());
        var seq = added.GetProperty("seq").GetInt64();
        var insert = (await queue.ReadAsync())!;
        (insert.Type, Text(insert.Data, "operation"), Text(insert.Data, "document_id"), insert.Id)
            .ShouldBe(("queue_change", "insert", item, $"{seq}"));
        (await everything.ReadAsync())!.Data.ToString().ShouldBe(insert.Data.ToString());

        await bob.SendTextAsync($$"""{"type":"vote","item_id":"{{item}}","vote":"up","id":1}""");
        var vote = await bob.ReadJsonAsync();
        vote.ToString().ShouldBe(
            $$"""{"type":"vote_update","item_id":"{{item}}","user_id":"bob","user_name":"Bob","vote":"up","upvotes":1,"downvotes":0"""
            + $$""","vote_score":1,"timestamp":"2026-05-01T20:00:00.000000","seq":{{seq + 1}}}""");
        (await bob.ReadJsonAsync()).ToString().ShouldBe($$"""{"type":"ack","id":1,"seq":{{seq + 1}}}""");
        (await ada.ReadJsonAsync()).ToString().ShouldBe(vote.ToString());
        var cast = (await votes.ReadAsync())!;
        (cast.Type, Text(cast.Data, "operation"), cast.Data.GetProperty("vote_counts").ToString())
            .ShouldBe(("vote_change", "insert", """{"upvotes":1,"downvotes":0,"vote_score":1}"""));
        (await queue.ReadAsync())!.Data.GetProperty("document").GetProperty("vote_score").GetInt32().ShouldBe(1);
        (await room.SendAsync("ada", "GET", $"/api/votes/item/{item}/counts"))["vote_score"].ShouldBe("1");

        (await room.SendAsync("bob", "DELETE", $"/api/votes/{item}/bob")).Status.ShouldBe(204);
        (await ada.ReadJsonAsync()).GetProperty("vote").ValueKind.ShouldBe(JsonValueKind.Null);
        Text((await votes.ReadAsync())!.Data, "operation").ShouldBe("delete");
    }

    [Fact]
    public async Task What_a_client_tells_again_over_its_socket_is_acknowledged_and_changes_nothing()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        using var ada = await OpenAsync(room, "ada");
        var item = await room.AddAsync("ada", "Metropolis");
        await room.VoteAsync("ada", item);
        await room.SendAsync("ada", "POST", "/api/votes/reactions", $$"""{"item_id":"{{item}}","user_id":"ada","reaction":"fire"}""");
        await room.SendAsync("ada", "POST", "/api/queue/room/~/select");
        await room.SendAsync("ada", "POST", "/api/queue/room/~/voting-round?duration_seconds=60");
        await room.SendAsync("ada", "POST", "/api/rooms/~/admins", """{"acting_user_id":"ada","target_user_id":"bob"}""");
        var last = await UntilAsync(ada, "room_admin_update");

        string[] relays =
        [
            $$"""{"type":"queue_add","item_id":"{{item}}","title":"Metropolis","id":1}""",
            """{"type":"queue_add","title":"METROPOLIS","id":2}""",
            $$"""{"type":"vote","item_id":"{{item}}","vote":"up","id":3}""",
            $$"""{"type":"reaction","item_id":"{{item}}","reaction":"fire","active":true,"id":4}""",
            $$"""{"type":"selection","item_id":"{{item}}","title":"Metropolis","poster_url":null,"queue_snapshot":[],"id":5}""",
            """{"type":"voting_round_start","duration_seconds":60,"id":6}""",
            """{"type":"room_admin_update","target_user_id":"bob","target_name":"Bob","shared_by":"ada","shared_by_name":"Ada","id":7}""",
        ];
        for (var i = 0; i < relays.Length; i++)
        {
            await ada.SendTextAsync(relays[i]);
            (await ada.ReadJsonAsync()).ToString().ShouldBe(
                $$"""{"type":"ack","id":{{i + 1}},"seq":{{last.GetProperty("seq").GetInt64()}}}""", relays[i]);
        }
    }

    [Fact]
    public async Task Somebody_with_two_tabs_is_one_user_who_leaves_two_seconds_after_the_last_one()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        using var ada = await OpenAsync(room, "ada");
        var first = await OpenAsync(room, "bob");
        Text(await ada.ReadJsonAsync(), "type").ShouldBe("user_joined");
        var second = await OpenAsync(room, "bob");
        await ada.SendTextAsync("""{"type":"get_presence","id":1}""");
        var presence = await ada.ReadJsonAsync();
        presence.GetProperty("users").ToString().ShouldBe("""["ada","bob"]""");
        Text(await ada.ReadJsonAsync(), "type").ShouldBe("ack");

        first.Dispose();
        await ConnectionLimitTests.Until(() => host.Sessions.Count == 2, "the first tab is gone");
        await PassAsync(room, 5);
        second.Dispose();
        await ConnectionLimitTests.Until(() => host.Sessions.Count == 1, "the second tab is gone");
        await PassAsync(room, 1);
        using (await OpenAsync(room, "bob"))
        {
            await PassAsync(room, 5);
        }

        await ConnectionLimitTests.Until(() => host.Sessions.Count == 1, "the third tab is gone");
        var reading = ada.ReadJsonAsync();
        // The room may hear of it only a moment after the connection is gone; at 60 s without a word it would close Ada's, too.
        for (var i = 0; i < 20 && !reading.IsCompleted; i++)
        {
            await PassAsync(room, 2);
        }

        var left = await reading;
        (Text(left, "type"), Text(left, "user_id"), Text(left, "user_name")).ShouldBe(("user_left", "bob", "Bob"));
        left.GetProperty("seq").GetInt64().ShouldBe(presence.GetProperty("seq").GetInt64() + 1, "a reload leaves no trace");
        (await room.SendAsync("ada", "GET", "/api/rooms/~"))["members"]!.ShouldContain("\"user_id\":\"bob\",\"name\":\"Bob\"");
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_they_missed_and_nothing_twice()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        using var live = await OpenAsync(room, "bob");
        using var stream = await FollowAsync(room, "room");
        var item = await room.AddAsync("ada", "Metropolis");
        var seq = (await live.ReadJsonAsync()).GetProperty("seq").GetInt64();
        var begin = (await stream.ReadAsync())!.Id;

        await room.VoteAsync("ada", item);
        await room.SendAsync("ada", "PATCH", "/api/rooms/~", """{"name":"Monday"}""");
        await room.SendAsync("ada", "POST", $"/api/queue/{item}/watch");
        List<string> frames = [];
        while (!frames.Any(frame => frame.Contains("\"history_update\"", StringComparison.Ordinal)))
        {
            frames.Add((await live.ReadJsonAsync()).ToString());
        }

        List<(string?, string)> events = [];
        while (!events.Any(e => e.Item2.Contains("\"history_update\"", StringComparison.Ordinal)))
        {
            var next = (await stream.ReadAsync())!;
            events.Add((next.Id, next.Data.ToString()));
        }

        using var back = await RawSocket.OpenAsync(RoomSocketTests.Address(host, room.Id, $"?token={room["bob"]}&since={seq}", "bob"));
        (await back.ReadJsonAsync()).GetProperty("resumed").GetBoolean().ShouldBeTrue();
        foreach (var frame in frames)
        {
            (await back.ReadJsonAsync()).ToString().ShouldBe(frame);
        }

        using var again = await FollowAsync(room, "room", $"Last-Event-ID: {begin}");
        foreach (var (id, data) in events)
        {
            var next = (await again.ReadAsync())!;
            (next.Id, next.Data.ToString()).ShouldBe((id, data));
        }

        var later = await room.AddAsync("ada", "Nosferatu");
        Text(await back.ReadJsonAsync(), "item_id").ShouldBe(later);
        Text((await again.ReadAsync())!.Data, "document_id").ShouldBe(later);
        Text(await live.ReadJsonAsync(), "item_id").ShouldBe(later);
    }

    [Fact]
    public async Task Whoever_is_removed_or_ends_a_token_follows_no_more()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob", "eve");
        using var bob = await OpenAsync(room, "bob");
        using var bobsStream = await FollowAsync(room, "votes", user: "bob");
        using var eve = await OpenAsync(room, "eve");
        using var evesStream = await FollowAsync(room, "votes", user: "eve");
        using var adasStream = await FollowAsync(room, "votes");

        (await room.SendAsync("ada", "DELETE", "/api/rooms/~/members/bob")).Status.ShouldBe(200);
        (await bob.ReadCloseAsync()).ShouldBe(4500);
        Text((await bobsStream.ReadAsync())!.Data, "code").ShouldBe("token_revoked");
        (await bobsStream.ReadAsync()).ShouldBeNull();

        (await room.SendAsync("eve", "DELETE", "/api/rooms/~/token")).Status.ShouldBe(204);
        (await eve.ReadCloseAsync()).ShouldBeOneOf(4500, 4503);
        Text((await evesStream.ReadAsync())!.Data, "code").ShouldBe("token_revoked");

        var item = await room.AddAsync("ada", "Metropolis");
        await room.VoteAsync("ada", item);
        (await adasStream.ReadAsync())!.Type.ShouldBe("vote_change");
    }

    [Fact]
    public async Task A_room_that_is_deleted_tells_everybody_and_ends_everything()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        using var bob = await OpenAsync(room, "bob");
        using var stream = await FollowAsync(room, "room", user: "bob");

        (await room.SendAsync("ada", "DELETE", "/api/rooms/~?acting_user_id=ada")).Status.ShouldBe(204);

        Text(await bob.ReadJsonAsync(), "type").ShouldBe("room_deleted");
        (await bob.ReadCloseAsync()).ShouldBe(4501);
        (await stream.ReadAsync())!.Data.GetProperty("document").GetProperty("type").GetString().ShouldBe("room_deleted");
        Text((await stream.ReadAsync())!.Data, "code").ShouldBe("closed");
        (await stream.ReadAsync()).ShouldBeNull();
        using var late = await RawSocket.OpenAsync(RoomSocketTests.Address(host, room.Id, $"?token={room["bob"]}", "bob"));
        late.Status.ShouldBe(404, late.Head);
    }

    [Fact]
    public async Task A_round_ends_by_itself_when_everybody_who_is_connected_is_done()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob", "eve");
        using var ada = await OpenAsync(room, "ada");
        using var bob = await OpenAsync(room, "bob");
        Text(await ada.ReadJsonAsync(), "type").ShouldBe("user_joined");
        var item = await room.AddAsync("eve", "Metropolis");

        await bob.SendTextAsync("""{"type":"voting_round_start","duration_seconds":60}""");
        (await UntilAsync(ada, "voting_round_start")).GetProperty("ends_at").GetString().ShouldBe("2026-05-01T20:01:00.000000");
        await bob.SendTextAsync("""{"type":"voting_round_done"}""");
        Text(await UntilAsync(ada, "voting_round_done"), "user_id").ShouldBe("bob");
        await ada.SendTextAsync("""{"type":"voting_round_done"}""");

        var end = await UntilAsync(bob, "voting_round_end");
        (Text(end, "reason"), Text(end, "winner_item_id")).ShouldBe(("all_done", item));
    }

    [Fact]
    public async Task Where_rooms_are_open_anybody_follows_votes_and_is_present()
    {
        await using var host = await TestHost.StartRealAsync(new HttpOptions { Rooms = new RoomOptions { Access = RoomAccess.Open } });
        var room = await RoomTable.OpenAsync(host);
        using var ada = await RawSocket.OpenAsync(RoomSocketTests.Address(host, room.Id, ""));
        (await ada.ReadJsonAsync()).GetProperty("users").ToString().ShouldBe("""["ada"]""");
        await PresentAsync(room, "ada");
        using var carl = await RawSocket.OpenAsync(RoomSocketTests.Address(host, room.Id, "?user_name=Carl", "carl"));
        (await carl.ReadJsonAsync()).GetProperty("users").ToString().ShouldBe("""["ada","carl"]""");
        var joined = await ada.ReadJsonAsync();
        (Text(joined, "type"), Text(joined, "user_id")).ShouldBe(("user_joined", "carl"));
        using var stream = await EventReader.OpenAsync(new Uri(host.Address, $"/api/events/votes/{room.Id}"));
        (await stream.ReadAsync())!.Type.ShouldBe("connected");

        var item = await room.AddAsync("ada", "Metropolis");
        await carl.SendTextAsync($$"""{"type":"vote","item_id":"{{item}}","vote":"down"}""");

        Text(await UntilAsync(ada, "vote_update"), "user_id").ShouldBe("carl");
        (await stream.ReadAsync())!.Type.ShouldBe("vote_change");
    }

    private static string? Text(JsonElement frame, string member) => frame.GetProperty(member).GetString();

    private static async Task<RawSocket> OpenAsync(RoomTable room, string user)
    {
        var socket = await RawSocket.OpenAsync(RoomSocketTests.Address(room.Host, room.Id, $"?token={room[user]}", user));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).GetProperty("users").EnumerateArray().Select(u => u.GetString()).ShouldContain(user);
        await PresentAsync(room, user);
        return socket;
    }

    /// <summary>Whoever has just connected is told of at once, and shown to others when the room has stored it.</summary>
    private static async Task PresentAsync(RoomTable room, string user)
    {
        for (var i = 0; i < 500; i++)
        {
            var presence = await room.SendAsync("ada", "GET", "/api/rooms/~/presence");
            if (presence["users"]!.Contains($"\"{user}\"", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new TimeoutException($"{user} did not become present in 500 tries.");
    }

    private static async Task<EventReader> FollowAsync(RoomTable room, string name, string? header = null, string user = "ada")
    {
        var stream = await EventReader.OpenAsync(
            new Uri(room.Host.Address, $"/api/events/{name}/{room.Id}?token={room[user]}"), 0, header is null ? [] : [header]);
        stream.Status.ShouldBe(200, stream.Head);
        (await stream.ReadAsync())!.Type.ShouldBe("connected");
        return stream;
    }

    /// <summary>Lets time pass when the room has taken everything that came before.</summary>
    private static async Task PassAsync(RoomTable room, int seconds)
    {
        (await room.SendAsync("ada", "GET", "/api/rooms/~")).Status.ShouldBe(200);
        room.Host.Time.Advance(TimeSpan.FromSeconds(seconds));
        (await room.SendAsync("ada", "GET", "/api/rooms/~")).Status.ShouldBe(200);
    }

    private static async Task<JsonElement> UntilAsync(RawSocket socket, string type)
    {
        while (true)
        {
            var frame = await socket.ReadJsonAsync();
            Text(frame, "type").ShouldNotBe("error", frame.ToString());
            if (Text(frame, "type") == type)
            {
                return frame;
            }
        }
    }
}
