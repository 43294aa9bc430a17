namespace AkkaParty.Bench.Sync;

/// <summary>What networks are like.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it says in the table.</param>
/// <param name="LeastMs">The shortest delay of one way.</param>
/// <param name="MostMs">The longest.</param>
/// <param name="Asymmetry">How much longer and shorter than the middle the two ways are, at most.</param>
internal sealed record Networks(string Name, string Description, double LeastMs, double MostMs, double Asymmetry)
{
    public static IReadOnlyList<Networks> All { get; } =
    [
        new("symmetric", "5-250 ms", 5, 250, 0),
        new("lopsided", "100 ms, 30 % lopsided", 100, 100, 0.3),
        new("mixed", "5-250 ms, 30 % lopsided", 5, 250, 0.3),
        new("lan", "1 ms", 1, 1, 0),
    ];
}

/// <summary>How <c>bench sync</c> runs.</summary>
/// <param name="Program">The server's executable.</param>
/// <param name="Nodes">How many nodes.</param>
/// <param name="Clients">How many clients are connected at a time.</param>
/// <param name="Minutes">How long each evening takes.</param>
/// <param name="KillEvery">After how long a node is killed; zero for never.</param>
/// <param name="Stalled">The share of messages that are held up for two seconds.</param>
/// <param name="Seed">Decides chance.</param>
internal sealed record SyncPlan(string Program, int Nodes, int Clients, double Minutes, TimeSpan KillEvery, double Stalled, int Seed);
