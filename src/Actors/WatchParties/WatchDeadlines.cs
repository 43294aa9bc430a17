using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// What a watch party does by itself, and when: the host's role passes on, seats of those long gone are given up, playback goes on.
/// </summary>
internal static class WatchDeadlines
{
    /// <summary>The next instant at which something happens by itself.</summary>
    /// <param name="state">The party.</param>
    /// <returns>The instant, or null for none.</returns>
    internal static DateTimeOffset? Next(WatchState state) =>
        state.IsOn ? Earlier(Earlier(HostAway(state), Stale(state)), PlaybackRules.Deadline(state)) : null;

    /// <summary>Carries out whatever is due by an instant.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="until">The instant.</param>
    /// <param name="notBefore">What only became possible later than it was due happened then.</param>
    internal static void PassUntil(WatchTurn turn, DateTimeOffset until, DateTimeOffset notBefore = default)
    {
        while (Next(turn.State) is { } due && due <= until)
        {
            var (seq, at) = (turn.State.Seq, due > notBefore ? due : notBefore);
            if (HostAway(turn.State) == due)
            {
                RoleDecider.HandOver(turn, at, HostChangeReason.Away);
            }
            else if (Stale(turn.State) == due)
            {
                var idle = turn.State.Idle.Min;
                SeatDecider.GiveUp(turn, turn.State.Members[idle.MemberId], LeaveReason.Stale, by: null, at);
            }
            else
            {
                PlaybackRules.Settle(turn, at);
            }

            Invariant.Check(turn.State.Seq > seq, $"watch party {turn.State.Id}: nothing happens at the deadline {due:O}");
        }
    }

    /// <summary>When the host's role passes on: only where somebody is connected to whom it can.</summary>
    private static DateTimeOffset? HostAway(WatchState state) => state.Connected.Count > 0 && state.HostAwaySince is { } since
        ? since.AddSeconds(WatchLimits.HostGraceSeconds)
        : null;

    private static DateTimeOffset? Stale(WatchState state) =>
        state.Idle.IsEmpty ? null : state.Idle.Min.Since.AddHours(WatchLimits.StaleHours);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;
}
