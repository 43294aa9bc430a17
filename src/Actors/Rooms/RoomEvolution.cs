using System.Diagnostics;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Rooms;

/// <summary>What each event does to a room.</summary>
internal static class RoomEvolution
{
    /// <summary>Applies one event.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">The event.</param>
    /// <returns>The state after.</returns>
    /// <exception cref="UnreachableException">The event is of no known type.</exception>
    internal static RoomState Evolve(RoomState state, RoomEvent @event) => Apply(state, @event) with { Seq = state.Seq + 1 };

    private static RoomState Apply(RoomState state, RoomEvent @event) => @event switch
    {
        VoteCast e => QueueEvolution.Voted(state, e),
        VoteRemoved e => QueueEvolution.Unvoted(state, e),
        ItemReacted e => QueueEvolution.Reacted(state, e),
        MemberConnected e => state with { Present = state.Present.Add(e.UserId) },
        MemberDisconnected e => state with { Present = state.Present.Remove(e.UserId) },
        RoomCreated e => Created(state, e),
        RoomUpdated e => state with { Name = e.Name, Settings = e.Settings },
        RoomDeleted => new RoomState { Id = state.Id, Code = state.Code, CreatedAt = state.CreatedAt, Deleted = true },
        MemberJoined e => Joined(state, e),
        SeatClaimed e => Claimed(state, e),
        MemberListed e => state with { Members = state.Members.Add(new RoomPerson(e.Seat, Holder: null)) },
        MemberUpdated e => Change(state, e.Seat.UserId, member => new RoomPerson(e.Seat, member.Holder)),
        MemberRemoved e => Removed(state, e),
        SeatFreed e => Freed(state, e),
        AdminGranted e => state with { Admins = state.Admins.Add(e.UserId) },
        RoomTokenIssued e => ChangeHolder(state, e.UserId, holder => WithToken(holder, e)),
        RoomTokenRevoked e => ChangeHolder(
            state, e.UserId, holder => holder! with { Tokens = holder.Tokens.RemoveAll(token => token.Hash == e.TokenHash) }),
        ItemAdded e => QueueEvolution.Added(state, e),
        ItemUpdated e => QueueEvolution.WithFacts(state, e.Item),
        ItemRemoved e => QueueEvolution.WithFacts(state, e.Item),
        ItemWatched e => QueueEvolution.Watched(state, e),
        EntryAdded e => QueueEvolution.InHistory(state, e),
        EntryRated e => QueueEvolution.Rated(state, e),
        EnrichmentRequested e => QueueEvolution.WithFacts(state, e.Item),
        ItemEnriched e => QueueEvolution.WithFacts(state, e.Item),
        SelectionMade e => QueueEvolution.Selected(state, e),
        VotingRoundStarted e => RoundStarted(state, e),
        VotingDone e => state with { Round = state.Round! with { Done = state.Round.Done.Add(e.UserId) } },
        VotingRoundEnded e => state with { Round = null, LastRound = e.Result },
        RoomWatchPartyRequested e => Wanted(state, e),
        RoomWatchPartyOpened e => Seen(state, new WatchOpening(e.WatchPartyId, OpeningStatus.Open, e.InviteCode)),
        RoomWatchPartyFailed e => Seen(state, new WatchOpening(e.WatchPartyId, OpeningStatus.Failed, Reason: e.Reason)),
        _ => throw new UnreachableException($"A room does not know the event {@event.GetType().Name}."),
    };

    private static RoomState Created(RoomState state, RoomCreated e)
    {
        var creator = HolderOf(e.Token);
        return state with
        {
            Code = e.Code,
            Name = e.Name,
            CreatedAt = e.At,
            Settings = e.Settings,
            Members = [.. e.Members.Select((seat, place) => new RoomPerson(seat, place == 0 ? creator : null))],
            Admins = e.Members.Count == 0 ? [] : [e.Members[0].UserId],
            SeatlessAdmin = e.Members.Count == 0 ? creator : null,
        };
    }

    private static RoomState Joined(RoomState state, MemberJoined e) => state with
    {
        Members = state.Members.Add(new RoomPerson(e.Seat, HolderOf(e.Token))),
        Admins = e.IsAdmin ? state.Admins.Add(e.Seat.UserId) : state.Admins,
    };

    private static RoomState Claimed(RoomState state, SeatClaimed e)
    {
        var holder = HolderOf(e.Token);
        var claimed = Change(state, e.Seat.UserId, member => member with { Holder = holder });
        return e.IsAdmin ? claimed with { Admins = claimed.Admins.Add(e.Seat.UserId) } : claimed;
    }

    private static RoomState Removed(RoomState state, MemberRemoved e) => state with
    {
        Members = state.Members.RemoveAll(member => member.Seat.UserId == e.UserId),
        Admins = state.Admins.Remove(e.UserId),
        Round = state.Round is { } round ? round with { Done = round.Done.Remove(e.UserId) } : null,
    };

    private static RoomState Freed(RoomState state, SeatFreed e)
    {
        var freed = Change(state, e.Seat.UserId, member => member with { Holder = null });
        return e.WasAdmin ? freed with { Admins = freed.Admins.Remove(e.Seat.UserId) } : freed;
    }

    private static RoomState RoundStarted(RoomState state, VotingRoundStarted e) => state with
    {
        LastNumber = RoomIds.NumberOf(e.RoundId),
        Round = new RoomRound(e.RoundId, state.Seq + 1, e.At, e.EndsAt, e.DurationSeconds, e.StartedBy, RoomState.NoUsers),
    };

    private static RoomState Wanted(RoomState state, RoomWatchPartyRequested e)
    {
        // One that is tried again is the last again. The oldest that is over makes room; one that is still to be made is never forgotten.
        var others = state.FindOpening(e.WatchPartyId) is { } failed ? state.Openings.Remove(failed) : state.Openings;
        var kept = others.Length < RoomLimits.OpeningsMax
            ? others
            : others.Remove(others.First(opening => opening.View.Status != OpeningStatus.Opening));
        var view = new WatchOpening(e.WatchPartyId, OpeningStatus.Opening);
        return state with { Openings = kept.Add(new RoomOpening(view, e.Item.Id, e.Item.Title)) };
    }

    private static RoomState Seen(RoomState state, WatchOpening view)
    {
        var wanted = state.FindOpening(view.Id)!;
        return state with { Openings = state.Openings.Replace(wanted, wanted with { View = view }) };
    }

    private static RoomHolder HolderOf(RoomTokenGrant grant) => new(grant.Person, [TokenOf(grant)]) { AccountId = grant.AccountId };

    private static RoomToken TokenOf(RoomTokenGrant grant) => new(grant.Hash, grant.ExpiresAt);

    private static RoomHolder WithToken(RoomHolder? holder, RoomTokenIssued e)
    {
        var kept = holder?.Tokens.RemoveAll(token => token.Hash == e.DroppedTokenHash || token.ExpiresAt <= e.At) ?? [];
        return new RoomHolder(e.Token.Person, kept.Add(TokenOf(e.Token))) { AccountId = e.Token.AccountId ?? holder?.AccountId };
    }

    private static RoomState ChangeHolder(RoomState state, string? userId, Func<RoomHolder?, RoomHolder> change) => userId is null
        ? state with { SeatlessAdmin = change(state.SeatlessAdmin) }
        : Change(state, userId, member => member with { Holder = change(member.Holder) });

    private static RoomState Change(RoomState state, string userId, Func<RoomPerson, RoomPerson> change)
    {
        for (var place = 0; place < state.Members.Length; place++)
        {
            if (state.Members[place].Seat.UserId == userId)
            {
                return state with { Members = state.Members.SetItem(place, change(state.Members[place])) };
            }
        }

        throw new UnreachableException($"An event names {userId}, who is not in the room.");
    }
}
