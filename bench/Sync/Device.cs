namespace AkkaParty.Bench.Sync;

/// <summary>A client's clock and network.</summary>
/// <param name="Path">Its way to the server.</param>
/// <param name="Origin">When its clock began, in true time.</param>
/// <param name="OffsetMs">What it showed then.</param>
/// <param name="Drift">How much too fast it runs: 0.0001 for 100 ppm.</param>
internal sealed record Device(LinkPath Path, double Origin, double OffsetMs, double Drift)
{
    /// <summary>What its clock shows at a true time.</summary>
    public double Local(double time) => OffsetMs + ((time - Origin) * (1 + Drift));

    /// <summary>The true time at which its clock shows a time.</summary>
    public double True(double local) => Origin + ((local - OffsetMs) / (1 + Drift));
}
