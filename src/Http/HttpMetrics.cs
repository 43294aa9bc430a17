using System.Diagnostics.Metrics;

namespace AkkaParty.Http;

/// <summary>What this project measures, under the meter <see cref="MeterName"/>.</summary>
public static class HttpMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AkkaParty.Http";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Open WebSocket connections.</summary>
    internal static UpDownCounter<long> Sessions { get; } =
        Meter.CreateUpDownCounter<long>("akkaparty.http.sessions", "{session}", "Open WebSocket connections.");

    /// <summary>Open event streams.</summary>
    internal static UpDownCounter<long> Streams { get; } =
        Meter.CreateUpDownCounter<long>("akkaparty.http.streams", "{session}", "Open event streams.");

    /// <summary>Messages received from clients.</summary>
    internal static Counter<long> FramesIn { get; } =
        Meter.CreateCounter<long>("akkaparty.http.frames.in", "{message}", "Messages received over WebSockets.");

    /// <summary>Frames written to clients.</summary>
    internal static Counter<long> FramesOut { get; } =
        Meter.CreateCounter<long>("akkaparty.http.frames.out", "{frame}", "Frames written to WebSockets and event streams.");

    /// <summary>Bytes of messages received.</summary>
    internal static Counter<long> BytesIn { get; } =
        Meter.CreateCounter<long>("akkaparty.http.received", "By", "Bytes of messages received over WebSockets.");

    /// <summary>Bytes written.</summary>
    internal static Counter<long> BytesOut { get; } =
        Meter.CreateCounter<long>("akkaparty.http.sent", "By", "Bytes of frames written to WebSockets and event streams.");

    /// <summary>Connections the server closed, by code.</summary>
    internal static Counter<long> Closes { get; } =
        Meter.CreateCounter<long>(
            "akkaparty.http.closes", "{session}", "WebSockets and event streams closed by the server, by close code name.");

    /// <summary>How far clients say they are from their watch party's position.</summary>
    internal static Histogram<double> SyncOffset { get; } =
        Meter.CreateHistogram<double>(
            "akkaparty.http.sync.offset", "ms", "How far clients say they are from their watch party's position, either way.");

    private static Counter<long> Errors { get; } =
        Meter.CreateCounter<long>("akkaparty.http.errors", "{error}", "Errors answered, by code and surface.");

    /// <summary>Counts an error that a client was told.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="surface"><c>rest</c> or <c>socket</c>.</param>
    internal static void CountError(string code, string surface) =>
        Errors.Add(1, new KeyValuePair<string, object?>("code", code), new KeyValuePair<string, object?>("surface", surface));
}
