using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Tests.WebSockets;

/// <summary>What a room's socket does with what a client sends.</summary>
public sealed class RoomFrameTests
{
    private const string Sockets = RoomAddress.SocketAudience;
    private const string Item = "000000000000abcd00000001";

    [Theory]
    [InlineData("vote", """ "item_id":"000000000000ABCD00000001","vote":"up" """, typeof(CastVote))]
    [InlineData("vote_remove", """ "item_id":"000000000000abcd00000001" """, typeof(RemoveVote))]
    [InlineData("queue_add", """ "title":" Metropolis ","tmdb_id":19,"year":1927,"anything":[] """, typeof(AddItem))]
    [InlineData("selection", """ "item_id":"000000000000abcd00000001","title":"M","queue_snapshot":[{}] """, typeof(PickItem))]
    [InlineData("selection", """ "mode":"round_robin" """, typeof(SelectItem))]
    [InlineData("selection", """ "title":"M" """, typeof(SelectItem))]
    [InlineData("voting_round_start", """ "duration_seconds":60 """, typeof(StartVotingRound))]
    [InlineData("voting_round_start", """ "x":0 """, typeof(StartVotingRound))]
    [InlineData("voting_round_close", """ "x":0 """, typeof(CloseVotingRound))]
    [InlineData("voting_round_done", """ "user_id":"ada" """, typeof(FinishVoting))]
    [InlineData("reaction", """ "item_id":"000000000000abcd00000001","reaction":"fire","active":true """, typeof(ReactToItem))]
    [InlineData("room_admin_update", """ "target_user_id":"bob","shared_by":"x" """, typeof(GrantAdmin))]
    [InlineData("watched", """ "item_id":"000000000000abcd00000001","notes":"Good." """, typeof(MarkWatched))]
    [InlineData("rate", """ "history_id":"000000000000abcd00000009","rating":4.5 """, typeof(RateEntry))]
    public async Task Turns_every_frame_into_its_command_and_acknowledges_it(string type, string members, Type command)
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var socket = await RoomSocketTests.Open(host, room, roomId, token);

        await socket.SendTextAsync($$"""{"type":"{{type}}",{{members}},"id":3}""");

        (await socket.ReadJsonAsync()).ToString().ShouldBe("""{"type":"ack","id":3,"seq":5}""");
        var asked = room.Asked.ShouldHaveSingleItem().Command;
        asked.ShouldBeOfType(command);
        ((RoomCallerCommand)asked).Actor.UserId.ShouldBe("ada");
    }

    [Fact]
    public async Task Says_everything_that_a_frame_says_in_the_command()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var socket = await RoomSocketTests.Open(host, room, roomId, token);

        await socket.SendTextAsync("""{"type":"vote","item_id":"000000000000ABCD00000001","vote":"down"}""");
        await socket.SendTextAsync("""{"type":"queue_add","title":" Metropolis ","tmdb_id":19,"year":1927,"genres":[" Drama "]}""");
        await socket.SendTextAsync("""{"type":"rate","history_id":"000000000000abcd00000009","rating":4.5}""");
        await socket.SendTextAsync("""{"type":"reaction","item_id":"000000000000abcd00000001","reaction":"fire"}""");
        await socket.SendTextAsync("""{"type":"selection","mode":"highest_votes","id":1}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("ack");

        var commands = room.Asked.Select(asked => asked.Command).ToList();
        var vote = commands[0].ShouldBeOfType<CastVote>();
        (vote.ItemId, vote.UserId, vote.IsUp).ShouldBe((Item, "ada", false));
        var add = commands[1].ShouldBeOfType<AddItem>();
        (add.Title, add.AddedBy, add.Details.TmdbId, add.Details.Year).ShouldBe(("Metropolis", "ada", 19, 1927));
        add.Details.Genres.ShouldBe(["Drama"]);
        var rate = commands[2].ShouldBeOfType<RateEntry>();
        (rate.EntryId, rate.UserId, rate.HalfStars).ShouldBe(("000000000000abcd00000009", "ada", 9));
        commands[3].ShouldBeOfType<ReactToItem>().Active.ShouldBeNull();
        commands[4].ShouldBeOfType<SelectItem>().Mode.ShouldBe(SelectionMode.HighestVotes);
    }

    [Theory]
    [InlineData("no json", "invalid_message_format", null, null)]
    [InlineData("5", "invalid_message_format", null, null)]
    [InlineData("null", "invalid_message_format", null, null)]
    [InlineData("""{"item_id":"x","id":4}""", "invalid_message_format", "type", null)]
    [InlineData("""{"type":7,"id":4}""", "invalid_message_format", "type", 4)]
    [InlineData("""{"type":"vote","id":0}""", "invalid_message_format", "id", null)]
    [InlineData("""{"type":"vote","id":"1"}""", "invalid_message_format", "id", null)]
    [InlineData("""{"type":"dance","id":4}""", "unknown_message_type", "type", 4)]
    [InlineData("""{"type":"vote","item_id":5,"id":4}""", "invalid_message_format", "item_id", 4)]
    [InlineData("""{"type":"vote","item_id":"000000000000abcd00000001","id":4}""", "vote_invalid", "vote", 4)]
    [InlineData("""{"type":"vote","item_id":"x","vote":"up"}""", "invalid_item_id", "item_id", null)]
    [InlineData("""{"type":"vote","vote":"up"}""", "invalid_item_id", "item_id", null)]
    [InlineData("""{"type":"vote","item_id":"000000000000abce00000001","vote":"up"}""", "item_not_found", "item_id", null)]
    [InlineData("""{"type":"vote","item_id":"x","vote":"up","user_id":"bob"}""", "acting_user_mismatch", "user_id", null)]
    [InlineData("""{"type":"queue_add","title":"M","added_by":"bob"}""", "acting_user_mismatch", "added_by", null)]
    [InlineData("""{"type":"queue_add","title":" "}""", "title_invalid", "title", null)]
    [InlineData("""{"type":"queue_add","title":"M","year":1}""", "item_field_invalid", "year", null)]
    [InlineData("""{"type":"queue_add","item_id":"x","title":"M"}""", "invalid_item_id", "item_id", null)]
    [InlineData("""{"type":"selection","mode":"best"}""", "selection_mode_invalid", "mode", null)]
    [InlineData("""{"type":"voting_round_start","duration_seconds":9}""", "voting_duration_invalid", "duration_seconds", null)]
    [InlineData("""{"type":"reaction","item_id":"000000000000abcd00000001","reaction":"no"}""", "item_reaction_invalid", "reaction", null)]
    [InlineData("""{"type":"room_admin_update"}""", "user_id_invalid", "target_user_id", null)]
    [InlineData("""{"type":"rate","history_id":"x","rating":3}""", "invalid_history_id", "history_id", null)]
    [InlineData("""{"type":"rate","history_id":"000000000000abcd00000001","rating":4.2}""", "rating_invalid", "rating", null)]
    [InlineData("""{"type":"rate","history_id":"000000000000abcd00000001"}""", "rating_invalid", "rating", null)]
    public async Task Answers_a_wrong_frame_with_an_error_and_goes_on(string frame, string code, string? field, int? id)
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var socket = await RoomSocketTests.Open(host, room, roomId, token);

        await socket.SendTextAsync(frame);

        var error = await socket.ReadJsonAsync();
        error.GetProperty("type").GetString().ShouldBe("error");
        error.GetProperty("code").GetString().ShouldBe(code, error.ToString());
        error.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("detail").GetString().ShouldBe(error.GetProperty("error").GetString());
        error.GetProperty("retryable").GetBoolean().ShouldBeFalse();
        (error.TryGetProperty("field", out var named) ? named.GetString() : null).ShouldBe(field);
        (error.TryGetProperty("id", out var number) ? number.GetInt32() : (int?)null).ShouldBe(id);
        room.Asked.ShouldBeEmpty();

        await socket.SendTextAsync("""{"type":"get_presence"}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("presence");
    }

    [Fact]
    public async Task Acknowledges_an_item_that_was_added_elsewhere_and_refuses_one_that_was_not()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var socket = await RoomSocketTests.Open(host, room, roomId, token);
        var item = new ItemView { Id = Item, RoomId = roomId, Title = "M", AddedBy = "ada", AddedAt = host.Time.GetUtcNow() };
        room.OnQuery = query => query is not GetItem get ? null
            : get.ItemId == Item ? AskResult.Replied(item, 5) : FakeRoom.Refuse(RoomErrorCodes.ItemNotFound);

        await socket.SendTextAsync($$"""{"type":"queue_add","item_id":"{{Item}}","title":"M","id":1}""");
        (await socket.ReadJsonAsync()).ToString().ShouldBe("""{"type":"ack","id":1,"seq":5}""");
        await socket.SendTextAsync("""{"type":"queue_add","item_id":"000000000000abcd00000002","title":"M","id":2}""");
        (await socket.ReadJsonAsync()).GetProperty("code").GetString().ShouldBe("item_not_found");
        room.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_frame_sent_again_by_the_same_client_has_the_same_command_id()
    {
        var room = new FakeRoom();
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        foreach (var client in new[] { "phone", "phone", "tablet", "" })
        {
            var query = client.Length == 0 ? $"?token={token}" : $"?token={token}&client={client}";
            using var socket = await RawSocket.OpenAsync(RoomSocketTests.Address(host, roomId, query));
            await socket.ReadJsonAsync();
            await socket.SendTextAsync("""{"type":"voting_round_done","id":9}""");
            (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("ack");
        }

        var ids = room.Asked.Select(asked => asked.Id!.Value).ToList();
        ids[1].ShouldBe(ids[0]);
        ids.Distinct().Count().ShouldBe(3);
        ids.ShouldAllBe(id => id.Number == 9);
    }

    [Fact]
    public async Task Acknowledges_after_the_frame_that_shows_the_change_or_soon_when_nothing_is_shown()
    {
        var room = new FakeRoom { OnAsk = _ => AskResult.Replied(RoomDone.Instance, 6) };
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var socket = await RoomSocketTests.Open(host, room, roomId, token);

        await socket.SendTextAsync("""{"type":"voting_round_done","id":1}""");
        await ConnectionLimitTests.Until(() => room.Asked.Count == 1, "the command was asked");
        room.Publish(Sockets, 6, """{"type":"voting_round_done","user_id":"ada","seq":6}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("voting_round_done");
        (await socket.ReadJsonAsync()).ToString().ShouldBe("""{"type":"ack","id":1,"seq":6}""");

        room.OnAsk = _ => AskResult.Replied(RoomDone.Instance, 7);
        var timers = host.Time.TimersSet;
        await socket.SendTextAsync("""{"type":"voting_round_done","id":2}""");
        await ConnectionLimitTests.Until(() => host.Time.TimersSet > timers, "the answer waits for what is shown");
        host.Time.Advance(TimeSpan.FromMilliseconds(250));
        (await socket.ReadJsonAsync()).ToString().ShouldBe("""{"type":"ack","id":2,"seq":7}""");
    }

    [Fact]
    public async Task Tells_a_refusal_and_closes_when_the_token_holds_no_more()
    {
        var room = new FakeRoom { OnAsk = _ => FakeRoom.Refuse(RoomErrorCodes.AdminOnly) };
        await using var host = await RoomSocketTests.Start(room);
        var (roomId, token) = room.Seed(host.Time);
        using var socket = await RoomSocketTests.Open(host, room, roomId, token);

        await socket.SendTextAsync("""{"type":"voting_round_close","id":1}""");
        (await socket.ReadJsonAsync()).ToString().ShouldBe(
            """{"type":"error","error":"Only room admins can do this","detail":"Only room """
            + """admins can do this","code":"admin_only","retryable":false,"id":1}""");
        room.OnAsk = _ => AskResult.Unavailable("busy", "The room is busy.", TimeSpan.FromSeconds(2));
        await socket.SendTextAsync("""{"type":"voting_round_close"}""");
        var busy = await socket.ReadJsonAsync();
        (busy.GetProperty("retryable").GetBoolean(), busy.GetProperty("retry_after_ms").GetInt32()).ShouldBe((true, 2000));
        room.OnAsk = _ => FakeRoom.Refuse(RoomErrorCodes.InvalidToken);
        await socket.SendTextAsync("""{"type":"voting_round_close"}""");
        (await socket.ReadJsonAsync()).GetProperty("code").GetString().ShouldBe("invalid_token");
        (await socket.ReadCloseAsync()).ShouldBe(4503);
    }
}
