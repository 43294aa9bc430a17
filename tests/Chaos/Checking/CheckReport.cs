namespace AkkaParty.Chaos.Checking;

/// <summary>What the comparison of the histories with the journal came to.</summary>
/// <param name="Parties">How much there was of parties.</param>
/// <param name="Rooms">How much there was of rooms.</param>
/// <param name="Findings">Broken promises.</param>
internal sealed record CheckReport(Figures Parties, Figures Rooms, IReadOnlyList<Finding> Findings)
{
    /// <summary>How much there was of both.</summary>
    public Figures All => Parties + Rooms;

    /// <summary>How many findings there are of a kind.</summary>
    public int Count(Breach breach) => Findings.Count(finding => finding.Breach == breach);
}
