using System.Diagnostics.CodeAnalysis;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>Somebody whom the room has recognised.</summary>
/// <param name="UserId">The user id; null for the admin without a seat, and where an open room's request names nobody.</param>
/// <param name="Name">The member's name; null for who is no member.</param>
/// <param name="IsAdmin">Whether they may do what admins may.</param>
/// <param name="IsOpen">Whether the room is open, so that the request may name anybody as the one who acts.</param>
internal sealed record RoomCaller(string? UserId, string? Name, bool IsAdmin, bool IsOpen);

/// <summary>Who may act in a room.</summary>
internal static class RoomAccess
{
    /// <summary>Recognises whoever acts.</summary>
    /// <param name="state">The state.</param>
    /// <param name="actor">Who claims to act.</param>
    /// <param name="at">The time of the call.</param>
    /// <param name="caller">Who acts.</param>
    /// <returns>False when the token does not hold.</returns>
    internal static bool TryRecognise(RoomState state, RoomActor actor, DateTimeOffset at, [NotNullWhen(true)] out RoomCaller? caller)
    {
        var member = actor.UserId is { } userId ? state.Find(userId) : null;
        if (actor.TokenHash is not { } hash)
        {
            // An open room: admins are asked for only where the request names somebody.
            var mayAll = actor.UserId is null || state.Admins.Contains(actor.UserId);
            caller = new RoomCaller(actor.UserId, member?.Seat.Name, mayAll, IsOpen: true);
            return true;
        }

        var holder = actor.UserId is null ? state.SeatlessAdmin : member?.Holder;
        caller = TokenOf(holder, hash, at) is null
            ? null
            : new RoomCaller(actor.UserId, member?.Seat.Name, member is null || state.Admins.Contains(member.Seat.UserId), IsOpen: false);
        return caller is not null;
    }

    /// <summary>Whose token it is.</summary>
    /// <param name="state">The state.</param>
    /// <param name="hash">The hash of what was presented.</param>
    /// <param name="at">The time of the call.</param>
    /// <returns>The holder, or null when the token does not hold.</returns>
    internal static RoomMember? FindHolder(RoomState state, string hash, DateTimeOffset at)
    {
        foreach (var member in state.Members)
        {
            if (TokenOf(member.Holder, hash, at) is { } token)
            {
                var userId = member.Seat.UserId;
                return new RoomMember(
                    userId, member.Seat.Name, state.Admins.Contains(userId), member.Holder!.Person, token.ExpiresAt);
            }
        }

        return TokenOf(state.SeatlessAdmin, hash, at) is { } own
            ? new RoomMember(null, null, IsAdmin: true, state.SeatlessAdmin!.Person, own.ExpiresAt)
            : null;
    }

    /// <summary>Whether somebody may act as the user whom the request names.</summary>
    /// <param name="caller">Who acts.</param>
    /// <param name="userId">The user whom the request names.</param>
    /// <param name="field">Where the request names them.</param>
    /// <returns>Why not, or null when they may.</returns>
    internal static RoomOutcome? ActAs(RoomCaller caller, string userId, string field)
    {
        if (caller.IsOpen)
        {
            return RoomOutcome.Refuse(RoomInput.ValidateUserId(userId, field));
        }

        if (caller.UserId is null)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.SeatRequired);
        }

        return caller.UserId == userId ? null : RoomOutcome.Refuse(RoomErrorCodes.ActingUserMismatch, field);
    }

    /// <summary>Whether somebody may do what admins may.</summary>
    /// <param name="caller">Who acts.</param>
    /// <param name="what">What that is, as in "Only room admins can delete the room".</param>
    /// <returns>Why not, or null when they may.</returns>
    internal static RoomOutcome? AsAdmin(RoomCaller caller, string what) =>
        caller.IsAdmin ? null : RoomOutcome.RefuseSaying(RoomErrorCodes.AdminOnly, $"Only room admins can {what}");

    /// <summary>Finds a token that holds.</summary>
    /// <param name="holder">Who presents it.</param>
    /// <param name="hash">The hash of what was presented.</param>
    /// <param name="at">The time of the call.</param>
    /// <returns>The token, or null.</returns>
    private static RoomToken? TokenOf(RoomHolder? holder, string hash, DateTimeOffset at)
    {
        if (holder is not null)
        {
            foreach (var token in holder.Tokens)
            {
                if (token.Hash == hash && token.ExpiresAt > at)
                {
                    return token;
                }
            }
        }

        return null;
    }
}
