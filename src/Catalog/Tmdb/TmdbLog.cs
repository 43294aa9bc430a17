using Microsoft.Extensions.Logging;

namespace AkkaParty.Catalog.Tmdb;

/// <summary>What the TMDB client logs. Never an address, because a v3 key is part of it.</summary>
internal static partial class TmdbLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "TMDB try {Try} failed ({Reason}); next try in {Delay}")]
    public static partial void Retrying(ILogger logger, int @try, string reason, TimeSpan delay);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "TMDB keeps failing ({Reason}); it is left alone for {Duration}")]
    public static partial void CircuitOpened(ILogger logger, string reason, TimeSpan duration);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "TMDB answers again")]
    public static partial void CircuitClosed(ILogger logger);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "TMDB lookup failed: {Problem}")]
    public static partial void Failed(ILogger logger, string problem);
}
