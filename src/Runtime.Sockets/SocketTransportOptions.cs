namespace AkkaParty.Runtime.Sockets;

/// <summary>How a node links to the others. The times are the same on every node of a cluster, or nearly.</summary>
public sealed class SocketTransportOptions
{
    /// <summary>Where to listen, <c>host:port</c>; port 0 for a free one.</summary>
    public required string Listen { get; init; }

    /// <summary>Where the others reach this node, <c>host:port</c>; empty when that is <see cref="Listen"/>.</summary>
    public string Advertise { get; init; } = "";

    /// <summary>What every node of the cluster knows and nobody else does, at least 16 characters.</summary>
    public required string Secret { get; init; }

    /// <summary>The cluster's name, 1 to 64 characters: nodes of another cluster are refused whatever they know.</summary>
    public string Cluster { get; init; } = "akkaparty";

    /// <summary>This node's certificate and whom it trusts. Required unless all addresses are loopback ones.</summary>
    public LinkCertificate? Certificate { get; init; }

    /// <summary>The newest wire and storage formats this node reads; told to every peer.</summary>
    public int FeatureLevel { get; init; } = NodeRuntime.FeatureLevel;

    /// <summary>The longest frame, 1 KiB to 16 MiB.</summary>
    public int FrameBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>The most bytes that wait for one peer; a frame beyond them is not taken. At least one longest frame.</summary>
    public int PendingBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>After how long without anything to send a peer is sent a sign of life. 10 ms to 1 min.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After how long without a byte from it a link is given up; at least three times <see cref="KeepAliveInterval"/>.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long without taking a byte that waits for it a peer loses its link.</summary>
    public TimeSpan StallMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest a connection is attempted.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest a connection may take to prove who it is.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a node that has proved itself waits to be named as a member.</summary>
    public TimeSpan HoldMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause before the first new attempt to reach a peer; doubled each time.</summary>
    public TimeSpan ReconnectMin { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between attempts to reach a peer. Each is shortened by chance, by up to half.</summary>
    public TimeSpan ReconnectMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long frames that wait are still sent when the node stops.</summary>
    public TimeSpan LingerMax { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most connections that have not proved yet who they are, or wait to be named; one more is closed at once.</summary>
    public int HandshakesMax { get; init; } = 64;

    /// <summary>How often the same trouble with the same address is logged.</summary>
    public TimeSpan RepeatedLogInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes that a connection is listened to before it has proved who it is.</summary>
    internal const int HandshakeBytesMax = 4 * 1024;

    /// <summary>Checks every limit.</summary>
    /// <exception cref="TransportStartException">One is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Require(Secret.Length >= 16, nameof(Secret), "must have at least 16 characters");
        Require(Cluster.Length is >= 1 and <= 64, nameof(Cluster), "must have 1 to 64 characters");
        Require(FrameBytesMax is >= 1024 and <= 16 * 1024 * 1024, nameof(FrameBytesMax), "must be 1 KiB to 16 MiB");
        Require(PendingBytesMax > FrameBytesMax, nameof(PendingBytesMax), $"must be greater than {nameof(FrameBytesMax)}");
        Require(PendingBytesMax <= 1 << 30, nameof(PendingBytesMax), "must be at most 1 GiB");
        Require(
            KeepAliveInterval >= TimeSpan.FromMilliseconds(10) && KeepAliveInterval <= TimeSpan.FromMinutes(1),
            nameof(KeepAliveInterval),
            "must be 10 ms to 1 min");
        Require(SilenceMax >= 3 * KeepAliveInterval, nameof(SilenceMax), $"must be at least three times {nameof(KeepAliveInterval)}");
        Require(ReconnectMin > TimeSpan.Zero, nameof(ReconnectMin), "must be above 0");
        Require(ReconnectMax >= ReconnectMin, nameof(ReconnectMax), $"must not be below {nameof(ReconnectMin)}");
        Require(HandshakesMax >= 1, nameof(HandshakesMax), "must be at least 1");
        foreach (var (name, value) in new[]
        {
            (nameof(StallMax), StallMax), (nameof(ConnectTimeout), ConnectTimeout), (nameof(HandshakeTimeout), HandshakeTimeout),
            (nameof(HoldMax), HoldMax), (nameof(LingerMax), LingerMax), (nameof(RepeatedLogInterval), RepeatedLogInterval),
        })
        {
            Require(value > TimeSpan.Zero && value <= TimeSpan.FromMinutes(10), name, "must be above 0 and at most 10 min");
        }
    }

    private static void Require(bool holds, string field, string rule)
    {
        if (!holds)
        {
            throw new TransportStartException($"{field} {rule}.");
        }
    }
}
