namespace AkkaParty.Runtime.Sockets.Handshakes;

/// <summary>Why a connection does not become a link. The numbers go over the wire.</summary>
internal enum Refusal : byte
{
    /// <summary>What came is not this handshake, is too long, or ended early.</summary>
    Malformed = 1,

    /// <summary>Another version of the handshake.</summary>
    Version = 2,

    /// <summary>A node of another cluster.</summary>
    Cluster = 3,

    /// <summary>Another node, or another run of it, was meant.</summary>
    OtherNode = 4,

    /// <summary>The node with the lower name dials, and this one has the higher.</summary>
    Role = 5,

    /// <summary>It does not know the cluster's secret.</summary>
    Secret = 6,

    /// <summary>It proved who it is, but is not a member here.</summary>
    NotNamed = 7,

    /// <summary>Too many connections are in this state.</summary>
    Busy = 8,
}

/// <summary>A connection that does not become a link.</summary>
/// <param name="code">Why.</param>
/// <param name="byPeer">Whether the peer said so.</param>
internal sealed class RefusedException(Refusal code, bool byPeer = false) : Exception(Text(code, byPeer))
{
    public Refusal Code => code;

    /// <summary>Whether the peer said so; then it need not be told.</summary>
    public bool ByPeer => byPeer;

    private static string Text(Refusal code, bool byPeer)
    {
        var text = code switch
        {
            Refusal.Malformed => "what came is not the handshake of a node",
            Refusal.Version => "the node speaks another version of the links' handshake",
            Refusal.Cluster => "the node belongs to another cluster",
            Refusal.OtherNode => "another node, or another run of it, was meant",
            Refusal.Role => "the node with the lower name dials",
            Refusal.Secret => "the cluster secrets differ",
            Refusal.NotNamed => "the node is not a member",
            Refusal.Busy => "too many connections wait to be admitted",
            _ => $"unknown reason {(byte)code}",
        };
        return byPeer ? $"the peer refused: {text}" : text;
    }
}
