using System.Text.Json;

namespace AkkaParty.SyncClient;

/// <summary>The numbers behind staying in step, read from the file that the web client is built with.</summary>
public sealed record SyncConstants
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static SyncConstants Default { get; } = Read();

    public required double AttemptDelayMs { get; init; }

    public required int AttemptsMax { get; init; }

    public required IReadOnlyList<double> BurstMs { get; init; }

    public required double SteadyPingMs { get; init; }

    public required int SamplesMax { get; init; }

    public required double SampleAgeMaxMs { get; init; }

    public required double AgeWideningPpm { get; init; }

    public required double StepToleranceMs { get; init; }

    public required int RoundTripSamples { get; init; }

    public required double RoundTripShare { get; init; }

    public required double DriftAnchorMs { get; init; }

    public required int DriftAnchorsMax { get; init; }

    public required double DriftRidgeMs2 { get; init; }

    public required double DriftMaxPpm { get; init; }

    public required double TickMs { get; init; }

    public required double BusyTickMs { get; init; }

    public required double SeekThresholdMs { get; init; }

    public required double SeekCooldownMs { get; init; }

    public required double LoadAheadMs { get; init; }

    public required double StartAheadMs { get; init; }

    public required double WaitMaxMs { get; init; }

    public required double StartToleranceMs { get; init; }

    public required double PausedToleranceMs { get; init; }

    public required double NudgeStartMs { get; init; }

    public required double NudgeStopMs { get; init; }

    public required double NudgeHorizonMs { get; init; }

    public required double NudgeMin { get; init; }

    public required double NudgeMax { get; init; }

    public required double NudgeStep { get; init; }

    public required double StartLatencyMs { get; init; }

    public required double SeekLatencyMs { get; init; }

    public required double LatencyMaxMs { get; init; }

    public required double LatencyGain { get; init; }

    public required double LatencySettleMs { get; init; }

    public required double SettledMs { get; init; }

    private static SyncConstants Read()
    {
        using var file = typeof(SyncConstants).Assembly.GetManifestResourceStream("constants.json")!;
        return JsonSerializer.Deserialize<SyncConstants>(file, Options)!;
    }
}
