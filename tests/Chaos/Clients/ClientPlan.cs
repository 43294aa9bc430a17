namespace AkkaParty.Chaos.Clients;

/// <summary>What one client process does.</summary>
/// <param name="Nodes">The addresses of all nodes; a person begins at any of them and goes on to the next when one does not answer.</param>
/// <param name="History">The file to append to.</param>
/// <param name="Parties">How many parties.</param>
/// <param name="Rooms">How many rooms; every person belongs to a party or to a room.</param>
/// <param name="People">People in each, 2 or more.</param>
/// <param name="Rate">Commands that one person gives in a second, at most.</param>
internal sealed record ClientPlan(IReadOnlyList<Uri> Nodes, string History, int Parties, int Rooms, int People, double Rate)
{
    /// <summary>Commands of one person that may be under way at once.</summary>
    public const int Window = 4;

    /// <summary>Without any sign of life for this long a connection is given up.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(1.5);

    /// <summary>Without an answer for this long a plain call is made again, at the next node.</summary>
    public static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(2);

    /// <summary>In the end every answer and frame must have come by this time.</summary>
    public static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(30);
}
