using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What happens to playback without anybody's command, and what others may see of it.</summary>
internal static class PlaybackRules
{
    /// <summary>When something happens by itself next: an item ends, a barrier's time is over.</summary>
    /// <param name="state">The party.</param>
    /// <returns>The instant, or null for none.</returns>
    internal static DateTimeOffset? Deadline(WatchState state) => null;

    /// <summary>
    /// Carries out whatever is due or certain by an instant: called after every command and at every deadline, so it must be quick when
    /// nothing is.
    /// </summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="at">The instant.</param>
    internal static void Settle(WatchTurn turn, DateTimeOffset at)
    {
    }

    /// <summary>Somebody is not connected any more, or has no seat any more; they are not in the state's connected ones already.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="memberId">Who.</param>
    /// <param name="at">When.</param>
    internal static void NoteGone(WatchTurn turn, string memberId, DateTimeOffset at)
    {
    }

    /// <summary>A connected client reported; what it said is in the state already. Called also when that changed nothing.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="memberId">Whose.</param>
    /// <param name="status">What it said of itself; null for nothing.</param>
    /// <param name="at">When.</param>
    internal static void NoteReport(WatchTurn turn, string memberId, WatchStatus? status, DateTimeOffset at)
    {
    }

    /// <summary>The votes to skip what plays.</summary>
    /// <param name="state">The party.</param>
    /// <returns>The votes; null when nobody voted.</returns>
    internal static SkipVotes? VotesOf(WatchState state) => null;

    /// <summary>The barrier.</summary>
    /// <param name="state">The party.</param>
    /// <returns>The barrier; null for none.</returns>
    internal static BarrierView? BarrierOf(WatchState state) => null;

    /// <summary>Checks what an event of playback touched.</summary>
    /// <param name="state">The state after it.</param>
    /// <param name="event">The event.</param>
    internal static void CheckAfter(WatchState state, PlaybackEvent @event)
    {
    }
}
