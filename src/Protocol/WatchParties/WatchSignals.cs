namespace AkkaParty.Protocol.WatchParties;

/// <summary>
/// Something that passes: sent to those who are connected, stored nowhere, dropped first. The node that took it vouches for who.
/// </summary>
/// <param name="MemberId">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="At">When, in cluster time.</param>
public abstract record WatchSignal(string MemberId, string Name, DateTimeOffset At);

/// <summary>A reaction. The sending node has counted it against <see cref="WatchLimits.ReactionsPerMinute"/>.</summary>
/// <param name="MemberId">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="At">When.</param>
/// <param name="Emoji">1 to 10 characters.</param>
/// <param name="PositionMs">Where in the film; null when not said.</param>
public sealed record ReactionSignal(string MemberId, string Name, DateTimeOffset At, string Emoji, long? PositionMs)
    : WatchSignal(MemberId, Name, At);

/// <summary>Somebody writes, or no longer.</summary>
/// <param name="MemberId">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="At">When.</param>
/// <param name="IsTyping">Whether they do.</param>
public sealed record TypingSignal(string MemberId, string Name, DateTimeOffset At, bool IsTyping) : WatchSignal(MemberId, Name, At);
