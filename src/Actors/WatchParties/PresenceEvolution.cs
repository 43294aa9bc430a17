using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What events do to who is connected, and to what is counted of those.</summary>
internal static class PresenceEvolution
{
    internal static WatchState Connected(WatchState state, ParticipantConnected e)
    {
        var member = state.Members[e.Who.MemberId];
        var connected = state.Connected.Add(member.Id);
        return state with
        {
            Members = state.Members.SetItem(
                member.Id, member with { Connected = true, LastSeenAt = e.At, PlayedBeforeMs = state.Play.PlayedAt(e.At) }),
            Connected = connected,
            Reporters = member.ReportsReady ? state.Reporters.Add(member.Id) : state.Reporters,
            RoundTrips = Count(state, member.RoundTripMs, 1).RoundTrips,
            Idle = state.Idle.Remove(new IdleSeat(member.LastSeenAt, member.Id)),
            HostAwaySince = state.HostId == member.Id ? null : state.HostAwaySince,
            ConnectedPeak = Math.Max(state.ConnectedPeak, connected.Count),
        };
    }

    internal static WatchState Disconnected(WatchState state, ParticipantDisconnected e)
    {
        var member = state.Members[e.Who.MemberId];
        var away = Away(state, member);
        return away with
        {
            Members = away.Members.SetItem(member.Id, Offline(member, e.At, e.WatchedMs)),
            Idle = away.Idle.Add(new IdleSeat(e.At, member.Id)),
            HostAwaySince = state.HostId == member.Id ? e.At : state.HostAwaySince,
        };
    }

    internal static WatchState Reported(WatchState state, ClientReported e)
    {
        var member = state.Members[e.Who.MemberId];
        var reported = state with
        {
            Members = state.Members.SetItem(member.Id, member with
            {
                Status = e.Status,
                ReportsReady = e.ReportsReady,
                RoundTripMs = e.RoundTripMs,
                SyncOffsetMs = e.SyncOffsetMs,
                LastSyncAt = e.At,
            }),
        };
        if (!member.Connected)
        {
            return reported;
        }

        return Count(Count(reported, member.RoundTripMs, -1), e.RoundTripMs, 1) with
        {
            Reporters = e.ReportsReady ? state.Reporters.Add(member.Id) : state.Reporters.Remove(member.Id),
        };
    }

    /// <summary>The counts without somebody who was connected.</summary>
    internal static WatchState Away(WatchState state, WatchMember member) => Count(state, member.RoundTripMs, -1) with
    {
        Connected = state.Connected.Remove(member.Id),
        Reporters = state.Reporters.Remove(member.Id),
    };

    /// <summary>Somebody without a connection: what their client said is no longer so.</summary>
    internal static WatchMember Offline(WatchMember member, DateTimeOffset at, long watchedMs) => member with
    {
        Connected = false,
        LastSeenAt = at,
        Status = WatchStatus.Online,
        ReportsReady = false,
        RoundTripMs = WatchMember.RoundTripStepMs,
        WatchedMs = watchedMs,
        PlayedBeforeMs = 0,
    };

    private static WatchState Count(WatchState state, int roundTripMs, int more)
    {
        var step = (roundTripMs / WatchMember.RoundTripStepMs) - 1;
        return state with { RoundTrips = state.RoundTrips.SetItem(step, state.RoundTrips[step] + more) };
    }
}
