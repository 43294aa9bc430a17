using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Sockets;

/// <summary>One link that is up, for operators.</summary>
/// <param name="Peer">Who is at its other end.</param>
/// <param name="FeatureLevel">The newest formats that node reads.</param>
/// <param name="Dialed">Whether this node made the connection.</param>
/// <param name="Encrypted">Whether it is a TLS connection.</param>
/// <param name="PendingBytes">How much waits to be sent over it.</param>
/// <param name="FramesSent">How many frames were handed over to be sent.</param>
/// <param name="FramesReceived">How many frames came.</param>
public sealed record LinkStatus(
    NodeIdentity Peer, int FeatureLevel, bool Dialed, bool Encrypted, int PendingBytes, long FramesSent, long FramesReceived);
