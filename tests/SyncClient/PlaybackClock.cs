namespace AkkaParty.SyncClient;

/// <summary>The party's playback as the server sends it.</summary>
/// <param name="ItemId">What plays.</param>
/// <param name="PositionMs">The position at <paramref name="AtMs"/>.</param>
/// <param name="Playing">Whether it plays.</param>
/// <param name="Rate">Times normal speed.</param>
/// <param name="AtMs">From when on that holds, in cluster time.</param>
public sealed record TimedPlayback(string? ItemId, double PositionMs, bool Playing, double Rate, double AtMs)
{
    public double PositionAt(double clusterMs)
    {
        var passed = Playing ? Math.Max(clusterMs - AtMs, 0) : 0;
        return PositionMs + (passed * Rate);
    }
}

/// <summary>Where the party is at an instant.</summary>
/// <param name="Playback">What is in effect, or will be first.</param>
/// <param name="Playing">Whether it plays: not before it takes effect.</param>
/// <param name="PositionMs">The position.</param>
public sealed record Target(TimedPlayback Playback, bool Playing, double PositionMs);

/// <summary>What holds now, and what will: what <c>web/src/sync/playbackClock.ts</c> does.</summary>
public sealed class PlaybackClock
{
    private readonly List<TimedPlayback> _known = [];
    private double _seq = double.NegativeInfinity;

    public TimedPlayback? Newest => _known.Count == 0 ? null : _known[^1];

    public void Take(TimedPlayback playback, long seq)
    {
        if (seq < _seq)
        {
            return;
        }

        _seq = seq;
        var told = _known.Find(known => known == playback) ?? playback;
        _known.RemoveAll(known => known.AtMs >= playback.AtMs);
        _known.Add(told);
    }

    public Target? At(double clusterMs)
    {
        while (_known.Count > 1 && _known[1].AtMs <= clusterMs)
        {
            _known.RemoveAt(0);
        }

        return _known.Count == 0
            ? null
            : new Target(_known[0], _known[0].Playing && _known[0].AtMs <= clusterMs, _known[0].PositionAt(clusterMs));
    }

    public TimedPlayback? Next(double clusterMs) => _known.Find(known => known.AtMs > clusterMs);
}
