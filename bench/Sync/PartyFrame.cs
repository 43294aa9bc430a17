using System.Text.Json;
using AkkaParty.SyncClient;

namespace AkkaParty.Bench.Sync;

/// <summary>What a client cares about in a frame of the watch-parties surface.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Seq">The party's number; null when it has none.</param>
/// <param name="Playback">What holds from its instant on; null when it does not say.</param>
/// <param name="Before">What goes on until then, in order.</param>
/// <param name="ServerTimeMs">The server's time; null when it does not say.</param>
/// <param name="Clock">The answer's three times; null for other frames.</param>
/// <param name="Id">Which of the client's frames it answers.</param>
/// <param name="Code">The error; null when it is none.</param>
/// <param name="Retryable">Whether to try again.</param>
internal sealed record PartyFrame(
    string Type,
    long? Seq,
    TimedPlayback? Playback,
    IReadOnlyList<TimedPlayback> Before,
    double? ServerTimeMs,
    (double T0, double T1, double T2)? Clock,
    long? Id,
    string? Code,
    bool Retryable)
{
    public static PartyFrame Read(ReadOnlyMemory<byte> bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        var root = json.RootElement;
        var type = root.GetProperty("type").GetString()!;
        var playback = root.TryGetProperty("playback", out var shown) ? PlaybackOf(shown) : null;
        return new PartyFrame(
            type,
            (long?)Number(root, "seq"),
            playback,
            root.TryGetProperty("before", out var before) ? [.. before.EnumerateArray().Select(PlaybackOf)] : [],
            Number(root, "server_time_ms"),
            type == "clock" ? (Number(root, "t0")!.Value, Number(root, "t1")!.Value, Number(root, "t2")!.Value) : null,
            (long?)Number(root, "id"),
            type == "error" ? root.GetProperty("code").GetString() : null,
            root.TryGetProperty("retryable", out var retryable) && retryable.GetBoolean());
    }

    private static TimedPlayback PlaybackOf(JsonElement shown) => new(
        shown.GetProperty("item_id").GetString(),
        shown.GetProperty("position_ms").GetDouble(),
        shown.GetProperty("playing").GetBoolean(),
        shown.GetProperty("rate").GetDouble(),
        shown.GetProperty("at_ms").GetDouble());

    private static double? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
