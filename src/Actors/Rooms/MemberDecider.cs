using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>Who leads, who goes, who is there, and what the room is called.</summary>
internal static class MemberDecider
{
    internal static RoomOutcome Remove(RoomTurn turn, RemoveMember c, RoomCaller caller)
    {
        if (!caller.IsAdmin && caller.UserId != c.UserId)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.SelfOrAdminOnly);
        }

        if (turn.State.Find(c.UserId) is null)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.MemberNotFound);
        }

        if (LeavesNoAdmin(turn.State, c.UserId))
        {
            return RoomOutcome.Refuse(RoomErrorCodes.LastAdmin);
        }

        Go(turn, c.UserId, caller.UserId, c.At);
        return RoomOutcome.Say(state => new RoomChanged(RoomViews.Of(state)));
    }

    internal static RoomOutcome Leave(RoomTurn turn, LeaveRoom c, RoomCaller caller)
    {
        if (RoomAccess.ActAs(caller, c.UserId, "user_id") is { } refusal)
        {
            return refusal;
        }

        if (turn.State.Find(c.UserId) is { } member)
        {
            if (c.NewAdminUserId is { } next && turn.State.Admins.Contains(c.UserId))
            {
                if (RefusalToTransfer(turn.State, c.UserId, next) is { } cannot)
                {
                    return cannot;
                }

                if (!turn.State.Admins.Contains(next))
                {
                    turn.Raise(new AdminGranted(c.At, next, turn.State.Find(next)!.Seat.Name, c.UserId, member.Seat.Name));
                }
            }
            else if (LeavesNoAdmin(turn.State, c.UserId))
            {
                return RoomOutcome.Refuse(RoomErrorCodes.LastAdmin, "new_admin_user_id");
            }

            Go(turn, c.UserId, c.UserId, c.At);
        }

        return RoomOutcome.Say(state => new RoomChanged(RoomViews.Of(state)));
    }

    internal static RoomOutcome Grant(RoomTurn turn, GrantAdmin c, RoomCaller caller)
    {
        if (RoomAccess.AsAdmin(caller, "grant admin privileges") is { } refusal)
        {
            return refusal;
        }

        if (turn.State.Find(c.UserId) is not { } member)
        {
            return RoomOutcome.RefuseSaying(RoomErrorCodes.MemberNotFound, "Room or target member not found");
        }

        if (!turn.State.Admins.Contains(c.UserId))
        {
            turn.Raise(new AdminGranted(c.At, c.UserId, member.Seat.Name, caller.UserId, caller.Name));
        }

        return RoomOutcome.Say(state => new RoomChanged(RoomViews.Of(state)));
    }

    internal static RoomOutcome Free(RoomTurn turn, FreeSeat c, RoomCaller caller)
    {
        if (RoomAccess.AsAdmin(caller, "free a seat") is { } refusal)
        {
            return refusal;
        }

        if (turn.State.Find(c.UserId) is not { } member)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.MemberNotFound);
        }

        if (turn.State.SeatlessAdmin is null && turn.State.Admins is [var last] && last == c.UserId)
        {
            return RoomOutcome.RefuseSaying(RoomErrorCodes.LastAdmin, "The seat of the last admin cannot be freed");
        }

        if (member.Holder is not null)
        {
            // The seat may be taken by whoever knows the room's code: that alone makes nobody an admin.
            Disconnect(turn, c.UserId, c.At);
            turn.Raise(new SeatFreed(c.At, member.Seat, caller.UserId, turn.State.Admins.Contains(c.UserId)));
        }

        return RoomOutcome.Say(state => new RoomChanged(RoomViews.Of(state)));
    }

    internal static RoomOutcome UpdateRoom(RoomTurn turn, UpdateRoom c, RoomCaller caller)
    {
        if (RoomAccess.AsAdmin(caller, "change the room") is { } refusal)
        {
            return refusal;
        }

        var error = (c.Name is null ? null : RoomInput.ValidateRoomName(c.Name))
            ?? (c.Settings is null ? null : RoomInput.Validate(c.Settings, "settings."));
        if (error is not null)
        {
            return RoomOutcome.Refuse(error)!;
        }

        var name = c.Name is null ? turn.State.Name : TextRules.Clean(c.Name);
        var settings = c.Settings ?? turn.State.Settings;
        if (name != turn.State.Name || settings != turn.State.Settings)
        {
            turn.Raise(new RoomUpdated(c.At, name, settings, caller.UserId));
        }

        return RoomOutcome.Say(state => new RoomChanged(RoomViews.Of(state)));
    }

    internal static RoomOutcome Delete(RoomTurn turn, DeleteRoom c, RoomCaller caller)
    {
        if (RoomAccess.AsAdmin(caller, "delete the room") is { } refusal)
        {
            return refusal;
        }

        var members = turn.State.Members.Select(member => member.Seat.UserId);
        var pending = turn.State.Active.Concat(turn.State.Watched)
            .Where(row => row.Value.Facts.Enrichment == EnrichmentStatus.Pending)
            .Select(row => row.Value.Facts.Id);
        turn.Raise(new RoomDeleted(c.At, [.. members], [.. pending], caller.UserId));
        return RoomOutcome.Done;
    }

    internal static RoomOutcome SetPresence(RoomTurn turn, SetRoomPresence c)
    {
        if (!c.Connected)
        {
            Disconnect(turn, c.UserId, c.At);
        }
        else if (!turn.State.Present.Contains(c.UserId))
        {
            turn.Raise(new MemberConnected(c.At, c.UserId, turn.State.Find(c.UserId)?.Seat.Name));
        }

        return RoomOutcome.Done;
    }

    private static void Go(RoomTurn turn, string userId, string? by, DateTimeOffset at)
    {
        Disconnect(turn, userId, at);
        turn.Raise(new MemberRemoved(at, userId, by));
    }

    private static void Disconnect(RoomTurn turn, string userId, DateTimeOffset at)
    {
        if (turn.State.Present.Contains(userId))
        {
            turn.Raise(new MemberDisconnected(at, userId, turn.State.Find(userId)?.Seat.Name));
        }
    }

    private static RoomOutcome? RefusalToTransfer(RoomState state, string from, string to)
    {
        if (from == to)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.TransferToSelf, "new_admin_user_id");
        }

        return state.Find(to) is null ? RoomOutcome.Refuse(RoomErrorCodes.NewAdminNotMember, "new_admin_user_id") : null;
    }

    /// <summary>Whether others would stay behind with nobody who leads.</summary>
    private static bool LeavesNoAdmin(RoomState state, string userId) =>
        state.SeatlessAdmin is null && state.Members.Length > 1 && state.Admins is [var last] && last == userId;
}
