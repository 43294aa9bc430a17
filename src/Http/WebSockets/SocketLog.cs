using Microsoft.Extensions.Logging;

namespace AkkaParty.Http.WebSockets;

/// <summary>What sockets write to the log.</summary>
internal static partial class SocketLog
{
    /// <summary>A frame met a bug.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="exception">The bug.</param>
    /// <param name="type">The frame's type.</param>
    [LoggerMessage(EventId = 3110, Level = LogLevel.Error, Message = "A frame of type {Type} failed")]
    public static partial void FrameFailed(ILogger logger, Exception exception, string? type);
}
