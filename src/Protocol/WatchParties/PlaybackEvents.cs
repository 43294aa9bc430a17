using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>Something that happened to playback or the playlist.</summary>
/// <param name="At">When it happened, in cluster time.</param>
public abstract record PlaybackEvent(DateTimeOffset At) : WatchEvent(At);

/// <summary>What moved playback.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PlaybackAction>))]
public enum PlaybackAction
{
    /// <summary>It plays.</summary>
    Play,

    /// <summary>It pauses.</summary>
    Pause,

    /// <summary>It went to another position.</summary>
    Seek,

    /// <summary>It went to another item.</summary>
    Skip,

    /// <summary>It plays at another speed.</summary>
    Rate,

    /// <summary>The item was over: the next one plays, or it stands at the end of the last.</summary>
    Ended,
}

/// <summary>Playback is another one from <see cref="Playback.At"/> on; until then it goes on as it was.</summary>
/// <param name="At">When it was decided.</param>
/// <param name="Action">What moved it.</param>
/// <param name="Playback">What holds from its instant on.</param>
/// <param name="Item">What plays; null for nothing.</param>
/// <param name="By">Whose command it was; null for the party's own.</param>
/// <param name="Seek">For a seek, what later ones are compared with; null for all else.</param>
public sealed record PlaybackMoved(
    DateTimeOffset At, PlaybackAction Action, Playback Playback, MediaItem? Item, WatchFace? By, SeekMark? Seek) : PlaybackEvent(At);

/// <summary>The last seek that was carried out.</summary>
/// <param name="MeantAt">When its client meant it.</param>
/// <param name="MemberId">Whose it was.</param>
/// <param name="ByHost">Whether that was the host.</param>
public sealed record SeekMark(DateTimeOffset MeantAt, string? MemberId, bool ByHost);

/// <summary>A barrier came up: playback stands until everybody is ready.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Barrier">The barrier.</param>
/// <param name="By">Whose command it was that waits.</param>
public sealed record BarrierRaised(DateTimeOffset At, BarrierView Barrier, WatchFace? By) : PlaybackEvent(At);

/// <summary>A barrier waits for somebody less.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Barrier">The barrier as it is now.</param>
/// <param name="MemberId">For whom it waits no longer.</param>
public sealed record BarrierReached(DateTimeOffset At, BarrierView Barrier, string MemberId) : PlaybackEvent(At);

/// <summary>Why a barrier is over.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<BarrierEnd>))]
public enum BarrierEnd
{
    /// <summary>Everybody is ready.</summary>
    Ready,

    /// <summary>Its time is over.</summary>
    TimedOut,

    /// <summary>Somebody paused.</summary>
    Paused,

    /// <summary>Something else took its place, or the party ended.</summary>
    Replaced,
}

/// <summary>A barrier is over.</summary>
/// <param name="At">When it happened.</param>
/// <param name="BarrierId">Which.</param>
/// <param name="Reason">Why.</param>
/// <param name="Missing">Whom it still waited for.</param>
public sealed record BarrierEnded(DateTimeOffset At, int BarrierId, BarrierEnd Reason, IReadOnlyList<string> Missing) : PlaybackEvent(At);

/// <summary>Somebody voted to skip what plays, or took the vote back; or whoever voted is gone.</summary>
/// <param name="At">When it happened.</param>
/// <param name="MemberId">Who.</param>
/// <param name="Skip">Whether they want to skip it.</param>
/// <param name="Votes">How it stands.</param>
public sealed record SkipVoteChanged(DateTimeOffset At, string MemberId, bool Skip, SkipVotes Votes) : PlaybackEvent(At);

/// <summary>Somebody's client learnt how long an item is.</summary>
/// <param name="At">When it happened.</param>
/// <param name="ItemId">Which.</param>
/// <param name="DurationMs">How long, in milliseconds.</param>
/// <param name="By">Whose client; null for nobody's.</param>
public sealed record DurationNoted(DateTimeOffset At, string ItemId, long DurationMs, string? By) : PlaybackEvent(At);

/// <summary>An item was added to the playlist.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Item">The item.</param>
/// <param name="Place">Its place, from 0.</param>
/// <param name="By">Who added it; null for an administrator without a seat.</param>
public sealed record MediaItemAdded(DateTimeOffset At, MediaItem Item, int Place, string? By) : PlaybackEvent(At);

/// <summary>An item was removed from the playlist.</summary>
/// <param name="At">When it happened.</param>
/// <param name="ItemId">Which.</param>
/// <param name="By">Who removed it; null for an administrator without a seat.</param>
public sealed record MediaItemRemoved(DateTimeOffset At, string ItemId, string? By) : PlaybackEvent(At);

/// <summary>An item has another place in the playlist.</summary>
/// <param name="At">When it happened.</param>
/// <param name="ItemId">Which.</param>
/// <param name="Place">Its place, from 0.</param>
/// <param name="By">Who moved it; null for an administrator without a seat.</param>
public sealed record MediaItemMoved(DateTimeOffset At, string ItemId, int Place, string? By) : PlaybackEvent(At);
