using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Tests.WatchParties;

/// <summary>What was stored once can be read for ever.</summary>
public sealed class WatchGolden
{
    [Fact]
    public void Events_are_stored_exactly_like_the_golden_file() =>
        File("events").ShouldHold(MessageTables.Encoded(WatchCodec.Events, WatchSamples.Events));

    [Fact]
    public void Messages_between_nodes_are_written_exactly_like_the_golden_file() =>
        File("messages").ShouldHold(MessageTables.Encoded(WatchCodec.Messages, WatchSamples.Messages));

    [Fact]
    public void Replies_are_stored_exactly_like_the_golden_file() =>
        File("replies").ShouldHold(MessageTables.Encoded(WatchCodec.Replies, WatchSamples.Replies));

    [Fact]
    public void Stored_events_are_read_back_as_what_they_were() => MessageTables.ReadsBack(WatchCodec.Events, File("events"));

    [Fact]
    public void Messages_between_nodes_are_read_back_as_what_they_were() => MessageTables.ReadsBack(WatchCodec.Messages, File("messages"));

    [Fact]
    public void Stored_replies_are_read_back_as_what_they_were() => MessageTables.ReadsBack(WatchCodec.Replies, File("replies"));

    [Fact]
    public void Every_event_has_a_manifest_and_a_sample() =>
        MessageTables.EachHasARow(WatchCodec.Events, WatchSamples.Events, typeof(WatchEvent));

    [Fact]
    public void Every_command_query_and_signal_has_a_manifest_and_a_sample()
    {
        MessageTables.EachHasARow(WatchCodec.Messages, WatchSamples.Messages, typeof(WatchCommand));
        MessageTables.EachHasARow(WatchCodec.Messages, WatchSamples.Messages, typeof(WatchQuery));
        MessageTables.EachHasARow(WatchCodec.Messages, WatchSamples.Messages, typeof(WatchSignal));
    }

    [Fact]
    public void Every_reply_has_a_manifest_and_a_sample() =>
        MessageTables.EachHasARow(WatchCodec.Replies, WatchSamples.Replies, typeof(WatchReply));

    [Fact]
    public void Manifests_are_short_lower_case_and_versioned()
    {
        foreach (var (_, manifest) in WatchCodec.Events.Rows.Concat(WatchCodec.Messages.Rows).Concat(WatchCodec.Replies.Rows))
        {
            manifest.ShouldMatch(@"^watch-party(\.[a-z]+)?\.[a-z-]+\.v[1-9]$");
            manifest.Length.ShouldBeLessThanOrEqualTo(80);
        }
    }

    [Fact]
    public void A_choice_is_stored_as_its_name_and_a_number_is_none()
    {
        WatchCodec.Messages.TryDecode("watch-party.ask.report-client.v1", Report("\"buffering\""), out var report).ShouldBeTrue();
        report.ShouldBeOfType<ReportClient>().Status.ShouldBe(WatchStatus.Buffering);
        Should.Throw<JsonException>(() => WatchCodec.Messages.TryDecode("watch-party.ask.report-client.v1", Report("2"), out _));
        Should.Throw<JsonException>(() => WatchCodec.Messages.TryDecode("watch-party.ask.report-client.v1", Report("\"asleep\""), out _));

        static byte[] Report(string status) => System.Text.Encoding.UTF8.GetBytes(
            $$"""
            {"at":"2026-02-02T20:00:00Z","actor":{"member_id":"ann","guest_token_hash":null,"is_admin":false},"status":{{status}},
            "reports_ready":null,"round_trip_ms":null,"sync_offset_ms":null}
            """);
    }

    [Fact]
    public void What_an_older_node_wrote_lacks_what_came_later_and_is_read()
    {
        var create = Without<CreateWatchParty>(WatchCodec.Messages, WatchSamples.Messages, "password_hash");
        (create.PasswordHash, create.Title).ShouldBe((null, "Film night"));
        Without<ReportClient>(WatchCodec.Messages, WatchSamples.Messages, "barrier").Barrier.ShouldBeNull();
        var changed = Without<PlaybackChanged>(WatchCodec.Replies, WatchSamples.Replies, "before_durations_ms");
        (changed.Before.Count, changed.BeforeDurationsMs, changed.DurationInEffectMs).ShouldBe((1, null, null));
        PlaybackShown.Before(changed)!.Single().DurationMs.ShouldBeNull();
    }

    private static T Without<T>(JsonMessageTable<object> table, IEnumerable<object> samples, string member)
        where T : class
    {
        var (manifest, json) = MessageTables.Encoded(table, [samples.OfType<T>().Single()]).Single();
        var stored = JsonNode.Parse(json)!.AsObject();
        stored.Remove(member).ShouldBeTrue(json);
        table.TryDecode(manifest, System.Text.Encoding.UTF8.GetBytes(stored.ToJsonString()), out var read).ShouldBeTrue();
        return read.ShouldBeOfType<T>();
    }

    private static GoldenFile File(string name) => new(Path.Combine("WatchParties", "Golden", $"{name}.json"));
}
