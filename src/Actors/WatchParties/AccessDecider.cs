using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Letting accounts in: invitations, requests and their answers.</summary>
internal static class AccessDecider
{
    internal static WatchOutcome Invite(WatchTurn turn, InviteToWatchParty c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchHostOnly);
        }

        if (WatchInput.Validate(c.Person) is { } error)
        {
            return WatchOutcome.Refuse(error)!;
        }

        var state = turn.State;
        if (WatchAccess.IsBanned(state, c.Person.MemberId, null))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchBanned, "user_id");
        }

        if (!WatchAccess.MayEnter(state, c.Person.MemberId))
        {
            if (state.Admitted.Count >= WatchLimits.AdmittedMax)
            {
                return WatchOutcome.Refuse(WatchErrorCodes.InvitationsTooMany);
            }

            turn.Raise(new AccountInvited(c.At, PartyLifeDecider.Clean(c.Person), caller.By));
        }

        return WatchOutcome.Done;
    }

    internal static WatchOutcome Request(WatchTurn turn, RequestWatchAccess c)
    {
        var state = turn.State;
        if (!c.Actor.HasAccount || c.Actor.MemberId != c.Person.MemberId)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.AccountRequired);
        }

        if ((WatchInput.Validate(c.Person) ?? WatchInput.ValidateNote(c.Message)) is { } error)
        {
            return WatchOutcome.Refuse(error)!;
        }

        var memberId = c.Person.MemberId;
        if (WatchAccess.IsBanned(state, memberId, null))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchBanned);
        }

        if (WatchAccess.MayEnter(state, memberId))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.AccessAlready);
        }

        if (state.AccessRequests.Find(memberId) is not { Status: AccessStatus.Pending })
        {
            if (state.AccessRequests.OpenCount >= WatchLimits.RequestsMax)
            {
                return WatchOutcome.Refuse(WatchErrorCodes.RequestsTooMany);
            }

            turn.Raise(new AccessRequested(
                c.At, PartyLifeDecider.Clean(c.Person), WatchInput.CleanNote(c.Message), state.AccessRequests.NextForgotten));
        }

        return Changed(memberId);
    }

    internal static WatchOutcome Review(WatchTurn turn, ReviewWatchAccess c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchHostOnly);
        }

        if (WatchInput.ValidateNote(c.Message) is { } error)
        {
            return WatchOutcome.Refuse(error)!;
        }

        var state = turn.State;
        if (state.AccessRequests.Find(c.MemberId) is not { } request)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.AccessRequestNotFound);
        }

        if (request.Status != AccessStatus.Pending)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.AccessReviewed);
        }

        if (c.Approved && WatchAccess.IsBanned(state, c.MemberId, null))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchBanned, "user_id");
        }

        if (c.Approved && state.Admitted.Count >= WatchLimits.AdmittedMax)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.InvitationsTooMany);
        }

        turn.Raise(new AccessReviewed(
            c.At, c.MemberId, request.Person.Name, c.Approved, WatchInput.CleanNote(c.Message), caller.By));
        return Changed(c.MemberId);
    }

    private static WatchOutcome Changed(string memberId) =>
        WatchOutcome.Say(state => new AccessChanged(state.AccessRequests.ById[memberId].ToView()));
}
