using System.Diagnostics;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// Decides what a room does. Whatever should have happened by the time of a command happens before it, so a late timer never changes a
/// result; then the command; then whatever it made certain.
/// </summary>
internal static class RoomDecider
{
    /// <summary>Decides one command.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="command">The command.</param>
    /// <returns>What becomes of it.</returns>
    internal static RoomOutcome Decide(RoomTurn turn, RoomCommand command)
    {
        if (command is CreateRoom create)
        {
            return SeatDecider.Create(turn, create);
        }

        if (!turn.State.Exists)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.RoomNotFound);
        }

        RoundDecider.PassUntil(turn, command is PassRoomDeadline pass && pass.Due > pass.At ? pass.Due : command.At);
        var outcome = command is RoomCallerCommand call ? DecideCall(turn, call) : DecideOther(turn, command);
        if (outcome.Reply is not null)
        {
            RoundDecider.SettleIfAllDone(turn, command.At);
        }

        return outcome;
    }

    private static RoomOutcome DecideCall(RoomTurn turn, RoomCallerCommand call)
    {
        if (!RoomAccess.TryRecognise(turn.State, call.Actor, call.At, out var caller))
        {
            return RoomOutcome.Refuse(RoomErrorCodes.InvalidToken);
        }

        return call switch
        {
            CastVote c => VoteDecider.Cast(turn, c, caller),
            RemoveVote c => VoteDecider.Remove(turn, c, caller),
            ReactToItem c => VoteDecider.React(turn, c, caller),
            AddItem c => QueueDecider.Add(turn, c, caller),
            UpdateItem c => QueueDecider.Update(turn, c, caller),
            RemoveItem c => QueueDecider.Remove(turn, c, caller),
            MarkWatched c => HistoryDecider.Watch(turn, c, caller),
            RateEntry c => HistoryDecider.Rate(turn, c, caller),
            RequestEnrichment c => EnrichmentDecider.Request(turn, c, caller),
            SelectItem c => SelectionDecider.Select(turn, c, caller),
            PickItem c => SelectionDecider.Pick(turn, c, caller),
            StartVotingRound c => RoundDecider.Start(turn, c, caller),
            CloseVotingRound c => RoundDecider.Close(turn, c, caller),
            FinishVoting c => RoundDecider.Finish(turn, c, caller),
            _ => DecideAboutPeople(turn, call, caller),
        };
    }

    private static RoomOutcome DecideAboutPeople(RoomTurn turn, RoomCallerCommand call, RoomCaller caller) => call switch
    {
        AddMember c => SeatDecider.List(turn, c, caller),
        UpdateMember c => SeatDecider.Update(turn, c, caller),
        RemoveMember c => MemberDecider.Remove(turn, c, caller),
        LeaveRoom c => MemberDecider.Leave(turn, c, caller),
        GrantAdmin c => MemberDecider.Grant(turn, c, caller),
        FreeSeat c => MemberDecider.Free(turn, c, caller),
        UpdateRoom c => MemberDecider.UpdateRoom(turn, c, caller),
        DeleteRoom c => MemberDecider.Delete(turn, c, caller),
        RevokeRoomToken c => SeatDecider.Revoke(turn, c),
        _ => throw new UnreachableException($"A room does not decide {call.GetType().Name}."),
    };

    private static RoomOutcome DecideOther(RoomTurn turn, RoomCommand command) => command switch
    {
        JoinRoom c => SeatDecider.Join(turn, c),
        IssueRoomToken c => SeatDecider.Issue(turn, c),
        SetRoomPresence c => MemberDecider.SetPresence(turn, c),
        FinishEnrichment c => EnrichmentDecider.Finish(turn, c),
        FinishRoomOpening c => RoomOpeningDecider.Finish(turn, c),
        PassRoomDeadline => RoomOutcome.Done,
        _ => throw new UnreachableException($"A room does not decide {command.GetType().Name}."),
    };
}
