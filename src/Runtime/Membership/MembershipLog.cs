using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Membership;

/// <summary>What a member writes to the log.</summary>
internal static partial class MembershipLog
{
    [LoggerMessage(100, LogLevel.Information, "Joined the cluster as {Name}, run {Incarnation}")]
    public static partial void HasJoined(this ILogger logger, string name, long incarnation);

    [LoggerMessage(101, LogLevel.Information, "Left the cluster")]
    public static partial void HasLeft(this ILogger logger);

    [LoggerMessage(102, LogLevel.Warning, "The store could not be told that this node leaves; the others will find out by themselves")]
    public static partial void LeaveUntold(this ILogger logger, Exception error);

    [LoggerMessage(103, LogLevel.Information, "Run {Incarnation} of {Name} is still listed; waiting until its lease has certainly run out")]
    public static partial void WaitsForName(this ILogger logger, string name, long incarnation);

    [LoggerMessage(104, LogLevel.Error, "A live node has taken the name {Name}; this one cannot join again until it is free")]
    public static partial void NameTaken(this ILogger logger, string name);

    [LoggerMessage(105, LogLevel.Warning, "The store does not answer this member")]
    public static partial void StoreAway(this ILogger logger, Exception? error);

    [LoggerMessage(106, LogLevel.Information, "The store answers this member again")]
    public static partial void StoreBack(this ILogger logger);

    [LoggerMessage(107, LogLevel.Error, "The lease store broke its contract")]
    public static partial void StoreBroken(this ILogger logger, Exception error);

    [LoggerMessage(108, LogLevel.Warning, "The lease ran out: nothing is served until the store answers")]
    public static partial void WasFenced(this ILogger logger);

    [LoggerMessage(109, LogLevel.Information, "The lease is good again: serving")]
    public static partial void WasUnfenced(this ILogger logger);

    [LoggerMessage(110, LogLevel.Warning, "Run {Incarnation} of {Name} is not a member any more; joining anew")]
    public static partial void WasEvicted(this ILogger logger, string name, long incarnation);

    [LoggerMessage(111, LogLevel.Warning, "{Name}, run {Incarnation}, is dead (its connection ended: {HasGone}); its shards get new homes")]
    public static partial void DeclaredDead(this ILogger logger, string name, long incarnation, bool hasGone);

    [LoggerMessage(112, LogLevel.Information, "{Name}, run {Incarnation}, is a member now")]
    public static partial void SawJoin(this ILogger logger, string name, long incarnation);

    [LoggerMessage(113, LogLevel.Information, "{Name}, run {Incarnation}, is not a member any more")]
    public static partial void SawLeave(this ILogger logger, string name, long incarnation);

    [LoggerMessage(114, LogLevel.Information, "Handing {Count} shards over")]
    public static partial void Drains(this ILogger logger, int count);

    [LoggerMessage(115, LogLevel.Warning, "{Count} shards were not handed over within {Timeout}")]
    public static partial void DrainTimedOut(this ILogger logger, int count, TimeSpan timeout);

    [LoggerMessage(116, LogLevel.Warning, "This node cannot reach most of the other nodes: its shards go to those until it can")]
    public static partial void IsCutOff(this ILogger logger);

    [LoggerMessage(117, LogLevel.Information, "This node reaches the other nodes and takes its share of the shards")]
    public static partial void IsLinked(this ILogger logger);
}
