using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Parties;

/// <summary>
/// From the decision to the watch party. The party only says that it is wanted and, later, that it is there; between the two it is on the
/// list of what is to be opened, which a node works on until it is done.
/// </summary>
internal static class OpeningDecider
{
    /// <summary>The host has it opened; once is enough, unless it could not be made.</summary>
    internal static PartyRefusal? Open(PartyTurn turn, OpenWatchParty c)
    {
        if (!PeopleDecider.IsHost(turn, c))
        {
            return PeopleDecider.HostOnly("only the host can open the watch party");
        }

        if (turn.State.Phase != PartyPhase.Finished)
        {
            return PartyRefusal.Of(PartyErrorCodes.NotDecided);
        }

        Request(turn, c.At);
        return null;
    }

    /// <summary>It follows by itself where the party's settings say so, and somebody is there to host it.</summary>
    internal static void FollowDecision(PartyTurn turn, DateTimeOffset at)
    {
        if (turn.State.Options.OpenWatchParty == OpensWatchParty.Auto && turn.State.HostId is not null)
        {
            Request(turn, at);
        }
    }

    /// <summary>It is there, or cannot be made. One that is not wanted any more, after a restart, changes nothing.</summary>
    internal static PartyRefusal? Finish(PartyTurn turn, FinishOpening c)
    {
        if (turn.State.WatchParty is { Status: OpeningStatus.Opening } wanted && wanted.Id == c.WatchPartyId)
        {
            turn.Raise(c.InviteCode is { } code
                ? new WatchPartyOpened(c.At, c.WatchPartyId, code)
                : new WatchPartyFailed(c.At, c.WatchPartyId, c.Failure ?? OpeningIds.UnknownFailure));
        }

        return null;
    }

    private static void Request(PartyTurn turn, DateTimeOffset at)
    {
        var state = turn.State;
        if (state.WatchParty is { Status: not OpeningStatus.Failed })
        {
            return;
        }

        turn.Raise(new WatchPartyRequested(
            at,
            PartyDecision.WatchPartyOf(state.Id, state.Round),
            state.Name,
            state.HostId!,
            state.Winner!,
            [.. state.Participants.Select(p => new OpeningSeat(p.Id, p.Username, p.AccountId))]));
    }
}
