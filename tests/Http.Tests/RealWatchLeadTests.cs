using System.Text.Json;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Http.Tests.WebSockets;

namespace AkkaParty.Http.Tests;

/// <summary>What the sockets and REST answers of a real party say between a command and its effect, and of commands without one.</summary>
public sealed class RealWatchLeadTests
{
    [Fact]
    public async Task Whoever_connects_before_a_command_takes_effect_is_told_what_goes_on_until_then()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        using var ada = await table.FlatAsync("Ada");
        await ada.SendTextAsync("""{"type":"play","id":1}""");
        await RealWatchTable.UntilAsync(ada, "ack");
        var begins = table.NowMs + 200;
        ShouldStand(await FirstAsync(table, room: false), 0);
        ShouldStand(await FirstAsync(table, room: true), 0);

        table.Pass(TimeSpan.FromMilliseconds(5_200));
        await ada.SendTextAsync("""{"type":"seek","position":60,"id":2}""");
        await RealWatchTable.UntilAsync(ada, "seek");
        table.Pass(TimeSpan.FromMilliseconds(100));
        foreach (var state in (JsonElement[])[await FirstAsync(table, room: false), await FirstAsync(table, room: true)])
        {
            (state.GetProperty("position_ms").GetInt64(), state.GetProperty("is_playing").GetBoolean()).ShouldBe((5_100, true));
            state.GetProperty("playback").GetProperty("position_ms").GetInt64().ShouldBe(60_000);
            var before = state.GetProperty("before").EnumerateArray().Single();
            (before.GetProperty("position_ms").GetInt64(), before.GetProperty("at_ms").GetInt64()).ShouldBe((0, begins));
            before.GetProperty("duration_ms").GetInt64().ShouldBe(9_000_000);
        }

        table.Pass(TimeSpan.FromMilliseconds(100));
        var after = await FirstAsync(table, room: false);
        after.GetProperty("position_ms").GetInt64().ShouldBe(60_000);
        after.TryGetProperty("before", out _).ShouldBeFalse("it holds already");

        static void ShouldStand(JsonElement state, long position)
        {
            (state.GetProperty("position_ms").GetInt64(), state.GetProperty("is_playing").GetBoolean()).ShouldBe((position, false));
            state.GetProperty("playback").GetProperty("playing").GetBoolean().ShouldBeTrue();
            state.GetProperty("before").EnumerateArray().Single().GetProperty("playing").GetBoolean().ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Whoever_was_told_ahead_of_time_is_told_again_when_it_has_begun()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        using var ada = await table.RoomAsync("Ada");
        await ada.SendTextAsync("""{"action":"play","data":{},"id":1}""");
        (await RealWatchTable.UntilAsync(ada, "state")).GetProperty("payload").GetProperty("is_playing").GetBoolean().ShouldBeFalse();
        await RealWatchTable.UntilAsync(ada, "ack");
        using var bob = await RawSocket.OpenAsync(table.FlatAddress("Bob"));
        (await RealWatchTable.UntilAsync(bob, "sync")).GetProperty("is_playing").GetBoolean().ShouldBeFalse();

        table.Pass(TimeSpan.FromMilliseconds(200));

        var mover = (await RealWatchTable.UntilAsync(ada, "state")).GetProperty("payload");
        var late = await RealWatchTable.UntilAsync(bob, "sync");
        foreach (var state in (JsonElement[])[mover, late])
        {
            (state.GetProperty("is_playing").GetBoolean(), state.TryGetProperty("before", out _)).ShouldBe((true, false));
        }
    }

    [Fact]
    public async Task Rest_says_what_is_true_now_too()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        var played = (await table.SendAsync("Ada", "POST", "/playback/play")).Json.GetProperty("data");
        ShouldStand(played);
        ShouldStand((await table.SendAsync("Bob", "GET", "/playback")).Json.GetProperty("data"));
        var party = (await table.SendAsync("Bob", "GET", "")).Json.GetProperty("data");
        ShouldStand(party);
        party.GetProperty("current_position_seconds").GetInt64().ShouldBe(0);
        var room = await table.Host.SendAsync(HttpMethod.Get, $"/api/v1/rooms/{table.PartyId}/state", null, table.Token("Bob"));
        ShouldStand(room.Json.GetProperty("state"));

        table.Pass(TimeSpan.FromMilliseconds(1_200));
        var state = (await table.SendAsync("Bob", "GET", "/playback")).Json.GetProperty("data");
        (state.GetProperty("position_ms").GetInt64(), state.GetProperty("is_playing").GetBoolean()).ShouldBe((1_000, true));
        state.TryGetProperty("before", out _).ShouldBeFalse();

        static void ShouldStand(JsonElement state)
        {
            (state.GetProperty("position_ms").GetInt64(), state.GetProperty("is_playing").GetBoolean())
                .ShouldBe((0, false), state.ToString());
            state.GetProperty("playback").GetProperty("playing").GetBoolean().ShouldBeTrue();
            state.GetProperty("before").GetArrayLength().ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("""{"type":"pause"}""", "sync")]
    [InlineData("""{"type":"rate","rate":1}""", "sync")]
    [InlineData("""{"action":"pause","data":{}}""", "state")]
    [InlineData("""{"action":"rate","data":{"playback_rate":1}}""", "state")]
    public async Task A_command_that_is_carried_out_already_is_answered_without_a_number_too(string frame, string answer)
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        var isRoom = answer == "state";
        using var ada = isRoom ? await table.RoomAsync("Ada") : await table.FlatAsync("Ada");
        await ada.SendTextAsync(frame);
        await RealWatchTable.UntilAsync(ada, answer);

        await ada.SendTextAsync(isRoom ? """{"action":"play","data":{},"id":1}""" : """{"type":"play","id":1}""");
        await RealWatchTable.UntilAsync(ada, "ack");
        await ada.SendTextAsync(isRoom ? """{"action":"play","data":{}}""" : """{"type":"play"}""");
        var state = await RealWatchTable.UntilAsync(ada, answer);
        (isRoom ? state.GetProperty("payload") : state).GetProperty("playback").GetProperty("playing").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Readiness_for_an_earlier_barrier_does_not_count_for_the_next()
    {
        await using var table = await RealWatchTable.OpenAsync("everyone", "Bob");
        (await table.SendAsync("Ada", "PATCH", "/settings", """{"wait_for_ready":true,"ready_seconds":60}""")).Status.ShouldBe(200);
        using var ada = await table.FlatAsync("Ada");
        await ada.SendTextAsync("""{"type":"report","ready":false,"id":1}""");
        await RealWatchTable.UntilAsync(ada, "ack");
        var number = 1;
        await RealWatchTable.UntilAsync(async () =>
        {
            // The party hears of reports a moment later.
            await ada.SendTextAsync($$"""{"type":"pause","id":{{++number}}}""");
            await RealWatchTable.UntilAsync(ada, "ack", "id", $"{number}");
            await ada.SendTextAsync($$"""{"type":"play","id":{{++number}}}""");
            await RealWatchTable.UntilAsync(ada, "ack", "id", $"{number}");
            return (await BarrierAsync()).ValueKind == JsonValueKind.Object;
        });
        var first = (await BarrierAsync()).GetProperty("barrier_id").GetInt32();
        await ada.SendTextAsync("""{"type":"seek","position":60}""");
        var second = await RealWatchTable.UntilAsync(ada, "barrier", "barrier_id", $"{first + 1}");
        second.GetProperty("action").GetString().ShouldBe("raised");

        await ada.SendTextAsync($$"""{"type":"report","ready":true,"barrier":{{first}}}""");
        await RealWatchTable.UntilAsync(ada, "presence", "status", "ready");
        (await BarrierAsync()).GetProperty("barrier_id").GetInt32().ShouldBe(first + 1, "that was said of the one before");
        await ada.SendTextAsync($$"""{"type":"report","ready":true,"barrier":{{first + 1}}}""");
        (await RealWatchTable.UntilAsync(ada, "barrier", "action", "ended")).GetProperty("reason").GetString().ShouldBe("ready");

        async Task<JsonElement> BarrierAsync()
        {
            var playback = (await table.SendAsync("Bob", "GET", "/playback")).Json.GetProperty("data");
            return playback.TryGetProperty("barrier", out var barrier) ? barrier : default;
        }
    }

    private static async Task<JsonElement> FirstAsync(RealWatchTable table, bool room)
    {
        using var socket = await RawSocket.OpenAsync(room ? table.RoomAddress("Bob") : table.FlatAddress("Bob"));
        socket.Status.ShouldBe(101, socket.Head);
        var first = await socket.ReadJsonAsync();
        return room ? first.GetProperty("payload") : first;
    }
}
