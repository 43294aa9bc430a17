namespace AkkaParty.SyncClient;

/// <summary>When to send a <c>clock</c> frame: often at first, then now and then.</summary>
/// <param name="constants">The numbers.</param>
/// <param name="localMs">When the connection opened.</param>
public sealed class PingPacer(SyncConstants constants, double localMs)
{
    private readonly double _beganAt = localMs;
    private int _sent;
    private double _lastAt;

    public double NextAt => _sent < constants.BurstMs.Count ? _beganAt + constants.BurstMs[_sent] : _lastAt + constants.SteadyPingMs;

    public void Sent(double now)
    {
        _sent++;
        _lastAt = now;
    }
}
