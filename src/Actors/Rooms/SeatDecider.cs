using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>Creating and joining, seats and tokens.</summary>
internal static class SeatDecider
{
    internal static RoomOutcome Create(RoomTurn turn, CreateRoom c)
    {
        if (turn.State.Seq > 0)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.RoomExists);
        }

        if (ErrorIn(c) is { } error)
        {
            return RoomOutcome.Refuse(error)!;
        }

        List<RoomSeat> seats = [.. c.Members.Select(RoomInput.Clean)];
        if (seats.DistinctBy(seat => seat.UserId, StringComparer.Ordinal).Count() < seats.Count)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.UserIdTaken, "members");
        }

        if (seats.DistinctBy(seat => TextRules.KeyOf(seat.Name), StringComparer.OrdinalIgnoreCase).Count() < seats.Count)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.NameTaken, "members");
        }

        turn.Raise(new RoomCreated(c.At, c.Code, TextRules.Clean(c.Name), seats, c.Settings, c.Token));
        return RoomOutcome.Say(state => new RoomEntered(RoomViews.Of(state), seats.Count == 0 ? null : seats[0].UserId, HasToken: true));
    }

    internal static RoomOutcome Join(RoomTurn turn, JoinRoom c)
    {
        if (RoomInput.Validate(c.Seat) is { } error)
        {
            return RoomOutcome.Refuse(error)!;
        }

        var seat = RoomInput.Clean(c.Seat);
        var isOpen = c.Actor is null;
        RoomCaller? caller = null;
        if (c.Actor is { TokenHash: not null } actor)
        {
            RoomAccess.TryRecognise(turn.State, actor, c.At, out caller);
        }

        var member = turn.State.Find(seat.UserId);
        if (member is not null && (isOpen || caller?.UserId == seat.UserId))
        {
            return Entered(seat.UserId, hasToken: false);
        }

        if (member is { Holder: not null })
        {
            return RoomOutcome.Refuse(RoomErrorCodes.UserIdTaken, "user_id");
        }

        if (member is null && RefusalToSeat(turn.State, seat) is { } refusal)
        {
            return refusal;
        }

        // Somebody must lead: the holder of the room's own token, or the first to come where nobody is left who does.
        var isAdmin = !turn.State.Admins.Contains(seat.UserId) && (caller is { UserId: null } || IsLeaderless(turn.State));
        turn.Raise(member is null
            ? new MemberJoined(c.At, seat, isAdmin, c.Token)
            : new SeatClaimed(c.At, member.Seat, isAdmin, c.Token));
        return Entered(seat.UserId, hasToken: true);
    }

    internal static RoomOutcome List(RoomTurn turn, AddMember c, RoomCaller caller)
    {
        if (RoomInput.Validate(c.Seat) is { } error)
        {
            return RoomOutcome.Refuse(error)!;
        }

        var seat = RoomInput.Clean(c.Seat);
        if (turn.State.Find(seat.UserId) is null)
        {
            if (RefusalToSeat(turn.State, seat) is { } refusal)
            {
                return refusal;
            }

            if (IsLeaderless(turn.State))
            {
                turn.Raise(new MemberListed(c.At, seat, caller.UserId));
                turn.Raise(new AdminGranted(c.At, seat.UserId, seat.Name, caller.UserId, caller.Name));
            }
            else
            {
                turn.Raise(new MemberListed(c.At, seat, caller.UserId));
            }
        }

        return RoomOutcome.Say(state => new RoomChanged(RoomViews.Of(state)));
    }

    internal static RoomOutcome Update(RoomTurn turn, UpdateMember c, RoomCaller caller)
    {
        if (RoomInput.Validate(c.Seat) is { } error)
        {
            return RoomOutcome.Refuse(error)!;
        }

        var seat = RoomInput.Clean(c.Seat);
        if (!caller.IsAdmin && caller.UserId != seat.UserId)
        {
            return RoomOutcome.RefuseSaying(RoomErrorCodes.SelfOrAdminOnly, "Only the member or a room admin can change a member");
        }

        if (turn.State.Find(seat.UserId) is not { } member)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.MemberNotFound);
        }

        if (IsNameTaken(turn.State, seat))
        {
            return RoomOutcome.Refuse(RoomErrorCodes.NameTaken, "name");
        }

        if (member.Seat != seat)
        {
            turn.Raise(new MemberUpdated(c.At, seat, member.Holder is not null, caller.UserId));
        }

        return RoomOutcome.Say(state => new RoomChanged(RoomViews.Of(state)));
    }

    internal static RoomOutcome Issue(RoomTurn turn, IssueRoomToken c)
    {
        if (c.Actor is { } actor
            && (!RoomAccess.TryRecognise(turn.State, actor, c.At, out var caller) || (!caller.IsOpen && caller.UserId != c.UserId)))
        {
            return RoomOutcome.Refuse(RoomErrorCodes.InvalidToken);
        }

        var holder = c.UserId is null ? turn.State.SeatlessAdmin : turn.State.Find(c.UserId)?.Holder;
        if (holder is null)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.MemberNotFound);
        }

        // The seat stays the person's that has it, whoever the caller of this says they are.
        var kept = holder.Tokens.RemoveAll(token => token.ExpiresAt <= c.At);
        var dropped = kept.Length >= RoomLimits.TokensPerMemberMax ? kept[0].Hash : null;
        turn.Raise(new RoomTokenIssued(c.At, c.UserId, c.Token with { Person = holder.Person }, dropped));
        return RoomOutcome.Done;
    }

    internal static RoomOutcome Revoke(RoomTurn turn, RevokeRoomToken c)
    {
        var holder = c.Actor.UserId is { } userId ? turn.State.Find(userId)?.Holder : turn.State.SeatlessAdmin;
        if (c.Actor.TokenHash is { } hash && holder is not null)
        {
            turn.Raise(new RoomTokenRevoked(c.At, c.Actor.UserId, hash, holder.Tokens.Length == 1));
        }

        return RoomOutcome.Done;
    }

    private static InputError? ErrorIn(CreateRoom c)
    {
        var error = RoomInput.ValidateRoomName(c.Name) ?? RoomInput.Validate(c.Settings, "settings.");
        if (error is null && c.Members.Count > RoomLimits.CreationMembersMax)
        {
            error = new InputError(RoomErrorCodes.MembersTooMany, RoomErrors.TextOf(RoomErrorCodes.MembersTooMany), "members");
        }

        return error
            ?? c.Members.Select((seat, place) => RoomInput.Validate(seat, $"members[{place}].")).FirstOrDefault(e => e is not null);
    }

    private static RoomOutcome? RefusalToSeat(RoomState state, RoomSeat seat)
    {
        if (state.Members.Length >= RoomLimits.MembersMax)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.RoomFull);
        }

        return IsNameTaken(state, seat) ? RoomOutcome.Refuse(RoomErrorCodes.NameTaken, "name") : null;
    }

    private static bool IsNameTaken(RoomState state, RoomSeat seat)
    {
        var key = TextRules.KeyOf(seat.Name);
        return state.Members.Any(
            member => member.Seat.UserId != seat.UserId && string.Equals(member.NameKey, key, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsLeaderless(RoomState state) => state.Admins.IsEmpty && state.SeatlessAdmin is null;

    private static RoomOutcome Entered(string userId, bool hasToken) =>
        RoomOutcome.Say(state => new RoomEntered(RoomViews.Of(state), userId, hasToken));
}
