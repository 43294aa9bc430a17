using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Parties;

/// <summary>Who is in a party, who leads it, and whose token holds.</summary>
internal static class PeopleDecider
{
    internal static PartyRefusal? Create(PartyTurn turn, CreateParty c)
    {
        if (turn.State.Exists)
        {
            return PartyRefusal.Of(PartyErrorCodes.PartyExists);
        }

        var refusal = PartyRefusal.Of(PartyInput.ValidateName(c.Name)) ?? PartyRefusal.Of(PartyInput.ValidateUsername(c.HostName));
        if (refusal is null)
        {
            var name = TextRules.Clean(c.Name);
            turn.Raise(new PartyCreated(c.At, name, c.HostId, TextRules.Clean(c.HostName), c.TokenHash, c.TokenExpiresAt, c.Options)
            {
                AccountId = c.AccountId,
            });
        }

        return refusal;
    }

    internal static PartyRefusal? Join(PartyTurn turn, JoinParty c)
    {
        var state = turn.State;
        if (PartyRefusal.Of(PartyInput.ValidateUsername(c.Username)) is { } refusal)
        {
            return refusal;
        }

        if (state.Find(c.UserId) is not null)
        {
            return PartyRefusal.Of(PartyErrorCodes.ParticipantExists);
        }

        var key = TextRules.KeyOf(c.Username);
        foreach (var participant in state.Participants)
        {
            if (string.Equals(TextRules.KeyOf(participant.Username), key, StringComparison.OrdinalIgnoreCase))
            {
                return PartyRefusal.Of(PartyErrorCodes.UsernameTaken, "username");
            }
        }

        if (state.Participants.Length >= state.Options.ParticipantsMax)
        {
            return PartyRefusal.Of(PartyErrorCodes.PartyFull);
        }

        var username = TextRules.Clean(c.Username);
        turn.Raise(new ParticipantJoined(c.At, c.UserId, username, state.HostId is null, c.TokenHash, c.TokenExpiresAt)
        {
            AccountId = c.AccountId,
        });
        return null;
    }

    internal static PartyRefusal? Leave(PartyTurn turn, LeaveParty c)
    {
        var state = turn.State;
        var next = state.HostId == c.Caller.UserId ? NextHost(state, c.Caller.UserId) : null;
        turn.Raise(new ParticipantLeft(c.At, c.Caller.UserId, next));
        return null;
    }

    internal static PartyRefusal? Remove(PartyTurn turn, RemoveParticipant c)
    {
        if (!IsHost(turn, c))
        {
            return HostOnly("only the host can remove a participant");
        }

        if (c.UserId == c.Caller.UserId)
        {
            return PartyRefusal.Of(PartyErrorCodes.CannotRemoveSelf, "user_id");
        }

        if (turn.State.Find(c.UserId) is null)
        {
            return PartyRefusal.Of(PartyErrorCodes.ParticipantNotFound, "user_id");
        }

        turn.Raise(new ParticipantRemoved(c.At, c.UserId, c.Caller.UserId));
        return null;
    }

    internal static PartyRefusal? Transfer(PartyTurn turn, TransferHost c)
    {
        if (!IsHost(turn, c))
        {
            return HostOnly("only the host can pass the role on");
        }

        if (turn.State.Find(c.UserId) is not { } next)
        {
            return PartyRefusal.Of(PartyErrorCodes.ParticipantNotFound, "user_id");
        }

        if (next.Away)
        {
            return PartyRefusal.Of(PartyErrorCodes.ParticipantAway, "user_id");
        }

        if (next.Id != turn.State.HostId)
        {
            turn.Raise(new HostChanged(c.At, next.Id));
        }

        return null;
    }

    internal static PartyRefusal? Revoke(PartyTurn turn, RevokeToken c)
    {
        var others = turn.State.Find(c.Caller.UserId)!.Tokens.Any(token => token.Hash != c.Caller.TokenHash && token.ExpiresAt > c.At);
        turn.Raise(new TokenRevoked(c.At, c.Caller.UserId, c.Caller.TokenHash, WasLast: !others));
        return null;
    }

    internal static PartyRefusal? Issue(PartyTurn turn, IssueToken c)
    {
        if (turn.State.Find(c.UserId) is not { } participant)
        {
            return PartyRefusal.Of(PartyErrorCodes.ParticipantNotFound);
        }

        if (!participant.Tokens.Any(token => token.Hash == c.TokenHash))
        {
            turn.Raise(new TokenIssued(c.At, c.UserId, c.OldTokenHash, c.TokenHash, c.ExpiresAt));
        }

        return null;
    }

    internal static PartyRefusal? SetPresence(PartyTurn turn, SetPresence c)
    {
        if (turn.State.Find(c.UserId) is { } participant && participant.Connected != c.Connected)
        {
            turn.Raise(c.Connected ? new ParticipantConnected(c.At, c.UserId) : new ParticipantDisconnected(c.At, c.UserId));
        }

        return null;
    }

    /// <summary>Whether the caller leads the party.</summary>
    internal static bool IsHost(PartyTurn turn, CallerCommand c) => turn.State.HostId == c.Caller.UserId;

    /// <summary>The refusal for a command that only the host may give.</summary>
    internal static PartyRefusal HostOnly(string message) => new(PartyErrorCodes.HostOnly, message);

    /// <summary>
    /// Who leads next: the first to have joined among those with a socket; without any, among those who are not away; without
    /// any, among all.
    /// </summary>
    internal static string? NextHost(PartyState state, string leavingId)
    {
        PartyParticipant? best = null;
        foreach (var participant in state.Participants)
        {
            if (participant.Id != leavingId && (best is null || Rank(participant) > Rank(best)))
            {
                best = participant;
            }
        }

        return best?.Id;
    }

    private static int Rank(PartyParticipant participant) => participant switch
    {
        { Connected: true } => 2,
        { Away: false } => 1,
        _ => 0,
    };
}
