namespace AkkaParty.Protocol.WatchParties;

/// <summary>Something about playback or the playlist; who may is a matter of <see cref="WatchControls"/>.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
public abstract record PlaybackCommand(DateTimeOffset At, WatchActor Actor) : WatchCallerCommand(At, Actor)
{
    /// <summary>
    /// When the client meant it, in cluster time, if it says so: the time until its effect counts from then, and seeks are in that order.
    /// A time in the future counts as <see cref="WatchCommand.At"/>, one of more than 5 s ago as 5 s before.
    /// </summary>
    public DateTimeOffset? MeantAt { get; init; }
}

/// <summary>Plays.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="PositionMs">From where; null for where it stands.</param>
public sealed record Play(DateTimeOffset At, WatchActor Actor, long? PositionMs = null) : PlaybackCommand(At, Actor);

/// <summary>Pauses.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="PositionMs">Where; null for where it stands by then.</param>
public sealed record Pause(DateTimeOffset At, WatchActor Actor, long? PositionMs = null) : PlaybackCommand(At, Actor);

/// <summary>Goes to a position; plays on if it plays.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="PositionMs">Where to, 0 or more; beyond the end counts as the end.</param>
public sealed record Seek(DateTimeOffset At, WatchActor Actor, long PositionMs) : PlaybackCommand(At, Actor);

/// <summary>Changes the speed.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Rate">Times normal speed, 0.25 to 4.</param>
public sealed record SetRate(DateTimeOffset At, WatchActor Actor, double Rate) : PlaybackCommand(At, Actor);

/// <summary>Goes to another item, to its beginning; plays on if it plays.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">Which; null for the next.</param>
public sealed record SkipItem(DateTimeOffset At, WatchActor Actor, string? ItemId = null) : PlaybackCommand(At, Actor);

/// <summary>Votes to skip what plays, or takes the vote back; any participant.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who votes.</param>
/// <param name="ItemId">What they want to skip: not what comes after it.</param>
/// <param name="Skip">Whether they do.</param>
public sealed record VoteToSkip(DateTimeOffset At, WatchActor Actor, string ItemId, bool Skip) : WatchCallerCommand(At, Actor);

/// <summary>Says how long an item really is, learnt by a client that loaded it; used only while nobody else knew.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who says so.</param>
/// <param name="ItemId">Which.</param>
/// <param name="DurationMs">How long, in milliseconds.</param>
public sealed record NoteDuration(DateTimeOffset At, WatchActor Actor, string ItemId, long DurationMs) : PlaybackCommand(At, Actor);

/// <summary>Adds an item to the playlist.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Item">The item, with a new id.</param>
/// <param name="Place">Where, from 0; null for the end.</param>
public sealed record AddMediaItem(DateTimeOffset At, WatchActor Actor, MediaItem Item, int? Place = null) : PlaybackCommand(At, Actor);

/// <summary>Removes an item; when it plays, the next one follows.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">Which.</param>
public sealed record RemoveMediaItem(DateTimeOffset At, WatchActor Actor, string ItemId) : PlaybackCommand(At, Actor);

/// <summary>Moves an item.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ItemId">Which.</param>
/// <param name="Place">Its new place, from 0.</param>
public sealed record MoveMediaItem(DateTimeOffset At, WatchActor Actor, string ItemId, int Place) : PlaybackCommand(At, Actor);
