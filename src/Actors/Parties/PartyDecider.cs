using System.Diagnostics;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Parties;

/// <summary>
/// Decides what a party does. Whatever should have happened by the time of a command happens before it, so a late timer
/// never changes a result; then the command; then whatever it made certain.
/// </summary>
internal static class PartyDecider
{
    /// <summary>Decides one command.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="command">The command.</param>
    /// <returns>Why not, or null when it is carried out.</returns>
    internal static PartyRefusal? Decide(PartyTurn turn, PartyCommand command)
    {
        if (command is CreateParty create)
        {
            return PeopleDecider.Create(turn, create);
        }

        if (!turn.State.Exists)
        {
            return PartyRefusal.Of(PartyErrorCodes.PartyNotFound);
        }

        PartyDeadlines.PassUntil(turn, command is PassDeadline pass && pass.Due > pass.At ? pass.Due : command.At);
        var refusal = command is CallerCommand call ? DecideCall(turn, call) : DecideOther(turn, command);
        if (refusal is null)
        {
            PartyDeadlines.Settle(turn, command.At);
        }

        return refusal;
    }

    /// <summary>What is said to a command that was carried out.</summary>
    /// <param name="state">The state after it.</param>
    /// <param name="command">The command.</param>
    /// <returns>The reply.</returns>
    internal static PartyReply Reply(PartyState state, PartyCommand command)
    {
        PartyReply reply = command switch
        {
            CreateParty create => new PartyOpened(create.HostId, PartyViews.View(state)),
            JoinParty join => new PartyEntered(join.UserId, PartyViews.View(state, state.Find(join.UserId)!), PartyViews.View(state)),
            StartNomination or RestartParty => new PartyAdvanced(PartyViews.View(state)),
            _ => PartyDone.Instance,
        };
        return command.Fingerprint is { } fingerprint ? reply with { Fingerprint = fingerprint } : reply;
    }

    /// <summary>Whose token it is.</summary>
    /// <param name="state">The state.</param>
    /// <param name="caller">Who claims to act.</param>
    /// <param name="at">The time of the call.</param>
    /// <returns>The participant, or null when the token does not hold.</returns>
    internal static PartyParticipant? Authenticate(PartyState state, Caller caller, DateTimeOffset at) =>
        state.Find(caller.UserId) is { } participant && TokenOf(participant, caller.TokenHash, at) is not null ? participant : null;

    /// <summary>Finds a token that holds.</summary>
    /// <param name="participant">The participant.</param>
    /// <param name="tokenHash">The hash of what was presented.</param>
    /// <param name="at">The time of the call.</param>
    /// <returns>The token, or null.</returns>
    internal static PartyToken? TokenOf(PartyParticipant participant, string tokenHash, DateTimeOffset at)
    {
        foreach (var token in participant.Tokens)
        {
            if (token.Hash == tokenHash && token.ExpiresAt > at)
            {
                return token;
            }
        }

        return null;
    }

    private static PartyRefusal? DecideCall(PartyTurn turn, CallerCommand call)
    {
        if (Authenticate(turn.State, call.Caller, call.At) is not { } participant)
        {
            return PartyRefusal.Of(PartyErrorCodes.InvalidToken);
        }

        NoteCall(turn, participant, call.At);
        return call switch
        {
            LeaveParty c => PeopleDecider.Leave(turn, c),
            RemoveParticipant c => PeopleDecider.Remove(turn, c),
            TransferHost c => PeopleDecider.Transfer(turn, c),
            RevokeToken c => PeopleDecider.Revoke(turn, c),
            SeenParticipant => null,
            StartNomination c => NominationDecider.Start(turn, c),
            SuggestMovie c => NominationDecider.Suggest(turn, c),
            VoteNomination c => NominationDecider.Vote(turn, c),
            CloseNomination c => NominationDecider.Close(turn, c),
            WithdrawNomination c => NominationDecider.Withdraw(turn, c),
            FinalizeNominations c => NominationDecider.Finish(turn, c),
            SubmitRanking c => RankingDecider.Submit(turn, c),
            CloseRanking c => RankingDecider.Close(turn, c),
            SetRankingDeadline c => RankingDecider.SetDeadline(turn, c),
            RestartParty c => RankingDecider.Restart(turn, c),
            OpenWatchParty c => OpeningDecider.Open(turn, c),
            _ => throw new UnreachableException($"A party does not decide {call.GetType().Name}."),
        };
    }

    private static PartyRefusal? DecideOther(PartyTurn turn, PartyCommand command) => command switch
    {
        JoinParty c => PeopleDecider.Join(turn, c),
        IssueToken c => PeopleDecider.Issue(turn, c),
        SetPresence c => PeopleDecider.SetPresence(turn, c),
        FinishOpening c => OpeningDecider.Finish(turn, c),
        PassDeadline => null,
        _ => throw new UnreachableException($"A party does not decide {command.GetType().Name}."),
    };

    /// <summary>
    /// A call by somebody without a socket keeps them present. It is stored only when it matters: they were away, or a good
    /// part of the time to being away has passed.
    /// </summary>
    private static void NoteCall(PartyTurn turn, PartyParticipant participant, DateTimeOffset at)
    {
        var fresh = TimeSpan.FromSeconds(turn.State.Options.AwaySeconds) / 4;
        if (!participant.Connected && (participant.Away || at - participant.LastSeen >= fresh))
        {
            turn.Raise(new ParticipantSeen(at, participant.Id));
        }
    }
}
