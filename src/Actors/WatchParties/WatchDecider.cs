using System.Diagnostics;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// Decides what a watch party does. Whatever should have happened by the time of a command happens before it, so a late timer never
/// changes a result; then the command; then whatever it made certain.
/// </summary>
internal static class WatchDecider
{
    /// <summary>Decides one command.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="command">The command.</param>
    /// <returns>What becomes of it.</returns>
    internal static WatchOutcome Decide(WatchTurn turn, WatchCommand command)
    {
        if (command is CreateWatchParty create)
        {
            return PartyLifeDecider.Create(turn, create);
        }

        if (!turn.State.Exists)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchPartyNotFound);
        }

        WatchDeadlines.PassUntil(turn, command is PassWatchDeadline pass && pass.Due > pass.At ? pass.Due : command.At);
        var outcome = command is WatchCallerCommand call ? DecideCall(turn, call) : DecideOther(turn, command);
        if (outcome.Reply is not null && turn.State.IsOn)
        {
            WatchDeadlines.PassUntil(turn, command.At, notBefore: command.At);
            PlaybackRules.Settle(turn, command.At);
        }

        return outcome;
    }

    private static WatchOutcome DecideCall(WatchTurn turn, WatchCallerCommand call)
    {
        if (!WatchAccess.TryRecognise(turn.State, call.Actor, call.At, out var caller))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.GuestTokenInvalid);
        }

        if (!turn.State.IsOn && call is not (LeaveWatchParty or EndWatchParty or RestartWatchParty or DeleteWatchParty or LiftBan))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchPartyEnded);
        }

        var before = turn.Events.Count;
        var outcome = Carry(turn, call, caller);
        return outcome.Reply is { } reply && turn.Events.Count == before
            ? WatchOutcome.Say(state => OfNothing(reply(state)))
            : outcome;
    }

    // What came too soon is not so already.
    private static WatchReply OfNothing(WatchReply reply) => reply is MessageTooSoon ? reply : reply with { ChangedNothing = true };

    private static WatchOutcome Carry(WatchTurn turn, WatchCallerCommand call, WatchCaller caller) => call switch
    {
        ReportClient c => PresenceDecider.Report(turn, c, caller),
        PlaybackCommand c => PlaybackDecider.Decide(turn, c, caller),
        VoteToSkip c => PlaybackDecider.Vote(turn, c, caller),
        SendWatchMessage c => ChatDecider.Send(turn, c, caller),
        DeleteWatchMessage c => ChatDecider.Delete(turn, c, caller),
        LeaveWatchParty c => SeatDecider.Leave(turn, c, caller),
        KickParticipant c => RoleDecider.Kick(turn, c, caller),
        LiftBan c => RoleDecider.LiftBan(turn, c, caller),
        MuteParticipant c => RoleDecider.Mute(turn, c, caller),
        SetCoHost c => RoleDecider.SetCoHost(turn, c, caller),
        TransferHost c => RoleDecider.Transfer(turn, c, caller),
        InviteToWatchParty c => AccessDecider.Invite(turn, c, caller),
        ReviewWatchAccess c => AccessDecider.Review(turn, c, caller),
        ReviewGuestRequest c => GuestDecider.Review(turn, c, caller),
        UpdateWatchParty c => PartyLifeDecider.Update(turn, c, caller),
        EndWatchParty c => PartyLifeDecider.End(turn, c, caller),
        RestartWatchParty c => PartyLifeDecider.Restart(turn, c, caller),
        DeleteWatchParty c => PartyLifeDecider.Delete(turn, c, caller),
        _ => throw new UnreachableException($"A watch party does not decide {call.GetType().Name}."),
    };

    private static WatchOutcome DecideOther(WatchTurn turn, WatchCommand command)
    {
        if (!turn.State.IsOn && command is not (PassWatchDeadline or SetWatchPresence or ForgetAccount))
        {
            return WatchOutcome.Refuse(command is JoinWatchParty ? WatchErrorCodes.WatchPartyNotFound : WatchErrorCodes.WatchPartyEnded);
        }

        return command switch
        {
            SetWatchPresence c => PresenceDecider.SetPresence(turn, c),
            PassWatchDeadline => WatchOutcome.Done,
            JoinWatchParty c => SeatDecider.Join(turn, c),
            ForgetAccount c => SeatDecider.Forget(turn, c),
            RequestWatchAccess c => AccessDecider.Request(turn, c),
            RequestGuestAccess c => GuestDecider.Request(turn, c),
            ClaimGuestAccess c => GuestDecider.Claim(turn, c),
            IssueWatchTicket c => TicketDecider.Issue(turn, c),
            RedeemWatchTicket c => TicketDecider.Redeem(turn, c),
            _ => throw new UnreachableException($"A watch party does not decide {command.GetType().Name}."),
        };
    }
}
