using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Sockets;

/// <summary>What the links write to the log. No line ever says the secret.</summary>
internal static partial class SocketsLog
{
    [LoggerMessage(1, LogLevel.Information, "The link to {Name}#{Incarnation} is up (TLS: {Encrypted})")]
    public static partial void LinkUp(this ILogger logger, string name, long incarnation, bool encrypted);

    [LoggerMessage(2, LogLevel.Information, "The link to {Name}#{Incarnation} ended: {Reason}")]
    public static partial void LinkDown(this ILogger logger, string name, long incarnation, string reason);

    [LoggerMessage(3, LogLevel.Warning, "No link to {Name}#{Incarnation} at {Address}: {Reason}; trying on")]
    public static partial void DialFailed(this ILogger logger, string name, long incarnation, string address, string reason);

    [LoggerMessage(4, LogLevel.Warning, "A connection from {Address} was refused: {Reason}")]
    public static partial void Refused(this ILogger logger, string address, string reason);

    [LoggerMessage(5, LogLevel.Error, "Connections cannot be accepted at the moment")]
    public static partial void AcceptFailed(this ILogger logger, Exception error);

    [LoggerMessage(6, LogLevel.Error, "What came from {Name}#{Incarnation} failed; the link ends")]
    public static partial void ReceiverFailed(this ILogger logger, Exception error, string name, long incarnation);

    [LoggerMessage(7, LogLevel.Error, "A bug ended a part of the links")]
    public static partial void PartFailed(this ILogger logger, Exception error);
}
