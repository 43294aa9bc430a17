using AkkaParty.Simulation.Kernel;

namespace AkkaParty.Simulation.Faults;

/// <summary>How often small things go wrong in one seed's world, each per call or frame. All are zero when faults have stopped.</summary>
internal sealed class FaultRates
{
    public double CommitRefused { get; init; }

    public double NotReached { get; init; }

    public double LostBefore { get; init; }

    public double AnswerLost { get; init; }

    public double Late { get; init; }

    public double ReadBroken { get; init; }

    public double Slow { get; init; }

    public double FrameDelayed { get; init; }

    public double FrameDropped { get; init; }

    public double FrameDoubled { get; init; }

    public double FrameReordered { get; init; }

    public double LinkFull { get; init; }

    public static FaultRates None { get; } = new();

    /// <summary>Most worlds have few kinds of trouble, some have all of it, and some are almost quiet.</summary>
    public static FaultRates Choose(SimRandom random)
    {
        var harshness = random.Pick([0.2, 1.0, 1.0, 3.0]);
        double Rate(double usual) => random.Chance(0.5) ? usual * harshness : 0;
        return new FaultRates
        {
            CommitRefused = Rate(0.02),
            NotReached = Rate(0.01),
            LostBefore = Rate(0.01),
            AnswerLost = Rate(0.02),
            Late = Rate(0.01),
            ReadBroken = Rate(0.01),
            Slow = Rate(0.02),
            FrameDelayed = Rate(0.02),
            FrameDropped = Rate(0.005),
            FrameDoubled = Rate(0.01),
            FrameReordered = Rate(0.01),
            LinkFull = Rate(0.003),
        };
    }
}
