using AkkaParty.Runtime.Feeds;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Http.WebSockets;

/// <summary>What all sessions of this node share.</summary>
/// <param name="Registry">The sessions and their ticker.</param>
/// <param name="Options">The limits.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record SocketServices(SessionRegistry Registry, SocketOptions Options, TimeProvider Time, ILogger Logger);

/// <summary>Why a message was refused unread.</summary>
internal enum MessageRefusal
{
    /// <summary>It is not text.</summary>
    Binary,

    /// <summary>It is too long.</summary>
    TooBig,

    /// <summary>Too many came.</summary>
    TooMany,
}

/// <summary>Frames that are the same for everybody.</summary>
internal static class StaticFrames
{
    /// <summary>An empty ping.</summary>
    public static WireFrame Ping { get; } = new(FeedFrameKind.Signal, FrameHeader.Frame(FrameHeader.Ping, []));
}
