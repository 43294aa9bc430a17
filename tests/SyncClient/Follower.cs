namespace AkkaParty.SyncClient;

/// <summary>All that a client needs to stay in step, without a network, a player or timers of its own.</summary>
public sealed class Follower
{
    private double _barrierSeq = double.NegativeInfinity;

    public Follower(SyncConstants? constants = null)
    {
        Constants = constants ?? SyncConstants.Default;
        Clock = new ClockOffset(Constants);
        Corrector = new Corrector(Clock, Playback, Constants);
    }

    public SyncConstants Constants { get; }

    public ClockOffset Clock { get; }

    public PlaybackClock Playback { get; } = new();

    /// <summary>The barrier that playing waits at; null for none.</summary>
    public int? Barrier { get; private set; }

    public Corrector Corrector { get; }

    public void Sample(ClockSample sample) => Clock.Add(sample);

    public void Note(double clusterMs, double localMs, double beganMs) => Clock.Note(clusterMs, localMs, beganMs);

    public void Take(TimedPlayback playback, long seq) => Playback.Take(playback, seq);

    /// <summary>A frame said whom playing waits for.</summary>
    /// <param name="barrier">The barrier's number; null for nobody.</param>
    /// <param name="seq">The frame's number: what is older than the newest is a repetition and left out.</param>
    public void Wait(int? barrier, long seq)
    {
        if (seq >= _barrierSeq)
        {
            (_barrierSeq, Barrier) = (seq, barrier);
        }
    }

    public Step Step(double nowMs, PlayerState player) => Corrector.Step(nowMs, player);

    public Target? TargetAt(double localMs) => Playback.At(Clock.IsGuessed ? Clock.ToCluster(localMs) : double.NegativeInfinity);
}
