using System.Buffers;
using System.Text;
using System.Text.Json;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Protocol.Tests.Parties;

/// <summary>What was stored once can be read for ever, and what clients are sent does not change by accident.</summary>
public sealed class PartyGolden
{
    [Fact]
    public void Events_are_stored_exactly_like_the_golden_file() =>
        File("events").ShouldHold(MessageTables.Encoded(PartyCodec.Events, PartySamples.Events));

    [Fact]
    public void Messages_between_nodes_are_written_exactly_like_the_golden_file() =>
        File("messages").ShouldHold(MessageTables.Encoded(PartyCodec.Messages, PartySamples.Messages));

    [Fact]
    public void Replies_are_stored_exactly_like_the_golden_file() =>
        File("replies").ShouldHold(MessageTables.Encoded(PartyCodec.Replies, PartySamples.Replies));

    [Fact]
    public void Server_frames_are_sent_exactly_like_the_golden_file() =>
        File("server_frames").ShouldHold([.. PartySamples.ServerFrames.Select(sample => (sample.Name, Json(sample.Frame)))]);

    [Fact]
    public void Stored_events_are_read_back_as_what_they_were() => MessageTables.ReadsBack(PartyCodec.Events, File("events"));

    [Fact]
    public void Messages_between_nodes_are_read_back_as_what_they_were() => MessageTables.ReadsBack(PartyCodec.Messages, File("messages"));

    [Fact]
    public void Stored_replies_are_read_back_as_what_they_were() => MessageTables.ReadsBack(PartyCodec.Replies, File("replies"));

    [Fact]
    public void Every_event_has_a_manifest_and_a_sample() =>
        MessageTables.EachHasARow(PartyCodec.Events, PartySamples.Events, typeof(PartyEvent));

    [Fact]
    public void Every_command_and_query_has_a_manifest_and_a_sample()
    {
        MessageTables.EachHasARow(PartyCodec.Messages, PartySamples.Messages, typeof(PartyCommand));
        MessageTables.EachHasARow(PartyCodec.Messages, PartySamples.Messages, typeof(PartyQuery));
    }

    [Fact]
    public void Every_reply_has_a_sample() =>
        PartyCodec.Replies.Rows.Select(row => row.Type).ShouldBe(PartySamples.Replies.Select(sample => sample.GetType()));

    [Fact]
    public void Manifests_are_short_lower_case_and_versioned()
    {
        var rows = PartyCodec.Events.Rows.Concat(PartyCodec.Messages.Rows).Concat(PartyCodec.Replies.Rows);
        foreach (var (_, manifest) in rows)
        {
            manifest.ShouldMatch(@"^party(\.[a-z]+)?\.[a-z-]+\.v[1-9]$");
            manifest.Length.ShouldBeLessThanOrEqualTo(80);
        }
    }

    [Fact]
    public void The_manifest_of_a_type_is_one_object() =>
        PartyCodec.Events.Manifest(new NominationsStarted(default))
            .ShouldBeSameAs(PartyCodec.Events.Manifest(new NominationsStarted(DateTimeOffset.UnixEpoch)));

    [Fact]
    public void A_fingerprint_travels_with_a_command_and_is_stored_with_its_reply()
    {
        var start = new StartNomination(DateTimeOffset.UnixEpoch, new("u1", "abc")) { Fingerprint = "f1" };
        var command = MessageTables.Encoded(PartyCodec.Messages, [start]);
        command.ShouldBe([(
            "party.ask.start-nomination.v1",
            "{\"caller\":{\"user_id\":\"u1\",\"token_hash\":\"abc\"},\"at\":\"1970-01-01T00:00:00Z\",\"fingerprint\":\"f1\"}")]);
        MessageTables.Encoded(PartyCodec.Replies, [new PartyDone { Fingerprint = "f1" }])
            .ShouldBe([("party.reply.done.v1", "{\"fingerprint\":\"f1\"}")]);
        PartyCodec.Replies.TryDecode("party.reply.done.v1", "{\"fingerprint\":\"f1\"}"u8, out var reply).ShouldBeTrue();
        reply.ShouldBe(new PartyDone { Fingerprint = "f1" });
    }

    [Fact]
    public void An_unknown_manifest_is_not_decoded() =>
        PartyCodec.Events.TryDecode("party.created.v2", "{}"u8, out _).ShouldBeFalse();

    [Fact]
    public void A_stored_event_without_a_member_that_must_be_there_is_refused() =>
        Should.Throw<JsonException>(
            () => PartyCodec.Events.TryDecode("party.host-changed.v1", "{\"at\":\"2025-06-07T20:00:00Z\"}"u8, out _));

    private static string Json(object frame) => JsonSerializer.Serialize(frame, PartyJsonContext.Wire.GetTypeInfo(frame.GetType())!);

    private static GoldenFile File(string name) => new(Path.Combine("Parties", "Golden", $"{name}.json"));
}
