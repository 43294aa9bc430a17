namespace AkkaParty.SyncClient;

/// <summary>How long the player takes to do something, learnt from how far behind it was afterwards.</summary>
internal sealed class Latency(double ms, SyncConstants constants)
{
    private bool _isKnown;

    public double Ms { get; private set; } = ms;

    public void Learn(double errorMs)
    {
        var learnt = Ms - (errorMs * (_isKnown ? constants.LatencyGain : 1));
        _isKnown = true;
        Ms = Math.Min(Math.Max(learnt, 0), constants.LatencyMaxMs);
    }
}
