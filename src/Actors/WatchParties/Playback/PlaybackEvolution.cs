using System.Diagnostics;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What each event does to playback and the playlist.</summary>
internal static class PlaybackEvolution
{
    /// <summary>Applies one event.</summary>
    /// <param name="play">The playback before.</param>
    /// <param name="event">The event.</param>
    /// <returns>The playback after.</returns>
    internal static PlaybackState Evolve(PlaybackState play, PlaybackEvent @event) => @event switch
    {
        PlaybackMoved e => Moved(play, e),
        _ => throw new UnreachableException($"Playback does not know the event {@event.GetType().Name}."),
    };

    /// <summary>Playback at the beginning of a playlist.</summary>
    /// <param name="items">The playlist.</param>
    /// <param name="at">When.</param>
    /// <param name="before">What is counted on; null for a new party.</param>
    /// <returns>The playback: paused at the beginning of the first item.</returns>
    internal static PlaybackState Begun(IEnumerable<MediaItem> items, DateTimeOffset at, PlaybackState? before = null)
    {
        var list = (before ?? new PlaybackState()).Items.Clear().AddRange(items);
        var first = list.IsEmpty ? null : list[0];
        return new PlaybackState
        {
            Items = list,
            Item = first,
            Current = new Playback(first?.ItemId, 0, Playing: false, 1, at, null),
            LastBarrierId = before?.LastBarrierId ?? 0,
            PlayedMs = before?.PlayedMs ?? 0,
            ItemsPlayed = before?.ItemsPlayed ?? 0,
        };
    }

    /// <summary>Playback that stands still, because the party is over.</summary>
    /// <param name="play">The playback before.</param>
    /// <param name="at">When.</param>
    /// <returns>The playback: paused where it was.</returns>
    internal static PlaybackState Stopped(PlaybackState play, DateTimeOffset at)
    {
        var now = play.At(at);
        var item = ReferenceEquals(now, play.Current) ? play.Item : play.ReplacedItem;
        return play with
        {
            Current = new Playback(now.ItemId, play.PositionAt(at), Playing: false, now.Rate, at, null),
            Item = item,
            Replaced = null,
            ReplacedItem = null,
            Barrier = null,
            SkipVotes = WatchState.Nobody,
            LastSeek = null,
            PlayedMs = play.PlayedAt(at),
        };
    }

    private static PlaybackState Moved(PlaybackState play, PlaybackMoved e)
    {
        var isOther = e.Playback.ItemId != play.Current.ItemId;
        return play with
        {
            Current = e.Playback,
            Item = e.Item,
            Replaced = play.Current,
            ReplacedItem = play.Item,
            LastSeek = isOther ? null : e.Seek ?? play.LastSeek,
            SkipVotes = isOther ? WatchState.Nobody : play.SkipVotes,
            PlayedMs = play.PlayedAt(e.Playback.At),
            ItemsPlayed = play.ItemsPlayed + (isOther && e.Item is not null ? 1 : 0),
        };
    }
}
