using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What events do to the party as a whole.</summary>
internal static class PartyLifeEvolution
{
    internal static WatchState Created(WatchState state, WatchPartyCreated e)
    {
        var created = state with
        {
            InviteCode = e.InviteCode,
            Title = e.Title,
            Description = e.Description,
            Settings = e.Settings,
            CreatedAt = e.At,
            StartedAt = e.Seats.Count > 0 ? e.At : null,
            PlaylistId = e.PlaylistId,
            Origin = e.Origin,
            Play = PlaybackEvolution.Begun(e.Items, e.At),
            HostId = e.Host.MemberId,

            // Whoever made it by hand is there; a host whom a decision has seated must come.
            HostAwaySince = e.Origin is null ? null : e.At,
        };
        created = Seat(created, e.Host, WatchRole.Host, e.Origin?.HostMember, e.At);
        foreach (var seat in e.Seats)
        {
            created = Seat(created, seat.Person, WatchRole.Viewer, seat.OriginMember, e.At);
        }

        return created;
    }

    internal static WatchState Updated(WatchState state, WatchPartyUpdated e) => state with
    {
        Title = e.Title,
        Description = e.Description,
        Settings = e.Settings,
        Password = e.Password,
        PasswordVersion = e.PasswordVersion,
    };

    internal static WatchState Ended(WatchState state, WatchPartyEnded e)
    {
        var members = state.Members;
        foreach (var watched in e.Watched)
        {
            members = members.SetItem(
                watched.MemberId, PresenceEvolution.Offline(members[watched.MemberId], e.At, watched.WatchedMs));
        }

        return state with
        {
            EndedAt = e.At,
            Play = PlaybackEvolution.Stopped(state.Play, e.At),
            Members = members,
            Connected = WatchState.Nobody,
            Reporters = WatchState.Nobody,
            RoundTrips = WatchState.NoRoundTrips,
            Idle = IdleSeat.None,
            HostAwaySince = null,
        };
    }

    internal static WatchState Restarted(WatchState state, WatchPartyRestarted e)
    {
        var (members, idle) = (state.Members.ToBuilder(), state.Idle.ToBuilder());
        foreach (var (_, memberId) in state.Seated)
        {
            members[memberId] = members[memberId] with { LastSeenAt = e.At };
            idle.Add(new IdleSeat(e.At, memberId));
        }

        return state with
        {
            EndedAt = null,
            StartedAt = e.At,
            Play = PlaybackEvolution.Begun(state.Play.Items, e.At, state.Play),
            Members = members.ToImmutable(),
            Idle = idle.ToImmutable(),
        };
    }

    private static WatchState Seat(WatchState state, WatchPerson person, WatchRole role, string? origin, DateTimeOffset at)
    {
        var number = state.LastNumber + 1;
        var member = new WatchMember
        {
            Person = person,
            Role = role,
            Number = number,
            JoinedAt = at,
            LastSeenAt = at,
            OriginMember = origin,
        };
        return state with
        {
            Members = state.Members.Add(member.Id, member),
            Seated = state.Seated.Add(number, member.Id),
            LastNumber = number,
            Idle = state.Idle.Add(new IdleSeat(at, member.Id)),
            Names = SeatEvolution.WithName(state.Names, member.NameKey, 1),
            OriginSeats = origin is null ? state.OriginSeats : state.OriginSeats.Add(origin, member.Id),
            ParticipantsTotal = state.ParticipantsTotal + 1,
        };
    }
}
