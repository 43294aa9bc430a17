using System.Text.Json;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using static AkkaParty.Http.Tests.WebSockets.Watching.WatchTable;

namespace AkkaParty.Http.Tests.WebSockets.Watching;

/// <summary>What a watch party's socket does with what a client sends, in either dialect.</summary>
public sealed class WatchFrameTests
{
    private const string Item = FakeWatch.ItemId;

    [Theory]
    [InlineData(""" "type":"play" """, typeof(Play))]
    [InlineData(""" "type":"pause","position":12,"timestamp":1777665600 """, typeof(Pause))]
    [InlineData(""" "type":"seek","position":12.5 """, typeof(Seek))]
    [InlineData(""" "type":"skip","clip_id":"0199a000-0000-7000-8000-000000000001" """, typeof(SkipItem))]
    [InlineData(""" "type":"rate","rate":1.5 """, typeof(SetRate))]
    [InlineData(""" "type":"chat","message":" Hello " """, typeof(SendWatchMessage))]
    [InlineData(""" "type":"chat_delete","message_id":"m1" """, typeof(DeleteWatchMessage))]
    [InlineData(""" "type":"vote_skip","item_id":"0199a000-0000-7000-8000-000000000001" """, typeof(VoteToSkip))]
    [InlineData(""" "type":"playlist_add","item":{"title":"M","url":"https://a.example/m","duration_ms":60000} """, typeof(AddMediaItem))]
    [InlineData(""" "type":"playlist_remove","item_id":"0199a000-0000-7000-8000-000000000001" """, typeof(RemoveMediaItem))]
    [InlineData(""" "type":"playlist_move","item_id":"0199a000-0000-7000-8000-000000000001","place":0 """, typeof(MoveMediaItem))]
    [InlineData(""" "type":"duration","item_id":"0199a000-0000-7000-8000-000000000001","duration_ms":60000.4 """, typeof(NoteDuration))]
    public async Task Turns_every_flat_frame_into_its_command_and_acknowledges_it(string members, Type command)
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync();

        await socket.SendTextAsync($$$"""{{{{members}}},"party_id":"{{{FakeWatch.PartyId}}}","id":3}""");

        var ack = await socket.ReadJsonAsync();
        (Type(ack), ack.GetProperty("id").GetInt64(), ack.GetProperty("seq").GetInt64()).ShouldBe(("ack", 3, 5), ack.ToString());
        var asked = table.Party.Asked.ShouldHaveSingleItem();
        asked.ShouldBeOfType(command);
        ((WatchCallerCommand)asked).Actor.ShouldBe(new WatchActor(table.Ada));
    }

    [Theory]
    [InlineData(""" "action":"play","data":{"current_time":12.5} """, typeof(Play))]
    [InlineData(""" "action":"pause","data":{} """, typeof(Pause))]
    [InlineData(""" "action":"seek","data":{"current_time":0} """, typeof(Seek))]
    [InlineData(""" "action":"skip","data":{} """, typeof(SkipItem))]
    [InlineData(""" "action":"rate","data":{"playback_rate":2} """, typeof(SetRate))]
    [InlineData(""" "action":"chat","data":{"chat_message":"Hello"} """, typeof(SendWatchMessage))]
    [InlineData(""" "type":"chat_delete","payload":{"message_id":"m1"} """, typeof(DeleteWatchMessage))]
    [InlineData(""" "type":"playlist_add","payload":{"item":{"title":"M"}} """, typeof(AddMediaItem))]
    public async Task Turns_every_action_of_a_room_into_its_command_and_acknowledges_it(string members, Type command)
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync(room: true);

        await socket.SendTextAsync($$$"""{{{{members}}},"id":3}""");

        var ack = await socket.ReadJsonAsync();
        if (Type(ack) == "state")
        {
            ack = await socket.ReadJsonAsync();
        }

        (Type(ack), Payload(ack).GetProperty("id").GetInt64(), ack.GetProperty("seq").GetInt64()).ShouldBe(("ack", 3, 5), ack.ToString());
        table.Party.Asked.ShouldHaveSingleItem().ShouldBeOfType(command);
    }

    [Fact]
    public async Task Says_everything_that_a_frame_says_in_the_command()
    {
        await using var table = await WatchTable.OpenAsync();
        using var flat = await table.ConnectAsync();
        string[] frames =
        [
            """{"type":"play","position":3}""",
            """{"type":"play","position_ms":3000.6}""",
            """{"type":"seek","position":12.3456,"timestamp":1777665599500}""",
            """{"type":"skip"}""",
            """{"type":"vote_skip","item_id":"0199A000-0000-7000-8000-000000000001","skip":false}""",
            """{"type":"chat","message":"  Hello\n you "}""",
            """{"type":"ping"}""",
        ];
        foreach (var frame in frames)
        {
            await flat.SendTextAsync(frame);
        }

        await table.Party.UntilAsync(() => table.Party.Asked.Count == 6, "all have arrived");
        var asked = table.Party.Asked;
        ((Play)asked[0]).PositionMs.ShouldBeNull("clients of this dialect say where they are with every frame");
        ((Play)asked[1]).PositionMs.ShouldBe(3001);
        ((Seek)asked[2]).PositionMs.ShouldBe(12_346);
        ((Seek)asked[2]).MeantAt.ShouldBe(new DateTimeOffset(2026, 5, 1, 19, 59, 59, 500, TimeSpan.Zero));
        ((SkipItem)asked[3]).ItemId.ShouldBeNull();
        (((VoteToSkip)asked[4]).ItemId, ((VoteToSkip)asked[4]).Skip).ShouldBe((Item, false));
        ((SendWatchMessage)asked[5]).Text.ShouldBe("Hello\n you");

        using var room = await table.ConnectAsync(room: true);
        await room.SendTextAsync("""{"action":"play","data":{"current_time":0}}""");
        await room.SendTextAsync("""{"action":"pause","data":{"current_time":12.5},"timestamp":"2026-05-01T19:59:59.5Z"}""");
        await table.Party.UntilAsync(() => table.Party.Asked.Count == 8, "all have arrived");
        ((Play)table.Party.Asked[6]).PositionMs.ShouldBeNull();
        ((Pause)table.Party.Asked[7]).PositionMs.ShouldBe(12_500);
        ((Pause)table.Party.Asked[7]).MeantAt.ShouldBe(new DateTimeOffset(2026, 5, 1, 19, 59, 59, 500, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("nonsense", "invalid_message_format", null)]
    [InlineData("[]", "invalid_message_format", null)]
    [InlineData("null", "invalid_message_format", null)]
    [InlineData("{}", "invalid_message_format", "type")]
    [InlineData("""{"type":"seek","position":"far"}""", "invalid_message_format", "position")]
    [InlineData("""{"type":"dance"}""", "unknown_message_type", "type")]
    [InlineData("""{"type":"provide_state","requester_id":"x","state":{}}""", "unknown_message_type", "type")]
    [InlineData("""{"type":"seek"}""", "position_invalid", "position")]
    [InlineData("""{"type":"seek","position":-1}""", "position_invalid", "position")]
    [InlineData("""{"type":"seek","position":1e300}""", "position_invalid", "position")]
    [InlineData("""{"type":"rate"}""", "rate_invalid", "rate")]
    [InlineData("""{"type":"rate","rate":5}""", "rate_invalid", "rate")]
    [InlineData("""{"type":"chat","message":"  "}""", "chat_text_invalid", "message")]
    [InlineData("""{"type":"reaction","emoji":"12345678901"}""", "emoji_invalid", "emoji")]
    [InlineData("""{"type":"vote_skip"}""", "media_item_not_found", "item_id")]
    [InlineData("""{"type":"playlist_add","item":{"title":"M","url":"ftp://x"}}""", "media_item_invalid", "item.url")]
    [InlineData("""{"type":"playlist_move","item_id":"0199a000-0000-7000-8000-000000000001","place":-1}""", "place_invalid", "place")]
    [InlineData("""{"type":"duration","item_id":"0199a000-0000-7000-8000-000000000001"}""", "duration_invalid", "duration_ms")]
    [InlineData("""{"type":"report","status":"asleep"}""", "watch_status_invalid", "status")]
    [InlineData("""{"type":"report","rtt_ms":-1}""", "report_invalid", "rtt_ms")]
    [InlineData("""{"type":"report","offset_ms":1e12}""", "report_invalid", "offset_ms")]
    [InlineData("""{"type":"play","party_id":"0199a000-0000-7000-8000-00000000ffff"}""", "other_watch_party", "party_id")]
    public async Task Answers_what_cannot_be_done_with_an_error_and_goes_on(string frame, string code, string? field)
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync();
        await socket.SendTextAsync(frame);
        var error = await socket.ReadJsonAsync();
        (Type(error), error.GetProperty("code").GetString()).ShouldBe(("error", code), error.ToString());
        (error.TryGetProperty("field", out var at) ? at.GetString() : null).ShouldBe(field);
        error.GetProperty("retryable").GetBoolean().ShouldBeFalse();
        table.Party.Asked.ShouldBeEmpty();

        await socket.SendTextAsync("""{"type":"ping"}""");
        Type(await socket.ReadJsonAsync()).ShouldBe("pong");
    }

    [Theory]
    [InlineData("""{"action":"dance"}""", "unknown_message_type")]
    [InlineData("""{"type":"provide_state","requester_id":"x","state":{"current_time":3}}""", "state_not_taken")]
    [InlineData("""{"action":"seek","data":{}}""", "position_invalid")]
    public async Task Answers_in_a_room_with_a_payload(string frame, string code)
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync(room: true);
        await socket.SendTextAsync(frame.Insert(1, "\"id\":9,"));
        var error = await socket.ReadJsonAsync();
        (Type(error), Payload(error).GetProperty("code").GetString()).ShouldBe(("error", code), error.ToString());
        Payload(error).GetProperty("id").GetInt64().ShouldBe(9);
        Payload(error).GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Says_why_the_party_refuses_and_how_long_to_wait()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync();
        table.Party.OnAsk = command => command is SendWatchMessage
            ? AskResult.Replied(new MessageTooSoon(WatchErrorCodes.ChatTooFast, 4200, 0), 5)
            : FakeWatch.Refuse(WatchErrorCodes.ControlNotAllowed);
        await socket.SendTextAsync("""{"type":"pause","id":1}""");
        var refused = await socket.ReadJsonAsync();
        (refused.GetProperty("code").GetString(), refused.GetProperty("id").GetInt64()).ShouldBe((WatchErrorCodes.ControlNotAllowed, 1));
        await socket.SendTextAsync("""{"type":"chat","message":"Hello","id":2}""");
        var early = await socket.ReadJsonAsync();
        (early.GetProperty("code").GetString(), early.GetProperty("retryable").GetBoolean(), early.GetProperty("retry_after_ms").GetInt32())
            .ShouldBe((WatchErrorCodes.ChatTooFast, true, 4200));
    }

    [Fact]
    public async Task Closes_when_a_guests_token_holds_no_more()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync();
        table.Party.OnAsk = _ => FakeWatch.Refuse(WatchErrorCodes.GuestTokenInvalid);
        await socket.SendTextAsync("""{"type":"pause"}""");
        (await socket.ReadJsonAsync()).GetProperty("code").GetString().ShouldBe(WatchErrorCodes.GuestTokenInvalid);
        (await socket.ReadCloseAsync()).ShouldBe(4503);
    }

    [Fact]
    public async Task Tells_the_time_at_once_even_while_a_command_is_under_way()
    {
        await using var table = await WatchTable.OpenAsync();
        using var flat = await table.ConnectAsync();
        var release = new TaskCompletionSource();
        table.Party.Before = _ => release.Task;
        table.Host.Time.Advance(TimeSpan.FromMilliseconds(1234.5));

        await flat.SendTextAsync("""{"type":"play","id":1}""");
        await flat.SendTextAsync("""{"type":"clock","t0":17.25}""");
        (await flat.ReadJsonAsync()).ToString().ShouldBe(
            """{"type":"clock","t0":17.25,"t1":1777665601234.5,"t2":1777665601234.5}""");
        release.SetResult();
        Type(await flat.ReadJsonAsync()).ShouldBe("ack");

        using var room = await table.ConnectAsync(room: true);
        await room.SendTextAsync("""{"type":"clock","payload":{"t0":-1.5}}""");
        (await room.ReadJsonAsync()).ToString().ShouldBe(
            """{"type":"clock","payload":{"t0":-1.5,"t1":1777665601234.5,"t2":1777665601234.5}}""");
    }

    [Fact]
    public async Task Answers_a_question_for_the_state_with_where_the_party_is_now()
    {
        await using var table = await WatchTable.OpenAsync();
        using var flat = await table.ConnectAsync();
        table.Party.Now += TimeSpan.FromSeconds(2);
        await flat.SendTextAsync("""{"type":"sync-request","position":0,"timestamp":1777665600}""");
        var sync = await flat.ReadJsonAsync();
        (Type(sync), sync.GetProperty("position_ms").GetInt64()).ShouldBe(("sync", 15_345));
        sync.TryGetProperty("participants", out _).ShouldBeFalse();

        using var room = await table.ConnectAsync(room: true);
        await room.SendTextAsync("""{"type":"request_state"}""");
        var state = await room.ReadJsonAsync();
        (Type(state), Payload(state).GetProperty("current_time").GetDouble(), Payload(state).GetProperty("is_playing").GetBoolean())
            .ShouldBe(("state", 15.35, true));
        (Payload(state).GetProperty("room_id").GetString(), Payload(state).GetProperty("duration").GetDouble())
            .ShouldBe((FakeWatch.PartyId, 9000));
        Payload(state).GetProperty("last_updated").GetString().ShouldBe("2026-05-01T20:00:02Z");
    }

    [Fact]
    public async Task A_command_that_changes_nothing_and_has_no_number_is_answered_with_the_state()
    {
        await using var table = await WatchTable.OpenAsync();
        using var flat = await table.ConnectAsync();
        table.Party.OnAsk = _ => AskResult.Replied(table.Party.State() with { ChangedNothing = true }, table.Party.Seq);
        table.Party.Publish(WatchAddress.PartySocketAudience, (6, """{"type":"play","seq":6}"""));
        Type(await flat.ReadJsonAsync()).ShouldBe("play");
        await flat.SendTextAsync("""{"type":"play"}""");
        Type(await flat.ReadJsonAsync()).ShouldBe("sync");
        await flat.SendTextAsync("""{"type":"play","id":1}""");
        Type(await flat.ReadJsonAsync()).ShouldBe("ack");
    }

    [Fact]
    public async Task A_command_that_changes_nothing_is_answered_also_when_others_do_something_meanwhile()
    {
        await using var table = await WatchTable.OpenAsync();
        using var flat = await table.ConnectAsync();
        table.Party.OnAsk = _ =>
        {
            table.Party.Publish(WatchAddress.PartySocketAudience, (6, """{"type":"play","seq":6}"""));
            return AskResult.Replied(table.Party.State() with { ChangedNothing = true }, 6);
        };
        await flat.SendTextAsync("""{"type":"play"}""");
        Type(await flat.ReadJsonAsync()).ShouldBe("play", "somebody else's");
        Type(await flat.ReadJsonAsync()).ShouldBe("sync");
    }

    [Fact]
    public async Task A_playlist_that_is_so_already_is_answered_with_the_state_in_either_dialect()
    {
        await using var table = await WatchTable.OpenAsync();
        table.Party.OnAsk = _ => AskResult.Replied(
            new PlaylistChanged([table.Party.Film], table.Party.Playback) { ChangedNothing = true }, table.Party.Seq);
        using var flat = await table.ConnectAsync();
        await flat.SendTextAsync($$"""{"type":"playlist_move","item_id":"{{Item}}","place":0}""");
        Type(await flat.ReadJsonAsync()).ShouldBe("sync");
        using var room = await table.ConnectAsync(room: true);
        await room.SendTextAsync($$$"""{"type":"playlist_move","payload":{"item_id":"{{{Item}}}","place":0}}""");
        Type(await room.ReadJsonAsync()).ShouldBe("state");
    }

    [Fact]
    public async Task Passes_reactions_and_typing_on_but_not_of_the_muted_and_not_too_many()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync();
        for (var i = 1; i <= 31; i++)
        {
            await socket.SendTextAsync($$"""{"type":"reaction","emoji":"🎉","video_timestamp":12.5,"id":{{i}}}""");
            var answer = await socket.ReadJsonAsync();
            if (i <= 30)
            {
                (Type(answer), answer.GetProperty("remaining").GetInt32()).ShouldBe(("ack", 30 - i), answer.ToString());
            }
            else
            {
                (answer.GetProperty("code").GetString(), answer.GetProperty("retryable").GetBoolean()).ShouldBe(("rate_limited", true));
            }
        }

        table.Party.Signals.Count.ShouldBe(30);
        ((ReactionSignal)table.Party.Signals[0]).ShouldBe(
            new ReactionSignal(table.Ada, "Ada", table.Host.Time.GetUtcNow(), "🎉", 12_500));
        table.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await socket.SendTextAsync("""{"type":"typing","is_typing":false,"id":40}""");
        Type(await socket.ReadJsonAsync()).ShouldBe("ack");
        ((TypingSignal)table.Party.Signals[^1]).IsTyping.ShouldBeFalse();

        table.Party.Seat(table.Ada, "Ada", muted: true);
        await socket.SendTextAsync("""{"type":"typing","id":41}""");
        (await socket.ReadJsonAsync()).GetProperty("code").GetString().ShouldBe(WatchErrorCodes.WatchMuted);
    }

    [Fact]
    public async Task Reports_what_a_client_says_of_itself_when_it_changes()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync();
        await socket.SendTextAsync("""{"type":"report","rtt_ms":140.5,"offset_ms":-12.6,"status":"online","ready":false,"id":1}""");
        Type(await socket.ReadJsonAsync()).ShouldBe("ack");
        await table.Party.UntilAsync(() => table.Party.Asked.Count == 1, "the report has arrived");
        var report = (ReportClient)table.Party.Asked[0];
        (report.Status, report.ReportsReady, report.RoundTripMs, report.SyncOffsetMs).ShouldBe((WatchStatus.Online, true, 200, -13));

        await socket.SendTextAsync("""{"type":"report","ready":true,"rtt_ms":141,"id":2}""");
        Type(await socket.ReadJsonAsync()).ShouldBe("ack");
        await table.Party.UntilAsync(() => table.Party.Asked.Count == 2, "the change has arrived");
        ((ReportClient)table.Party.Asked[1]).Status.ShouldBe(WatchStatus.Ready);
        await socket.SendTextAsync("""{"type":"report","ready":true,"id":3}""");
        Type(await socket.ReadJsonAsync()).ShouldBe("ack");

        table.Party.Publish(WatchAddress.PartySocketAudience, (6, """{"type":"barrier","seq":6,"action":"raised","barrier_id":1}"""));
        Type(await socket.ReadJsonAsync()).ShouldBe("barrier");
        await socket.SendTextAsync("""{"type":"report","ready":true,"id":4}""");
        Type(await socket.ReadJsonAsync()).ShouldBe("ack");
        await table.Party.UntilAsync(() => table.Party.Asked.Count == 3, "a barrier asks anew");
        var anew = (ReportClient)table.Party.Asked[2];
        (anew.Status, anew.ReportsReady, anew.RoundTripMs, anew.Barrier).ShouldBe((WatchStatus.Ready, null, null, 1));
    }

    [Theory]
    [InlineData(false, """{"type":"report","ready":true}""", 3)]
    [InlineData(false, """{"type":"report","ready":true,"barrier":2}""", 2)]
    [InlineData(false, """{"type":"report","status":"online","ready":true,"barrier":3}""", 3)]
    [InlineData(true, """{"type":"report","payload":{"status":"ready","barrier":2}}""", 2)]
    [InlineData(true, """{"action":"ready","data":{"barrier":2}}""", 2)]
    [InlineData(true, """{"action":"ready"}""", 3)]
    public async Task Readiness_is_told_for_the_barrier_it_names_or_the_one_the_connection_was_told_of(bool room, string frame, int barrier)
    {
        await using var table = await WatchTable.OpenAsync();
        table.Party.Barrier = new BarrierView(3, [table.Ada], ["Ada"], table.Party.Now.AddSeconds(10));
        using var socket = await table.ConnectAsync(room);
        await socket.SendTextAsync(frame);
        await table.Party.UntilAsync(() => table.Party.Asked.Count == 1, "the report has arrived");
        var report = (ReportClient)table.Party.Asked[0];
        (report.Status, report.Barrier).ShouldBe((WatchStatus.Ready, barrier));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task During_a_lead_the_state_is_what_is_true_and_what_was_announced_stands_beside_it(bool room)
    {
        await using var table = await WatchTable.OpenAsync();
        var at = table.Party.Now.AddMilliseconds(600);
        table.Party.Earlier.Add(table.Party.Playback with { PositionMs = 10_000, At = table.Party.Now.AddSeconds(-2) });
        table.Party.Earlier.Add(table.Party.Playback with { PositionMs = 12_400, Rate = 2, At = table.Party.Now.AddMilliseconds(400) });
        table.Party.Playback = table.Party.Playback with { PositionMs = 60_000, Playing = false, Rate = 2, At = at };
        var query = $"?token={table.AdaToken}";
        using var socket = await RawSocket.OpenAsync(room ? table.Room(query) : table.Flat(query));
        var first = await socket.ReadJsonAsync();
        ShouldBeTrueNow(room ? Payload(first) : first);
        if (room)
        {
            Type(await socket.ReadJsonAsync()).ShouldBe("participants");
        }

        await socket.SendTextAsync(room ? """{"type":"request_state"}""" : """{"type":"sync-request"}""");
        var asked = await socket.ReadJsonAsync();
        ShouldBeTrueNow(room ? Payload(asked) : asked);

        void ShouldBeTrueNow(JsonElement state)
        {
            (state.GetProperty("position_ms").GetInt64(), state.GetProperty("is_playing").GetBoolean()).ShouldBe((12_000, true));
            var before = state.GetProperty("before");
            before.EnumerateArray().Select(one => one.GetProperty("position_ms").GetInt64()).ShouldBe([10_000, 12_400]);
            before[1].GetProperty("at_ms").GetInt64().ShouldBe(table.Party.Now.AddMilliseconds(400).ToUnixTimeMilliseconds());
            before[1].GetProperty("duration_ms").GetInt64().ShouldBe(9_000_000);
            var playback = state.GetProperty("playback");
            (playback.GetProperty("position_ms").GetInt64(), playback.GetProperty("playing").GetBoolean()).ShouldBe((60_000, false));
            playback.GetProperty("at_ms").GetInt64().ShouldBe(at.ToUnixTimeMilliseconds());
            if (room)
            {
                (state.GetProperty("current_time").GetDouble(), state.GetProperty("playback_rate").GetDouble()).ShouldBe((12, 1));
            }
        }
    }
}
