using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime;

/// <summary>What the runtime writes to the log.</summary>
internal static partial class RuntimeLog
{
    [LoggerMessage(1, LogLevel.Error, "{Address}: the query {Query} failed")]
    public static partial void QueryFailed(this ILogger logger, Exception error, EntityAddress address, string query);

    [LoggerMessage(2, LogLevel.Error, "{Address}: the reply stored with event {Seq} cannot be read")]
    public static partial void DuplicateUnreadable(this ILogger logger, Exception error, EntityAddress address, long seq);

    [LoggerMessage(3, LogLevel.Warning, "{Address}: an append at head {Head} ended as {Outcome}; replaying")]
    public static partial void AppendLost(this ILogger logger, EntityAddress address, AppendOutcome outcome, long head);

    [LoggerMessage(4, LogLevel.Error, "{Address}: a bug stopped it; it recovers at its next message")]
    public static partial void EntityStopped(this ILogger logger, Exception error, EntityAddress address);

    [LoggerMessage(5, LogLevel.Warning, "{Address}: the snapshot at {Seq} was not saved")]
    public static partial void SnapshotNotSaved(this ILogger logger, Exception error, EntityAddress address, long seq);

    [LoggerMessage(6, LogLevel.Error, "{Address}: the snapshot at {Seq} is above the journal's head {Head}; it was thrown away")]
    public static partial void SnapshotDiscarded(this ILogger logger, EntityAddress address, long seq, long head);

    [LoggerMessage(7, LogLevel.Error, "{Address}: recovery failed")]
    public static partial void RecoveryFailed(this ILogger logger, Exception error, EntityAddress address);

    [LoggerMessage(8, LogLevel.Warning, "{Address}: the events above {Since} could not be read for a subscriber")]
    public static partial void CatchUpFailed(this ILogger logger, Exception error, EntityAddress address, long since);

    [LoggerMessage(9, LogLevel.Error, "{Address}: the view for {Audience} failed; its subscribers were sent away")]
    public static partial void ViewFailed(this ILogger logger, Exception error, EntityAddress address, string audience);

    [LoggerMessage(10, LogLevel.Warning, "{Address}: the deadline {Due} is still there after its command; trying again")]
    public static partial void DeadlineStuck(this ILogger logger, EntityAddress address, DateTimeOffset due);

    [LoggerMessage(11, LogLevel.Warning, "Entities that must be woken could not be read")]
    public static partial void WakeupsUnreadable(this ILogger logger, Exception error);

    [LoggerMessage(13, LogLevel.Error, "{Address}: a subscriber of {Audience} failed; it was sent away")]
    public static partial void SubscriberFailed(this ILogger logger, Exception error, EntityAddress address, string audience);

    [LoggerMessage(14, LogLevel.Error, "{Address}: the snapshot at {Seq} cannot be read; replaying from the first event")]
    public static partial void SnapshotUnreadable(this ILogger logger, Exception error, EntityAddress address, long seq);

    [LoggerMessage(15, LogLevel.Error, "The journal broke its contract in a commit of {Count} operations; what is open counts as unknown")]
    public static partial void CommitFailed(this ILogger logger, Exception? error, int count);

    [LoggerMessage(16, LogLevel.Warning, "The projection {Projection} waits for the store: {Reason}")]
    public static partial void ProjectionWaits(this ILogger logger, string projection, string reason);

    [LoggerMessage(17, LogLevel.Error, "The projection {Projection} stopped after offset {Offset}; a rebuild tries again")]
    public static partial void ProjectionStopped(this ILogger logger, Exception error, string projection, long offset);

    [LoggerMessage(40, LogLevel.Error, "{Address}: a {Message} cannot be sent to another node")]
    public static partial void NotEncoded(this ILogger logger, Exception error, EntityAddress address, string message);

    [LoggerMessage(41, LogLevel.Warning, "{Address}: the answer of {Node} cannot be read")]
    public static partial void ReplyUnreadable(this ILogger logger, Exception error, EntityAddress address, string node);

    [LoggerMessage(42, LogLevel.Warning, "{Address}: a message of {Node} cannot be read")]
    public static partial void AskUnreadable(this ILogger logger, Exception error, EntityAddress address, string node);

    [LoggerMessage(43, LogLevel.Debug, "The answer {Number} to {Node} could not be sent")]
    public static partial void AnswerNotSent(this ILogger logger, long number, string node);

    [LoggerMessage(44, LogLevel.Warning, "A frame of type {Type} from {Node} was dropped: {Reason}")]
    public static partial void FrameMalformed(this ILogger logger, byte type, string node, string reason);

    [LoggerMessage(45, LogLevel.Warning, "The feed {Feed} could not be sent to {Node}; its {Count} subscriptions begin anew")]
    public static partial void FeedGroupBroken(this ILogger logger, string feed, string node, int count);

    [LoggerMessage(46, LogLevel.Error, "A question of {Node} about {Subject} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception error, string subject, string node);
}
