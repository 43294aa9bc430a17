using System.Globalization;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Taking a seat and giving it up.</summary>
internal static class SeatDecider
{
    internal static WatchOutcome Join(WatchTurn turn, JoinWatchParty c)
    {
        var state = turn.State;
        if (!WatchAccess.TryRecognise(state, c.Actor, c.At, out var caller))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.GuestTokenInvalid);
        }

        if (caller.MemberId is not { } memberId || memberId != c.Person.MemberId)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.AccountRequired);
        }

        if (WatchInput.Validate(c.Person) is { } error)
        {
            return WatchOutcome.Refuse(error)!;
        }

        if (RefusalToEnter(state, c, caller) is { } refusal)
        {
            return refusal;
        }

        if (!caller.IsSeated)
        {
            if (RefusalToSeat(state) is { } full)
            {
                return full;
            }

            // A guest keeps the name under which the host let them in.
            var person = caller.Member is { Person.IsGuest: true } guest
                ? guest.Person
                : PartyLifeDecider.Clean(c.Person) with { IsGuest = false };
            Seat(turn, person, c.BannedBy, c.At);
        }

        return WatchOutcome.Say(after => new WatchPartyChanged(WatchViews.Of(after, WatchViews.CallerOf(after, c.Actor, c.At), c.At)));
    }

    internal static WatchOutcome Leave(WatchTurn turn, LeaveWatchParty c, WatchCaller caller)
    {
        if (caller.IsSeated)
        {
            GiveUp(turn, caller.Member!, LeaveReason.Left, by: null, c.At);
        }

        return WatchOutcome.Done;
    }

    internal static WatchOutcome Forget(WatchTurn turn, ForgetAccount c)
    {
        if (turn.State.FindSeated(c.MemberId) is { } member)
        {
            GiveUp(turn, member, LeaveReason.Left, by: null, c.At);
        }

        if (AccountEvolution.Knows(turn.State, c.MemberId))
        {
            var role = turn.State.Find(c.MemberId)?.Role ?? WatchRole.Viewer;
            turn.Raise(new AccountForgotten(c.At, new WatchFace(c.MemberId, WatchPerson.DeletedName, null, IsGuest: false, role)));
        }

        return WatchOutcome.Done;
    }

    /// <summary>Gives somebody a seat. Who comes first where nobody is has the host's role.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="person">Who; without a seat.</param>
    /// <param name="mark">The hash of the browser session they show; null for none.</param>
    /// <param name="at">When.</param>
    internal static void Seat(WatchTurn turn, WatchPerson person, string? mark, DateTimeOffset at)
    {
        var state = turn.State;
        var former = state.Find(person.MemberId);
        var role = state.HostId is null ? WatchRole.Host : former?.Role ?? WatchRole.Viewer;
        turn.Raise(new ParticipantJoined(at, person, role, former is not null, mark, state.Seated.Count + 1));
    }

    /// <summary>Takes somebody's seat away; where it was the host's, the role passes on at once.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="member">Who; with a seat.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who put them out; null when nobody did.</param>
    /// <param name="at">When.</param>
    internal static void GiveUp(WatchTurn turn, WatchMember member, LeaveReason reason, string? by, DateTimeOffset at)
    {
        var state = turn.State;
        var wasHost = state.HostId == member.Id;
        var watched = WatchViews.WatchedMs(state, member, at);
        turn.Raise(new ParticipantLeft(at, member.Face, reason, by, watched, state.Seated.Count - 1));
        if (turn.State.IsOn)
        {
            PlaybackRules.NoteGone(turn, member.Id, at);
        }

        if (wasHost && !turn.State.Seated.IsEmpty)
        {
            RoleDecider.HandOver(turn, at, HostChangeReason.Left, member.Id);
        }
    }

    /// <summary>Whether there is a seat left.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Why not, or null when there is.</returns>
    internal static WatchOutcome? RefusalToSeat(WatchState state) => state.Seated.Count < state.Settings.ParticipantsMax
        ? null
        : WatchOutcome.RefuseSaying(
            WatchErrorCodes.WatchPartyFull,
            string.Create(
                CultureInfo.InvariantCulture, $"party is full: {state.Seated.Count}/{state.Settings.ParticipantsMax} participants"));

    private static WatchOutcome? RefusalToEnter(WatchState state, JoinWatchParty c, WatchCaller caller)
    {
        if (WatchAccess.IsBanned(state, caller.MemberId, c.BannedBy))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchBanned);
        }

        if (c.InviteCode is not null && c.InviteCode != state.InviteCode)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchPartyNotFound);
        }

        if (caller.IsSeated || caller.IsAdmin || WatchAccess.MayEnter(state, caller.MemberId))
        {
            return null;
        }

        if (caller.Member is { Kicked: true } || WatchAccess.IsMarked(state, c.BannedBy))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchKicked);
        }

        var byCode = c.InviteCode is not null && state.Settings.Visibility != WatchVisibility.Invite;
        if (!byCode && !WatchAccess.IsOpenTo(state, c.IsFriendOfHost, c.HostSeen))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.AccessNeeded);
        }

        if (state.Password is not { } password || password.Version == c.PasswordVersion)
        {
            return null;
        }

        return WatchOutcome.Refuse(c.PasswordVersion is null ? WatchErrorCodes.PasswordRequired : WatchErrorCodes.PasswordWrong);
    }
}
