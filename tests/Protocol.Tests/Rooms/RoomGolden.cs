using System.Buffers;
using System.Text;
using System.Text.Json;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Protocol.Tests.Rooms;

/// <summary>What was stored once can be read for ever, and what clients are sent does not change by accident.</summary>
public sealed class RoomGolden
{
    [Fact]
    public void Events_are_stored_exactly_like_the_golden_file() =>
        File("events").ShouldHold(MessageTables.Encoded(RoomCodec.Events, RoomSamples.Events));

    [Fact]
    public void Messages_between_nodes_are_written_exactly_like_the_golden_file() =>
        File("messages").ShouldHold(MessageTables.Encoded(RoomCodec.Messages, RoomSamples.Messages));

    [Fact]
    public void Replies_are_stored_exactly_like_the_golden_file() =>
        File("replies").ShouldHold(MessageTables.Encoded(RoomCodec.Replies, RoomSamples.Replies));

    [Fact]
    public void What_clients_are_shown_is_written_exactly_like_the_golden_file() =>
        File("shown").ShouldHold([.. RoomSamples.Shown.Select(sample => (sample.Name, Json(sample.Shown)))]);

    [Fact]
    public void What_a_code_is_told_and_says_is_written_exactly_like_the_golden_file() => File("code").ShouldHold(
    [
        .. MessageTables.Encoded(RoomCodec.CodeEvents, [RoomSamples.Code.Event]),
        .. MessageTables.Encoded(RoomCodec.CodeMessages, RoomSamples.Code.Messages),
        .. MessageTables.Encoded(RoomCodec.CodeReplies, [RoomSamples.Code.Reply]),
    ]);

    [Fact]
    public void Stored_events_are_read_back_as_what_they_were() => MessageTables.ReadsBack(RoomCodec.Events, File("events"));

    [Fact]
    public void Messages_between_nodes_are_read_back_as_what_they_were() => MessageTables.ReadsBack(RoomCodec.Messages, File("messages"));

    [Fact]
    public void Stored_replies_are_read_back_as_what_they_were() => MessageTables.ReadsBack(RoomCodec.Replies, File("replies"));

    [Fact]
    public void Every_event_has_a_manifest_and_a_sample() =>
        MessageTables.EachHasARow(RoomCodec.Events, RoomSamples.Events, typeof(RoomEvent));

    [Fact]
    public void Every_command_and_query_has_a_manifest_and_a_sample()
    {
        MessageTables.EachHasARow(RoomCodec.Messages, RoomSamples.Messages, typeof(RoomCommand));
        MessageTables.EachHasARow(RoomCodec.Messages, RoomSamples.Messages, typeof(RoomQuery));
    }

    [Fact]
    public void Every_reply_has_a_manifest_and_a_sample() =>
        MessageTables.EachHasARow(RoomCodec.Replies, RoomSamples.Replies, typeof(RoomReply));

    [Fact]
    public void Manifests_are_short_lower_case_and_versioned()
    {
        var rows = RoomCodec.Events.Rows.Concat(RoomCodec.Messages.Rows).Concat(RoomCodec.Replies.Rows)
            .Concat(RoomCodec.CodeEvents.Rows).Concat(RoomCodec.CodeMessages.Rows).Concat(RoomCodec.CodeReplies.Rows);
        foreach (var (_, manifest) in rows)
        {
            manifest.ShouldMatch(@"^room(-code)?(\.[a-z]+)?\.[a-z-]+\.v[1-9]$");
            manifest.Length.ShouldBeLessThanOrEqualTo(80);
        }
    }

    [Fact]
    public void An_unknown_manifest_is_not_decoded() =>
        RoomCodec.Events.TryDecode("room.created.v2", "{}"u8, out _).ShouldBeFalse();

    [Fact]
    public void A_stored_event_without_a_member_that_must_be_there_is_refused() =>
        Should.Throw<JsonException>(
            () => RoomCodec.Events.TryDecode("room.voting-done.v1", "{\"at\":\"2026-02-02T20:00:00Z\",\"user_id\":\"u\"}"u8, out _));

    [Fact]
    public void Clients_see_instants_with_microseconds_and_without_a_zone_and_may_send_any()
    {
        var at = new DateTimeOffset(2026, 2, 2, 21, 15, 30, TimeSpan.FromHours(1)).AddTicks(1_234_569);
        Json(new StreamKeepAliveFrame(at)).ShouldBe("""{"type":"keepalive","timestamp":"2026-02-02T20:15:30.123456"}""");
        NaiveUtcConverter.TextOf(at).ShouldBe("2026-02-02T20:15:30.123456");
        NaiveUtcConverter.TextOf(at).Length.ShouldBe(NaiveUtcConverter.Format.Length);
        foreach (var text in new[] { "2026-02-02T20:15:30", "2026-02-02T20:15:30Z", "2026-02-02T21:15:30+01:00" })
        {
            Read(text).Timestamp.ShouldBe(new DateTimeOffset(2026, 2, 2, 20, 15, 30, TimeSpan.Zero));
        }

        Should.Throw<JsonException>(() => Read("yesterday"));

        static StreamKeepAliveFrame Read(string text) => JsonSerializer.Deserialize(
            $$"""{"timestamp":"{{text}}"}""", RoomJsonContext.Wire.StreamKeepAliveFrame)!;
    }

    private static string Json(object shown) => JsonSerializer.Serialize(shown, RoomJsonContext.Wire.GetTypeInfo(shown.GetType())!);

    private static GoldenFile File(string name) => new(Path.Combine("Rooms", "Golden", $"{name}.json"));
}
