using AkkaParty.Bench.Measuring;

namespace AkkaParty.Bench.Rooms;

/// <summary>Everything measured at one pace.</summary>
/// <param name="Wanted">Votes per second.</param>
internal sealed record VoteLevel(int Wanted)
{
    public List<VoteCost> Own { get; } = [];

    public List<VoteCost> Peer { get; } = [];

    public List<(double VotesPerTurn, double VotesPerCommit)> Counted { get; } = [];

    public Spread Rate => Spread.Of(Own, cost => cost.VotesPerSecond);

    public Spread AckP99 => Spread.Of(Own, cost => cost.AckP99.TotalMilliseconds);

    public Spread Frames => Spread.Of(Own, cost => cost.DeliveriesPerSecond);

    /// <summary>What the server's own counters say of a window.</summary>
    public static (double VotesPerTurn, double VotesPerCommit) Count(
        Dictionary<string, double> before, Dictionary<string, double> after, int members)
    {
        var votes = Grown("akkaparty_entity_events_total");
        return (votes * members / Grown("akkaparty_feed_deliveries_total"), votes / Grown("akkaparty_journal_commit_operations_count"));

        double Grown(string name) => after.GetValueOrDefault(name) - before.GetValueOrDefault(name);
    }
}
