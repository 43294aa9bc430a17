using System.ComponentModel;

namespace AkkaParty.Node.Configuration;

/// <summary>Limits of connections before, and besides, their being WebSockets.</summary>
internal sealed class ConnectionSection
{
    /// <summary>How long the first byte, and then the whole head of a request, may take, in seconds, 1 to 600.</summary>
    [Between(1, 600)]
    [Description("A connection that has not sent a request's whole head after this many seconds is closed.")]
    public int HeadSeconds { get; set; } = 10;

    /// <summary>How long nothing need be asked after an answer, in seconds, 5 to 3,600.</summary>
    [Between(5, 3_600)]
    [Description("A connection over which nothing was asked for this many seconds after the last answer is closed.")]
    public int KeepAliveSeconds { get; set; } = 130;

    /// <summary>How many connections that are no WebSockets may be open, 10 to 1,000,000.</summary>
    [Between(10, 1_000_000)]
    [Description("Connections that may be open besides WebSockets, event streams included; one more is closed at once.")]
    public int OpenMax { get; set; } = 60_000;
}
