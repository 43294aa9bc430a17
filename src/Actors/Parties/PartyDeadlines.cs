using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime;

namespace AkkaParty.Actors.Parties;

/// <summary>What a party does by itself as time passes, so that nobody can hold the others up.</summary>
internal static class PartyDeadlines
{
    /// <summary>The next instant at which the party must act by itself.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The earliest of: the nomination's end, the ranking's end, somebody going away, the host's role passing on; null for none.</returns>
    internal static DateTimeOffset? Next(PartyState state)
    {
        var next = Earlier(state.Nomination?.Deadline, state.Phase == PartyPhase.Ranking ? state.RankingDeadline : null);
        foreach (var participant in state.Participants)
        {
            next = Earlier(next, AwayAt(state, participant));
        }

        return Earlier(next, HandOverAt(state));
    }

    /// <summary>Lets everything happen that was due by an instant, each thing at its own time and in that order.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="until">The instant.</param>
    internal static void PassUntil(PartyTurn turn, DateTimeOffset until)
    {
        while (Next(turn.State) is { } due && due <= until)
        {
            var before = turn.Events.Count;
            Pass(turn, due);
            Invariant.Check(turn.Events.Count > before, $"party {turn.State.Id}: nothing happened at its deadline {due:O}");
        }
    }

    /// <summary>Draws the conclusions of what has just happened.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="at">The time now.</param>
    internal static void Settle(PartyTurn turn, DateTimeOffset at)
    {
        if (HandOverAt(turn.State) is { } due && due <= at)
        {
            turn.Raise(new HostChanged(at, Successor(turn.State)!));
        }

        NominationDecider.SettleIfCertain(turn, at);
        RankingDecider.SettleIfComplete(turn, at);
    }

    private static void Pass(PartyTurn turn, DateTimeOffset due)
    {
        foreach (var participant in turn.State.Participants)
        {
            if (AwayAt(turn.State, participant) <= due)
            {
                turn.Raise(new ParticipantWentAway(due, participant.Id));
            }
        }

        Settle(turn, due);
        if (turn.State.Nomination is { } open && open.Deadline <= due)
        {
            turn.Raise(NominationDecider.ByVotesCast(open, due, NominationEnd.Deadline));
        }

        if (turn.State.Phase == PartyPhase.Ranking && turn.State.RankingDeadline <= due)
        {
            RankingDecider.FinishAtDeadline(turn, due);
        }
    }

    /// <summary>
    /// When somebody goes away: a while after the last socket closed or the last call was made. Who never had a socket gets
    /// longer, and goes away only while the others wait for votes and ballots.
    /// </summary>
    private static DateTimeOffset? AwayAt(PartyState state, PartyParticipant participant)
    {
        if (participant.Away || participant.Connected)
        {
            return null;
        }

        if (participant.HadSocket)
        {
            return participant.LastSeen.AddSeconds(state.Options.AwaySeconds);
        }

        if (state.Phase is not (PartyPhase.Nominating or PartyPhase.Ranking))
        {
            return null;
        }

        var since = participant.LastSeen > state.PhaseSince ? participant.LastSeen : state.PhaseSince;
        return since.AddSeconds(state.Options.SilentSeconds);
    }

    /// <summary>When the role of a host who is away passes on; null while somebody present leads, or nobody present could.</summary>
    private static DateTimeOffset? HandOverAt(PartyState state) =>
        state.HostId is { } id && state.Find(id) is { Away: true } host && Successor(state) is not null
            ? host.LastSeen.AddSeconds(state.Options.HostAwaySeconds)
            : null;

    private static string? Successor(PartyState state) =>
        PeopleDecider.NextHost(state, state.HostId!) is { } id && state.Find(id) is { Away: false } ? id : null;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;
}
