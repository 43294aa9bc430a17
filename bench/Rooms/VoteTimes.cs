using AkkaParty.Bench.Measuring;

namespace AkkaParty.Bench.Rooms;

/// <summary>How long votes took, over all rooms, and what went wrong. Used by the generator's one thread.</summary>
internal sealed class VoteTimes
{
    /// <summary>From the instant a vote was due to its acknowledgement.</summary>
    public LatencyHistogram ToAck { get; } = new();

    /// <summary>From the instant a vote was due until the last of its room's members had it.</summary>
    public LatencyHistogram ToEverybody { get; } = new();

    /// <summary>Acknowledged votes.</summary>
    public long Acknowledged { get; set; }

    /// <summary>Events that did not come in order, or not at all, to one member.</summary>
    public long Gaps { get; set; }

    /// <summary>Votes that were not sent because too many of the same member's had no answer.</summary>
    public long HeldBack { get; set; }

    /// <summary>Starts to count from zero.</summary>
    public void Clear()
    {
        ToAck.Clear();
        ToEverybody.Clear();
        Acknowledged = 0;
        Gaps = 0;
        HeldBack = 0;
    }
}
