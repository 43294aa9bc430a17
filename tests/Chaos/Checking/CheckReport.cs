namespace AkkaParty.Chaos.Checking;

/// <summary>What the comparison of the histories with the journal came to.</summary>
/// <param name="Parties">Parties.</param>
/// <param name="Commands">Commands that were given.</param>
/// <param name="Acknowledged">Commands that were acknowledged.</param>
/// <param name="Sent">How often a command had to be sent again.</param>
/// <param name="Connections">Sockets that were opened.</param>
/// <param name="Frames">Frames that showed a party.</param>
/// <param name="Reads">Plain calls that read a party.</param>
/// <param name="Events">Events in the journal.</param>
/// <param name="Findings">Broken promises.</param>
internal sealed record CheckReport(
    int Parties, long Commands, long Acknowledged, long Sent, long Connections, long Frames, long Reads, long Events,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>How many findings there are of a kind.</summary>
    public int Count(Breach breach) => Findings.Count(finding => finding.Breach == breach);
}
