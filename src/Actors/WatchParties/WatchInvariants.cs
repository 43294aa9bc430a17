using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// What must hold of every watch party. After an event only what it touched is checked, so that a check costs no more than the change; by
/// induction all of it holds, and <see cref="CheckAll"/> says so of a whole state.
/// </summary>
internal static class WatchInvariants
{
    /// <summary>Checks what an event touched.</summary>
    /// <param name="state">The state after it.</param>
    /// <param name="event">The event.</param>
    /// <exception cref="InvariantViolatedException">Something does not hold.</exception>
    internal static void CheckAfter(WatchState state, WatchEvent @event)
    {
        switch (@event)
        {
            case PlaybackEvent e:
                PlaybackInvariants.CheckAfter(state, e);
                break;
            case ParticipantJoined e:
                CheckMember(state, e.Person.MemberId);
                break;
            case ParticipantConnected e:
                CheckMember(state, e.Who.MemberId);
                break;
            case ParticipantDisconnected e:
                CheckMember(state, e.Who.MemberId);
                break;
            case ParticipantLeft e:
                CheckMember(state, e.Who.MemberId);
                break;
            case ParticipantBanned e:
                CheckMember(state, e.Who.MemberId);
                break;
            case ClientReported e:
                CheckMember(state, e.Who.MemberId);
                break;
            case HostChanged e:
                CheckMember(state, e.Host.MemberId);
                break;
            case CoHostChanged e:
                CheckMember(state, e.Who.MemberId);
                break;
            case GuestTokenIssued e:
                CheckMember(state, e.MemberId);
                break;
            case WatchTicketIssued e:
                CheckMember(state, e.MemberId);
                break;
        }
    }

    /// <summary>Checks what costs nothing to check, when a turn is over.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="InvariantViolatedException">Something does not hold.</exception>
    internal static void CheckSizes(WatchState state)
    {
        Hold(state, !state.Deleted || state.Members.IsEmpty, "nothing is left of a deleted party");
        Hold(state, state.Seated.IsEmpty == state.HostId is null, "there is a host as long as anybody has a seat");
        Hold(state, state.HostId is null || state.FindSeated(state.HostId) is { Role: WatchRole.Host }, "the host has a seat");
        Hold(state, state.Members.Count == state.Seated.Count + state.Gone.Count, "everybody has a seat or is gone");
        Hold(state, state.Members.Count <= WatchLimits.SeatsMax, "as many people are remembered as may be");
        Hold(
            state,
            state.EndedAt is not null || state.Connected.Count + state.Idle.Count == state.Seated.Count,
            "everybody with a seat is connected or idle");
        Hold(state, state.EndedAt is null || state.Connected.IsEmpty, "nobody is connected to an ended party");
        Hold(state, state.RoundTrips.Sum() == state.Connected.Count, "each connected member's round trip is counted");
        Hold(state, state.Bans.Count <= WatchLimits.BansMax, "as many are banned as may be");
        Hold(state, state.Messages.Count <= WatchLimits.MessagesKept, "as many messages are kept as may be");
        Hold(state, state.AccessRequests.OpenCount <= WatchLimits.RequestsMax, "as many requests wait as may");
        Hold(state, state.GuestRequests.OpenCount <= WatchLimits.RequestsMax, "as many guests' requests wait as may");
        Hold(state, state.Play.Items.Count <= WatchLimits.ItemsMax, "the playlist holds at most as many items as it may");
    }

    /// <summary>Checks everything.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="InvariantViolatedException">Something does not hold.</exception>
    internal static void CheckAll(WatchState state)
    {
        CheckSizes(state);
        PlaybackInvariants.CheckAll(state);
        foreach (var (memberId, member) in state.Members)
        {
            Hold(state, member.Id == memberId, "members are kept under their ids");
            CheckMember(state, memberId);
        }

        var seated = state.Members.Values.Where(member => member.IsSeated).ToList();
        Hold(state, seated.Count(member => member.Role == WatchRole.Host) == (seated.Count == 0 ? 0 : 1), "there is exactly one host");
        Hold(state, state.Seated.Values.SequenceEqual(seated.OrderBy(m => m.Number).Select(m => m.Id)), "seats are in their order");
        Hold(state, state.TokenHolders.Count == state.Members.Values.Sum(m => m.Tokens.Length), "each guest token is found");
        Hold(state, state.TicketHolders.Count == state.Members.Values.Sum(m => m.Tickets.Length), "each ticket is found");
        Hold(
            state,
            state.Names.Values.Sum() == seated.Count && state.Names.All(row => row.Value > 0),
            "the names of all with a seat are counted");
        for (var step = 0; step < state.RoundTrips.Length; step++)
        {
            var milliseconds = (step + 1) * WatchMember.RoundTripStepMs;
            var count = seated.Count(member => member.Connected && member.RoundTripMs == milliseconds);
            Hold(state, state.RoundTrips[step] == count, "round trips are counted by their steps");
        }

        foreach (var (memberId, ban) in state.Bans)
        {
            Hold(state, ban.Marks.All(mark => state.Marks[mark].Contains(memberId)), "a ban follows what was shown");
        }

        foreach (var (_, who) in state.Marks)
        {
            Hold(state, !who.IsEmpty && who.Distinct().Count() == who.Length, "each mark is somebody's");
        }
    }

    private static void CheckMember(WatchState state, string memberId)
    {
        var member = state.Find(memberId);
        Hold(state, member is not null, "whom an event names is remembered");
        var isSeated = member!.IsSeated;
        Hold(state, state.Seated.ContainsKey(member.Number) == isSeated, "a seat is counted");
        Hold(state, isSeated || state.Gone.GetValueOrDefault(member.LeftNumber) == memberId, "whoever is gone is counted");
        Hold(state, isSeated || !member.Connected, "nobody is connected without a seat");
        Hold(state, state.Connected.Contains(memberId) == member.Connected, "connected are those who are");
        Hold(state, state.Reporters.Contains(memberId) == (member.Connected && member.ReportsReady), "barriers wait for who reports");
        Hold(
            state,
            state.EndedAt is not null
            || state.Idle.Contains(new IdleSeat(member.LastSeenAt, memberId)) == (isSeated && !member.Connected),
            "whoever has a seat without a connection is idle");
        Hold(state, member.Role != WatchRole.Host || state.HostId == memberId, "no other than the host has that role");
        Hold(state, !isSeated || !state.Bans.ContainsKey(memberId), "nobody banned has a seat");
        Hold(state, !(isSeated && member.Kicked), "nobody who was put out has a seat");
        Hold(state, !member.Kicked || member.Tokens.IsEmpty, "nobody who was put out has a token");
        Hold(state, member.Tokens.Length <= WatchLimits.TokensPerGuestMax, "nobody has too many tokens");
        Hold(state, member.Tickets.Length <= WatchLimits.TicketsPerMemberMax, "nobody has too many tickets");
        Hold(state, member.Person.IsGuest || member.Tokens.IsEmpty, "only guests have tokens");
    }

    private static void Hold(WatchState state, bool condition, string rule)
    {
        if (!condition)
        {
            throw new InvariantViolatedException($"watch party {state.Id} at {state.Seq}: it does not hold that {rule}");
        }
    }
}
