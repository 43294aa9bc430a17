using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Letting guests in: requests, their answers, and the tokens that come of them.</summary>
internal static class GuestDecider
{
    internal static WatchOutcome Request(WatchTurn turn, RequestGuestAccess c)
    {
        var state = turn.State;
        if ((WatchInput.ValidateName(c.Name, "guest_name") ?? WatchInput.ValidateNote(c.Message, "request_message")) is { } error)
        {
            return WatchOutcome.Refuse(error)!;
        }

        if (state.GuestRequests.Find(c.RequestId) is { } known && known.SecretHash == c.SecretHash)
        {
            return Changed(c.RequestId);
        }

        if (WatchAccess.IsBanned(state, c.MemberId, c.BannedBy))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchBanned);
        }

        if (IsNameTaken(state, c.Name) || state.Find(c.MemberId) is not null)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.GuestNameTaken, "guest_name");
        }

        // Who was put out before must be let in by the host, however public the party is.
        var isGranted = state is { Settings.Visibility: WatchVisibility.Public, Password: null }
            && !WatchAccess.IsMarked(state, c.BannedBy);
        if (!isGranted && state.GuestRequests.OpenCount >= WatchLimits.RequestsMax)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.RequestsTooMany);
        }

        turn.Raise(new GuestAccessRequested(
            c.At,
            c.RequestId,
            c.SecretHash,
            c.MemberId,
            TextRules.Clean(c.Name),
            WatchInput.CleanNote(c.Message),
            c.BannedBy,
            isGranted,
            state.GuestRequests.NextForgotten));
        return Changed(c.RequestId);
    }

    internal static WatchOutcome Review(WatchTurn turn, ReviewGuestRequest c, WatchCaller caller)
    {
        if (!caller.IsHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchHostOnly);
        }

        if (WatchInput.ValidateNote(c.Message) is { } error)
        {
            return WatchOutcome.Refuse(error)!;
        }

        if (turn.State.GuestRequests.Find(c.RequestId) is not { } request)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.GuestRequestNotFound);
        }

        if (request.Status != AccessStatus.Pending)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.GuestRequestReviewed);
        }

        if (c.Approved && WatchAccess.IsBanned(turn.State, request.Person.MemberId, request.Mark))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchBanned);
        }

        turn.Raise(new GuestRequestReviewed(
            c.At, c.RequestId, request.Person.Name, c.Approved, WatchInput.CleanNote(c.Message), caller.By));
        return Changed(c.RequestId);
    }

    internal static WatchOutcome Claim(WatchTurn turn, ClaimGuestAccess c)
    {
        var state = turn.State;
        if (state.GuestRequests.Find(c.RequestId) is not { } request || request.SecretHash != c.SecretHash)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.GuestRequestNotFound);
        }

        if (request.Status != AccessStatus.Approved)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.GuestRequestNotApproved);
        }

        var memberId = request.Person.MemberId;
        if (WatchAccess.IsBanned(state, memberId, request.Mark))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchBanned);
        }

        if (state.Find(memberId) is { Kicked: true })
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchKicked);
        }

        if (state.FindSeated(memberId) is null)
        {
            if (SeatDecider.RefusalToSeat(state) is { } full)
            {
                return full;
            }

            SeatDecider.Seat(turn, request.Person, request.Mark, c.At);
        }

        var expiresAt = GiveToken(turn, memberId, c.Token, c.At);
        return WatchOutcome.Say(_ => new GuestAdmitted(request.ToView(), expiresAt));
    }

    /// <summary>Gives a guest a token; one they already hold is not given again.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="memberId">The guest.</param>
    /// <param name="token">The token.</param>
    /// <param name="at">When.</param>
    /// <returns>When the token ends.</returns>
    internal static DateTimeOffset GiveToken(WatchTurn turn, string memberId, WatchTokenGrant token, DateTimeOffset at)
    {
        var guest = turn.State.Members[memberId];
        if (WatchAccess.TokenEndOf(guest, token.Hash) is { } end && end > at)
        {
            return end;
        }

        var held = guest.Tokens.RemoveAll(one => one.ExpiresAt <= at);
        var dropped = held.Length >= WatchLimits.TokensPerGuestMax ? held[0].Hash : null;
        turn.Raise(new GuestTokenIssued(at, memberId, token, dropped));
        return token.ExpiresAt;
    }

    private static bool IsNameTaken(WatchState state, string name)
    {
        var key = TextRules.KeyOf(name);
        return state.Names.ContainsKey(key)
            || state.GuestRequests.ById.Any(row =>
                row.Value.Status == AccessStatus.Pending
                && string.Equals(TextRules.KeyOf(row.Value.Person.Name), key, StringComparison.OrdinalIgnoreCase));
    }

    private static WatchOutcome Changed(string requestId) =>
        WatchOutcome.Say(state => new AccessChanged(state.GuestRequests.ById[requestId].ToView()));
}
