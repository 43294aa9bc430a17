using System.Diagnostics.CodeAnalysis;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Http.Identity;

/// <summary>Somebody a room has recognised or, where rooms are open, whoever the request names.</summary>
/// <param name="RoomId">The room's id.</param>
/// <param name="Room">The room.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Member">What the room says about them; null where rooms are open, and when the token no longer holds and only a
/// repeated command is let through.</param>
internal sealed record RoomCaller(string RoomId, EntityRef Room, RoomActor Actor, RoomMember? Member);

/// <summary>Checks who wants something of a room. The same rules for REST, sockets and streams.</summary>
internal sealed class RoomDoor(IEntityRegions regions, HttpOptions options, TimeProvider time)
{
    /// <summary>Whether the server asks for no tokens: the acting user is whoever the request names.</summary>
    public bool IsOpen => options.Rooms.Access == RoomAccess.Open;

    /// <summary>A room by an id that was asked for.</summary>
    /// <param name="text">The id as sent, in any case: the room's own, or that of something in it.</param>
    /// <param name="id">The id as it is stored.</param>
    /// <param name="room">The room it belongs to, whether it exists or not.</param>
    /// <returns>False when it is no id.</returns>
    public bool TryFind(string? text, [NotNullWhen(true)] out string? id, out EntityRef room)
    {
        room = RoomIds.TryParse(text, out id, out var roomId) ? Room(roomId) : default;
        return id is not null;
    }

    /// <summary>A room by its id.</summary>
    /// <param name="roomId">The id as it is stored.</param>
    /// <returns>The room, whether it exists or not.</returns>
    public EntityRef Room(string roomId) => new(regions[RoomAddress.Kind], roomId);

    /// <summary>A room's code.</summary>
    /// <param name="code">The code in any case.</param>
    /// <returns>The code's entity, whether it is claimed or not.</returns>
    public EntityRef Code(string code) => new(regions[RoomAddress.CodeKind], code.ToUpperInvariant());

    /// <summary>
    /// Recognises the holder of a token. Where rooms are open nobody is asked for one, and the acting user is the one that is named.
    /// </summary>
    /// <param name="roomIdText">The room asked for, or something in it.</param>
    /// <param name="token">The token, or null when there is none.</param>
    /// <param name="actingUser">Whom the request names as the one who acts; null when it names nobody.</param>
    /// <param name="field">Where it names them.</param>
    /// <param name="hash">The token's hash, when the caller has it already.</param>
    /// <returns>
    /// Who it is, or the error. With an error about the token the caller is there as well, for commands that are repeated with a key.
    /// </returns>
    public async ValueTask<(RoomCaller? Caller, ApiError? Error)> RecogniseAsync(
        string? roomIdText, string? token, string? actingUser, string field = "user_id", string? hash = null)
    {
        actingUser = actingUser is null ? null : TextRules.Clean(actingUser);
        if (IsOpen)
        {
            return TryFind(roomIdText, out _, out var open)
                ? (new RoomCaller(open.Id, open, new RoomActor(actingUser, null), null), null)
                : (null, ApiError.Of(RoomErrorCodes.InvalidRoomId, field: "room_id"));
        }

        var (caller, error) = await RecogniseHolderAsync(roomIdText, token, hash);
        if (caller is { Member: null })
        {
            return (caller with { Actor = caller.Actor with { UserId = actingUser } }, error);
        }

        return caller is null || actingUser is null || actingUser == caller.Actor.UserId
            ? (caller, error)
            : (null, ApiError.Of(RoomErrorCodes.ActingUserMismatch, $"{field} must be the member whose token this is.", field));
    }

    /// <summary>Recognises the holder of a token, whether rooms are open or not.</summary>
    /// <param name="roomIdText">The room asked for, or something in it.</param>
    /// <param name="token">The token, or null when there is none.</param>
    /// <param name="hash">The token's hash, when the caller has it already.</param>
    /// <returns>Who it is, or the error, with the caller when it is about the token.</returns>
    public async ValueTask<(RoomCaller? Caller, ApiError? Error)> RecogniseHolderAsync(
        string? roomIdText, string? token, string? hash = null)
    {
        if (token is null)
        {
            return (null, ApiError.Of(RoomErrorCodes.TokenRequired));
        }

        if (!RoomToken.TryFindRoom(token, out var tokenRoom))
        {
            return (null, ApiError.Of(RoomErrorCodes.InvalidToken));
        }

        if (!TryFind(roomIdText, out _, out var room))
        {
            return (null, ApiError.Of(RoomErrorCodes.InvalidRoomId, field: "room_id"));
        }

        if (tokenRoom != room.Id)
        {
            return (null, ApiError.Of(RoomErrorCodes.WrongRoom));
        }

        hash ??= TokenHash.Of(token);
        var result = await room.QueryAsync(new AuthenticateRoomCaller(hash, time.GetUtcNow()));
        return result is { Outcome: AskOutcome.Replied, Reply: RoomMember member }
            ? (new RoomCaller(room.Id, room, new RoomActor(member.UserId, hash), member), null)
            : (new RoomCaller(room.Id, room, new RoomActor(null, hash), null), ApiError.From(result));
    }

    /// <summary>Finds out what links the seats of whoever shows a token, of whatever room it is.</summary>
    /// <param name="token">The token, or null when there is none.</param>
    /// <param name="hash">The token's hash, when the caller has it already.</param>
    /// <returns>The person, or null when no room recognises the token now; and the error of a room that cannot be asked.</returns>
    public async ValueTask<(string? Person, ApiError? Error)> FindPersonAsync(string? token, string? hash = null)
    {
        if (token is null || !RoomToken.TryFindRoom(token, out var roomId))
        {
            return (null, null);
        }

        var result = await Room(roomId).QueryAsync(new AuthenticateRoomCaller(hash ?? TokenHash.Of(token), time.GetUtcNow()));
        return result.Outcome switch
        {
            AskOutcome.Replied => (((RoomMember)result.Reply!).Person, null),
            AskOutcome.Rejected => (null, null),
            _ => (null, ApiError.From(result)),
        };
    }
}
