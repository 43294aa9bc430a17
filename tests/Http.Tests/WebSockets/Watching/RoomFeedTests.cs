using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using static AkkaParty.Http.Tests.WebSockets.Watching.WatchTable;

namespace AkkaParty.Http.Tests.WebSockets.Watching;

/// <summary>What a room's sockets pass on: everything to all but the sender, and whole lists of who is there.</summary>
public sealed class RoomFeedTests
{
    private const string Rooms = WatchAddress.RoomSocketAudience;

    [Fact]
    public async Task Begins_with_the_state_and_everybody_who_is_there()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await RawSocket.OpenAsync(table.Room($"?token={table.AdaToken}"));
        var state = await socket.ReadJsonAsync();
        (Type(state), state.GetProperty("seq").GetInt64()).ShouldBe(("state", 5));
        var people = await socket.ReadJsonAsync();
        (Type(people), people.GetProperty("seq").GetInt64()).ShouldBe(("participants", 5));
        var ada = Payload(people)[0];
        (ada.GetProperty("user_id").GetString(), ada.GetProperty("username").GetString(), ada.GetProperty("is_host").GetBoolean())
            .ShouldBe((table.Ada, "Ada", true));
        (ada.GetProperty("is_buffering").GetBoolean(), ada.GetProperty("connected").GetBoolean()).ShouldBe((false, true));
    }

    [Fact]
    public async Task Whoever_moves_playback_gets_the_state_and_everybody_else_what_was_done()
    {
        await using var table = await WatchTable.OpenAsync();
        using var phone = await table.ConnectAsync(room: true);
        using var screen = await table.ConnectAsync(room: true);
        var pause = Sync(6, "pause", table.Ada);
        table.Party.OnAsk = command =>
        {
            table.Party.Playback = table.Party.Playback with { Playing = false, At = table.Party.Now.AddMilliseconds(200) };
            table.Party.Publish(Rooms, (6, pause));
            return AskResult.Replied(table.Party.State(), 6);
        };

        await phone.SendTextAsync("""{"action":"pause","data":{},"id":1}""");

        var state = await phone.ReadJsonAsync();
        (Type(state), state.GetProperty("seq").GetInt64()).ShouldBe(("state", 6));
        Payload(state).GetProperty("playback").GetProperty("at_ms").GetInt64().ShouldBe(1_777_665_600_200);
        Type(await phone.ReadJsonAsync()).ShouldBe("ack");
        (await screen.ReadJsonAsync()).ToString().ShouldBe(pause, "another connection of the same person");

        table.Party.Publish(Rooms, (7, Sync(7, "play", table.Ada)));
        Payload(await phone.ReadJsonAsync()).GetProperty("action").GetString().ShouldBe("play", "this one came from elsewhere");
    }

    [Fact]
    public async Task What_the_same_person_did_elsewhere_meanwhile_is_in_the_state()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync(room: true);
        table.Party.OnAsk = command =>
        {
            table.Party.Publish(Rooms, (8, Sync(8, "seek", table.Ada)));
            return FakeWatch.Refuse(WatchErrorCodes.SeekSuperseded);
        };
        await socket.SendTextAsync("""{"action":"seek","data":{"current_time":5}}""");
        Payload(await socket.ReadJsonAsync()).GetProperty("code").GetString().ShouldBe(WatchErrorCodes.SeekSuperseded);
        var state = await socket.ReadJsonAsync();
        (Type(state), state.GetProperty("seq").GetInt64()).ShouldBe(("state", 8));
    }

    [Fact]
    public async Task Nobody_reads_what_they_said_themselves_but_what_they_said_on_another_device()
    {
        await using var table = await WatchTable.OpenAsync();
        using var phone = await table.ConnectAsync(room: true);
        using var screen = await table.ConnectAsync(room: true);
        var elsewhere = Sync(6, "chat", table.Ada, "From the screen");
        var own = Sync(7, "chat", table.Ada, "From the phone");
        var other = Sync(8, "chat", "bob", "Hello");
        table.Party.OnAsk = command =>
        {
            table.Party.Publish(Rooms, (6, elsewhere), (7, own), (8, other));
            return AskResult.Replied(
                new MessageSaid(new ChatMessage("m7", table.Ada, "Ada", "From the phone", table.Party.Now, null, 0, false), 8), 7);
        };

        await phone.SendTextAsync("""{"action":"chat","data":{"chat_message":"From the phone"},"id":1}""");

        (await phone.ReadJsonAsync()).ToString().ShouldBe(other);
        var ack = await phone.ReadJsonAsync();
        (Payload(ack).GetProperty("message_id").GetString(), Payload(ack).GetProperty("remaining").GetInt32()).ShouldBe(("m7", 8));
        (await phone.ReadJsonAsync()).ToString().ShouldBe(elsewhere);
        foreach (var frame in (string[])[elsewhere, own, other])
        {
            (await screen.ReadJsonAsync()).ToString().ShouldBe(frame);
        }
    }

    [Fact]
    public async Task Nobody_is_told_of_their_own_coming_and_going()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync(room: true);
        table.Party.Publish(Rooms, (6, Sync(6, "join", table.Ada)), (7, Sync(7, "play", "bob")));
        Payload(await socket.ReadJsonAsync()).GetProperty("action").GetString().ShouldBe("play");
    }

    [Fact]
    public async Task Sends_the_whole_list_once_for_many_comings_and_goings()
    {
        await using var table = await WatchTable.OpenAsync();
        using var one = await table.ConnectAsync(room: true);
        using var two = await table.ConnectAsync(room: true);
        table.Party.Seat("0199a000-0000-7000-8000-0000000000bb", "Bob");
        for (var seq = 6; seq <= 15; seq++)
        {
            table.Party.Publish(Rooms, (seq, Sync(seq, seq % 2 == 0 ? "join" : "leave", "bob")));
        }

        table.Host.Time.Advance(TimeSpan.FromMilliseconds(250));

        foreach (var socket in (RawSocket[])[one, two])
        {
            for (var seq = 6; seq <= 15; seq++)
            {
                Type(await socket.ReadJsonAsync()).ShouldBe("sync");
            }

            var people = await socket.ReadJsonAsync();
            (Type(people), Payload(people).GetArrayLength(), people.GetProperty("seq").GetInt64()).ShouldBe(("participants", 2, 15));
        }

        table.Party.Queried.OfType<ListParticipants>().Count().ShouldBe(1);
        table.Party.Publish(Rooms, (16, Sync(16, "leave", "bob")));
        table.Host.Time.Advance(TimeSpan.FromMilliseconds(250));
        Type(await one.ReadJsonAsync()).ShouldBe("sync");
        Type(await one.ReadJsonAsync()).ShouldBe("participants");
        table.Party.Queried.OfType<ListParticipants>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Asks_again_for_a_list_that_was_not_to_be_had()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync(room: true);
        var failures = 1;
        table.Party.OnQuery = query => query is ListParticipants && Interlocked.Decrement(ref failures) >= 0
            ? AskResult.Unavailable("no_home", "The party moves.")
            : null;
        table.Party.Publish(Rooms, (6, Sync(6, "join", "bob")));
        Type(await socket.ReadJsonAsync()).ShouldBe("sync");
        table.Host.Time.Advance(TimeSpan.FromMilliseconds(250));
        await table.Party.UntilAsync(() => table.Party.Queried.OfType<ListParticipants>().Any(), "the list was asked for");

        table.Host.Time.Advance(TimeSpan.FromMilliseconds(250));

        Type(await socket.ReadJsonAsync()).ShouldBe("participants");
    }

    [Fact]
    public async Task Sends_no_more_lists_of_more_than_200()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync(room: true);
        for (var i = 0; i < 200; i++)
        {
            table.Party.Seat($"0199a000-0000-7000-8000-00000000{i:x4}", $"Guest {i}");
        }

        table.Party.Publish(Rooms, (6, Sync(6, "join", "bob")));
        table.Host.Time.Advance(TimeSpan.FromMilliseconds(250));
        Type(await socket.ReadJsonAsync()).ShouldBe("sync");
        await table.Party.UntilAsync(() => table.Party.Queried.OfType<ListParticipants>().Any(), "the list was asked for");
        table.Party.Publish(Rooms, (7, Sync(7, "play", "bob")));
        Payload(await socket.ReadJsonAsync()).GetProperty("action").GetString().ShouldBe("play");
    }

    [Fact]
    public async Task Ends_the_connection_of_a_client_that_leaves_and_keeps_the_seat()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync(room: true);
        await socket.SendTextAsync("""{"action":"join","data":{},"id":1}""");
        Type(await socket.ReadJsonAsync()).ShouldBe("ack");
        await socket.SendTextAsync("""{"action":"leave","id":2}""");
        Type(await socket.ReadJsonAsync()).ShouldBe("ack");
        (await socket.ReadCloseAsync()).ShouldBe(1000);
        table.Party.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Buffering_and_being_ready_are_reports()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync(room: true);
        (string Frame, WatchStatus Status)[] reports =
        [
            ("""{"action":"buffering","data":{}}""", WatchStatus.Buffering),
            ("""{"action":"buffering","data":{"is_buffering":false}}""", WatchStatus.Online),
            ("""{"action":"ready"}""", WatchStatus.Ready),
        ];
        for (var i = 0; i < reports.Length; i++)
        {
            await socket.SendTextAsync(reports[i].Frame);
            var count = i + 1;
            await table.Party.UntilAsync(() => table.Party.Asked.Count == count, reports[i].Frame);
            var report = (ReportClient)table.Party.Asked[i];
            (report.Status, report.ReportsReady).ShouldBe((reports[i].Status, null));
        }
    }

    [Fact]
    public async Task Notes_how_long_the_film_is_when_nobody_knew()
    {
        await using var table = await WatchTable.OpenAsync();
        using var socket = await table.ConnectAsync(room: true);
        await socket.SendTextAsync("""{"action":"seek","data":{"current_time":1,"duration":60.5}}""");
        Type(await socket.ReadJsonAsync()).ShouldBe("state");
        table.Party.Film = table.Party.Film with { DurationMs = null };
        await socket.SendTextAsync("""{"action":"play","data":{"duration":60.5}}""");
        await table.Party.UntilAsync(() => table.Party.Asked.Count == 3, "the duration was told");
        var noted = table.Party.Asked[2].ShouldBeOfType<NoteDuration>();
        (noted.ItemId, noted.DurationMs).ShouldBe((FakeWatch.ItemId, 60_500));
    }

    private static string Sync(long seq, string action, string user, string text = "") => $$$"""
        {"type":"sync","payload":{"action":"{{{action}}}","user_id":"{{{user}}}","data":{"chat_message":"{{{text}}}"}},"seq":{{{seq}}}}
        """;
}
