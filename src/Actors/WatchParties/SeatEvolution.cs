using System.Collections.Immutable;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What events do to seats, roles and bans.</summary>
internal static class SeatEvolution
{
    /// <summary>Changes what is known of somebody.</summary>
    /// <param name="state">The state.</param>
    /// <param name="memberId">Who has, or had, a seat.</param>
    /// <param name="change">What becomes of them.</param>
    /// <returns>The state after.</returns>
    internal static WatchState Change(this WatchState state, string memberId, Func<WatchMember, WatchMember> change) =>
        state with { Members = state.Members.SetItem(memberId, change(state.Members[memberId])) };

    /// <summary>Somebody's seat, new or again.</summary>
    internal static WatchState Joined(WatchState state, ParticipantJoined e)
    {
        var number = state.LastNumber + 1;
        var former = state.Find(e.Person.MemberId);
        var member = former is null
            ? new WatchMember { Person = e.Person, Role = e.Role, Number = number, JoinedAt = e.At, LastSeenAt = e.At, Mark = e.Mark }
            : former with
            {
                Person = e.Person,
                Role = e.Role,
                LeftAt = null,
                LeftNumber = 0,
                LastSeenAt = e.At,
                Mark = e.Mark ?? former.Mark,
            };
        var isHost = e.Role == WatchRole.Host;
        var joined = Readmitted(state, member.Id);
        return Forget(joined with
        {
            Members = joined.Members.SetItem(member.Id, member with { Kicked = false, PutOutWith = [] }),
            Seated = state.Seated.Add(member.Number, member.Id),
            Gone = former is null ? state.Gone : state.Gone.Remove(former.LeftNumber),
            LastNumber = number,
            Idle = state.Idle.Add(new IdleSeat(e.At, member.Id)),
            Names = WithName(state.Names, member.NameKey, 1),
            Admitted = state.Admitted.Remove(member.Id),
            HostId = isHost ? member.Id : state.HostId,
            HostAwaySince = isHost ? e.At : state.HostAwaySince,
            ParticipantsTotal = state.ParticipantsTotal + (former is null ? 1 : 0),
            StartedAt = state.StartedAt ?? (e.Count > 1 ? e.At : null),
        });
    }

    /// <summary>Somebody's seat given up.</summary>
    internal static WatchState Left(WatchState state, ParticipantLeft e)
    {
        var member = state.Members[e.Who.MemberId];
        var number = state.LastNumber + 1;
        var wasHost = state.HostId == member.Id;
        var isPutOut = e.Reason is LeaveReason.Kicked or LeaveReason.Banned;
        var away = member.Connected ? PresenceEvolution.Away(state, member) : state;
        var left = away with
        {
            Members = away.Members.SetItem(member.Id, PresenceEvolution.Offline(member, e.At, e.WatchedMs) with
            {
                LeftAt = e.At,
                LeftNumber = number,
                Role = isPutOut ? WatchRole.Viewer : wasHost ? WatchRole.CoHost : member.Role,
                Tickets = [],
            }),
            Seated = away.Seated.Remove(member.Number),
            Gone = away.Gone.Add(number, member.Id),
            LastNumber = number,
            Idle = away.Idle.Remove(new IdleSeat(member.LastSeenAt, member.Id)),
            Names = WithName(away.Names, member.NameKey, -1),
            TicketHolders = away.TicketHolders.RemoveRange(member.Tickets.Select(ticket => ticket.Hash)),
            HostId = wasHost ? null : away.HostId,
            HostAwaySince = wasHost ? null : away.HostAwaySince,
        };
        return isPutOut ? PutOut(left, member.Id, e.At, e.Reason == LeaveReason.Banned, e.By) : left;
    }

    /// <summary>A ban of somebody without a seat.</summary>
    internal static WatchState Banned(WatchState state, ParticipantBanned e) => PutOut(state, e.Who.MemberId, e.At, isBan: true, e.By);

    /// <summary>A ban that was lifted.</summary>
    internal static WatchState BanLifted(WatchState state, WatchBanLifted e)
    {
        var ban = state.Bans[e.MemberId];
        var lifted = state with { Bans = state.Bans.Remove(e.MemberId), Marks = Unmark(state.Marks, ban.Marks, e.MemberId) };
        return lifted.Find(e.MemberId) is null ? lifted : lifted.Change(e.MemberId, m => m with { Kicked = false, PutOutWith = [] });
    }

    /// <summary>Another host.</summary>
    internal static WatchState HostIs(WatchState state, HostChanged e)
    {
        var before = state.Find(e.FormerId) is { Role: WatchRole.Host }
            ? state.Change(e.FormerId!, former => former with { Role = WatchRole.CoHost })
            : state;
        var host = before.Members[e.Host.MemberId];
        return before with
        {
            Members = before.Members.SetItem(host.Id, host with { Role = WatchRole.Host, Muted = false }),
            HostId = host.Id,
            HostAwaySince = host.Connected ? null : e.At,
        };
    }

    /// <summary>Lets somebody in again who was put out, but not banned.</summary>
    internal static WatchState Readmitted(WatchState state, string memberId) => state.Find(memberId) is { Kicked: true } member
        ? state with
        {
            Members = state.Members.SetItem(memberId, member with { Kicked = false, PutOutWith = [] }),
            Marks = Unmark(state.Marks, member.PutOutWith, memberId),
        }
        : state;

    /// <summary>Counts a name.</summary>
    internal static ImmutableSortedDictionary<string, int> WithName(ImmutableSortedDictionary<string, int> names, string key, int more)
    {
        var count = names.GetValueOrDefault(key) + more;
        return count == 0 ? names.Remove(key) : names.SetItem(key, count);
    }

    private static WatchState PutOut(WatchState state, string memberId, DateTimeOffset at, bool isBan, string? by)
    {
        var member = state.Members[memberId];
        ImmutableArray<string> had =
        [
            .. member.PutOutWith.Union(member.Tokens.Select(token => token.Hash)).Union(member.Mark is { } mark ? [mark] : []),
        ];
        var marks = state.Marks;
        foreach (var hash in had.Except(member.PutOutWith))
        {
            marks = marks.SetItem(hash, marks.TryGetValue(hash, out var who) ? who.Add(memberId) : [memberId]);
        }

        return state with
        {
            Members = state.Members.SetItem(memberId, member with { Kicked = true, PutOutWith = had, Tokens = [], Muted = false }),
            TokenHolders = state.TokenHolders.RemoveRange(member.Tokens.Select(token => token.Hash)),
            Admitted = state.Admitted.Remove(memberId),
            Marks = marks,
            Bans = isBan
                ? state.Bans.SetItem(memberId, new WatchBan(member.Person.Name, member.Person.IsGuest, at, by, had))
                : state.Bans,
        };
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Unmark(
        ImmutableSortedDictionary<string, ImmutableArray<string>> marks, ImmutableArray<string> hashes, string memberId)
    {
        foreach (var hash in hashes)
        {
            var others = marks[hash].Remove(memberId);
            marks = others.IsEmpty ? marks.Remove(hash) : marks.SetItem(hash, others);
        }

        return marks;
    }

    /// <summary>Forgets whoever is longest gone when there are too many; a ban stays.</summary>
    private static WatchState Forget(WatchState state)
    {
        if (state.Members.Count <= WatchLimits.SeatsMax)
        {
            return state;
        }

        var (number, memberId) = state.Gone.First();
        var member = state.Members[memberId];
        return state with
        {
            Members = state.Members.Remove(memberId),
            Gone = state.Gone.Remove(number),
            TokenHolders = state.TokenHolders.RemoveRange(member.Tokens.Select(token => token.Hash)),
            Marks = state.Bans.ContainsKey(memberId) ? state.Marks : Unmark(state.Marks, member.PutOutWith, memberId),
            OriginSeats = member.OriginMember is { } origin ? state.OriginSeats.Remove(origin) : state.OriginSeats,
        };
    }
}
