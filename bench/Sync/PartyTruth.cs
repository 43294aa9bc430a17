using AkkaParty.SyncClient;

namespace AkkaParty.Bench.Sync;

/// <summary>Where the party truly is: what its frames say, the first time that any client's end of the wire sees them.</summary>
internal sealed class PartyTruth
{
    private readonly Lock _gate = new();
    private readonly PlaybackClock _playback = new();
    private readonly Dictionary<long, TimedPlayback> _bySeq = [];
    private long _seq;

    /// <summary>Takes a frame, on any thread.</summary>
    public void Overhear(PartyFrame frame)
    {
        if (frame is not { Playback: { } playback, Seq: { } seq })
        {
            return;
        }

        lock (_gate)
        {
            if (frame.Type != "sync")
            {
                _bySeq[seq] = playback;
            }

            if (seq > _seq)
            {
                _seq = seq;
                if (_playback.Newest != playback)
                {
                    _playback.Take(playback, seq);
                }
            }
        }
    }

    /// <summary>Where it is at a true time, which must not go back; null before anything is known.</summary>
    public Target? At(double time)
    {
        lock (_gate)
        {
            return _playback.At(time);
        }
    }

    /// <summary>What an event began; null when it began nothing.</summary>
    public TimedPlayback? Of(long seq)
    {
        lock (_gate)
        {
            return _bySeq.GetValueOrDefault(seq);
        }
    }
}
