using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What the commands about the playlist do; who may give them was asked before.</summary>
internal static class PlaylistChoices
{
    /// <summary>Adds an item; the first one is what plays, unless something plays without.</summary>
    internal static PlaybackVerdict Add(PlaybackScene scene, AddMediaItem c, WatchFace? by)
    {
        var state = scene.State;
        var place = c.Place ?? state.Items.Count;
        if ((WatchInput.Validate(c.Item) ?? Place(place, state.Items.Count)) is { } error)
        {
            return PlaybackVerdict.Refuse(error);
        }

        if (state.PlaceOf(c.Item.ItemId) >= 0)
        {
            return PlaybackVerdict.Refuse(WatchErrorCodes.MediaItemExists);
        }

        if (state.Items.Count >= WatchLimits.ItemsMax)
        {
            return PlaybackVerdict.Refuse(WatchErrorCodes.PlaylistFull);
        }

        var added = new MediaItemAdded(scene.At, c.Item, place, by?.MemberId);
        if (state.Current.ItemId is not null || scene.State.WantsToPlay)
        {
            return PlaybackVerdict.Do([added]);
        }

        var play = PlaybackEvolution.Evolve(state, added, scene.Party.Reporters);
        var after = scene with { Party = scene.Party with { Play = play } };
        return PlaybackVerdict.Do(
            [added, .. PlaybackMoves.GoToItem(after, PlaybackAction.Skip, c.Item, plays: false, scene.EffectAt, by)]);
    }

    /// <summary>Removes an item. Before it goes, the next one takes its place when it plays.</summary>
    internal static PlaybackVerdict Remove(PlaybackScene scene, RemoveMediaItem c, WatchFace? by)
    {
        var state = scene.State;
        if (state.FindItem(c.ItemId) is null)
        {
            return PlaybackVerdict.Refuse(WatchErrorCodes.MediaItemNotFound);
        }

        var removed = new MediaItemRemoved(scene.At, c.ItemId, by?.MemberId);
        if (state.Current.ItemId != c.ItemId)
        {
            return PlaybackVerdict.Do([removed]);
        }

        var next = PlaybackMoves.GoToItem(scene, PlaybackAction.Skip, state.NextItem(), state.WantsToPlay, scene.EffectAt, by);
        return PlaybackVerdict.Do([.. next, removed]);
    }

    /// <summary>Moves an item.</summary>
    internal static PlaybackVerdict Move(PlaybackScene scene, MoveMediaItem c, WatchFace? by)
    {
        var place = scene.State.PlaceOf(c.ItemId);
        if (place < 0)
        {
            return PlaybackVerdict.Refuse(WatchErrorCodes.MediaItemNotFound);
        }

        if (Place(c.Place, scene.State.Items.Count - 1) is { } error)
        {
            return PlaybackVerdict.Refuse(error);
        }

        return place == c.Place ? PlaybackVerdict.Nothing : PlaybackVerdict.Do(
            [new MediaItemMoved(scene.At, c.ItemId, c.Place, by?.MemberId)]);
    }

    /// <summary>Learns how long an item is, if nobody knew.</summary>
    internal static PlaybackVerdict NoteDuration(PlaybackScene scene, NoteDuration c, WatchFace? by)
    {
        if (WatchInput.ValidateDuration(c.DurationMs) is { } error)
        {
            return PlaybackVerdict.Refuse(error);
        }

        return scene.State.FindItem(c.ItemId) switch
        {
            null => PlaybackVerdict.Refuse(WatchErrorCodes.MediaItemNotFound),
            { DurationMs: null } => PlaybackVerdict.Do([new DurationNoted(scene.At, c.ItemId, c.DurationMs, by?.MemberId)]),
            _ => PlaybackVerdict.Nothing,
        };
    }

    private static InputError? Place(int place, int max) => place >= 0 && place <= max
        ? null
        : new(WatchErrorCodes.PlaceInvalid, $"place must be 0 to {max}", "place");
}
