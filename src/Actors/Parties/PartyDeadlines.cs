using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime;

namespace AkkaParty.Actors.Parties;

/// <summary>What a party does by itself as time passes, so that nobody can hold the others up.</summary>
internal static class PartyDeadlines
{
    /// <summary>The next instant at which the party must act by itself.</summary>
    /// <param name="state">The state.</param>
    /// <returns>
    /// The earliest of: the nomination's end, the ranking's end, somebody going away, the host's role passing on; null for none.
    /// </returns>
    internal static DateTimeOffset? Next(PartyState state)
    {
        var next = Earlier(state.Nomination?.Deadline, state.Phase == PartyPhase.Ranking ? state.RankingDeadline : null);
        var waitingSince = WaitingSince(state);
        foreach (var participant in state.Participants)
        {
            next = Earlier(next, AwayAt(state, participant, waitingSince));
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
        var waitingSince = WaitingSince(turn.State);
        foreach (var participant in turn.State.Participants)
        {
            if (AwayAt(turn.State, participant, waitingSince) <= due)
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
    /// longer, and only while somebody with a socket waits: a host who made the party by REST hours ahead stays its host.
    /// </summary>
    private static DateTimeOffset? AwayAt(PartyState state, PartyParticipant participant, DateTimeOffset? waitingSince)
    {
        if (participant.Away || participant.Connected)
        {
            return null;
        }

        return participant.HadSocket
            ? participant.LastSeen.AddSeconds(state.Options.AwaySeconds)
            : Later(participant.LastSeen, waitingSince)?.AddSeconds(state.Options.SilentSeconds);
    }

    /// <summary>Since when somebody with a socket has been waiting in this phase; null when nobody has one.</summary>
    private static DateTimeOffset? WaitingSince(PartyState state)
    {
        DateTimeOffset? since = null;
        foreach (var participant in state.Participants)
        {
            since = participant.Connected ? Earlier(since, participant.LastSeen) : since;
        }

        return Later(state.PhaseSince, since);
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

    private static DateTimeOffset? Later(DateTimeOffset one, DateTimeOffset? other) => other is { } that && that < one ? one : other;
}
