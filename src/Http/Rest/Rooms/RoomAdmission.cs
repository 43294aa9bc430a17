using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Http.Rest.Input;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>
/// Creating, joining and looking up rooms: open to everybody, limited per client. With a key, a retry meets the same room and the same
/// seat, and gets a fresh token.
/// </summary>
internal sealed class RoomAdmission(RoomDoor door, AccountDoor accounts, CallRate rates, HttpOptions options, TimeProvider time)
{
    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create(RoomLimits.CodeAlphabet);
    private static readonly InputFields NoQuery = new(default, new FaultList());

    /// <summary>Creates a room.</summary>
    /// <param name="context">The request.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (room, fingerprint, error) = await ReadAsync(context, CallKind.Create, static inputs => inputs.NewRoom());
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        var (key, keyError) = IdempotencyKey.Read(context.Request, "create room");
        var (person, unknown) = keyError is null ? await door.FindPersonAsync(Bearer.FromHeader(context.Request)) : default;
        var (account, notKnown) = await accounts.FindLinkedAsync(context.Request);
        if ((keyError ?? unknown ?? notKnown) is { } refused)
        {
            return new ProblemResult(refused);
        }

        var roomId = RoomIds.Room(Number(key?.Derive("room")));
        var (code, taken) = await ClaimCodeAsync(roomId, key);
        if (code is null)
        {
            return new ProblemResult(taken!);
        }

        var token = NewToken(roomId, person, account, key);
        var command = new CreateRoom(time.GetUtcNow(), code, room.Name, room.Members, room.Settings, token.Grant)
        {
            Fingerprint = key is null ? null : fingerprint,
        };
        var result = await door.Room(roomId).AskAsync(command, key?.CommandId);
        if (result.Outcome == AskOutcome.Replied)
        {
            context.Response.Headers.Location = $"/api/rooms/{roomId}";
        }

        return await AdmitAsync(context, roomId, result, token, key, command.Fingerprint, StatusCodes.Status201Created);
    }

    /// <summary>Joins a room.</summary>
    /// <param name="codeText">The room's code, in any case.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> JoinAsync(string codeText, HttpContext context)
    {
        var (seat, fingerprint, error) = await ReadAsync(context, CallKind.Join, static inputs => inputs.Seat());
        var (roomId, _, lost) = error is null ? await FindAsync(codeText) : default;
        if (roomId is null)
        {
            return new ProblemResult((error ?? lost)!);
        }

        var (key, keyError) = IdempotencyKey.Read(context.Request, $"join room {roomId}");
        var (actor, person, unknown) = keyError is null ? await KnownAsync(context, roomId) : default;
        var (account, notKnown) = await accounts.FindLinkedAsync(context.Request);
        if ((keyError ?? unknown ?? notKnown) is { } refused)
        {
            return new ProblemResult(refused);
        }

        var token = NewToken(roomId, person, account, key);
        var command = new JoinRoom(time.GetUtcNow(), actor, seat!, token.Grant) { Fingerprint = key is null ? null : fingerprint };
        var result = await door.Room(roomId).AskAsync(command, key?.CommandId);
        return await AdmitAsync(context, roomId, result, token, key, command.Fingerprint, StatusCodes.Status200OK);
    }

    /// <summary>Shows a room to whoever knows its code.</summary>
    /// <param name="codeText">The code, in any case.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, 304 or the error.</returns>
    public async Task<IResult> ShowAsync(string codeText, HttpContext context)
    {
        if (rates.Check(context, CallKind.Read) is { } limited)
        {
            return new ProblemResult(limited);
        }

        var (roomId, room, lost) = await FindAsync(codeText);
        if (roomId is null)
        {
            return new ProblemResult(lost!);
        }

        var result = await room.QueryAsync(new GetRoom());
        if (RoomAnswer.Failure(result) is { } failure)
        {
            return new ProblemResult(failure);
        }

        return EntityTag.IsKnown(context, result.Seq)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : RoomAnswer.Room(context, result);
    }

    private static ulong Number(Guid? derived)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (derived is not { } id || !id.TryWriteBytes(bytes, bigEndian: true, out _))
        {
            RandomNumberGenerator.Fill(bytes);
        }

        // The first half of a derived id has its version in it: the halves together have no fixed bits left.
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), 29);
    }

    private static string CodeOf(ulong number)
    {
        Span<char> code = stackalloc char[RoomLimits.CodeLength];
        foreach (ref var character in code)
        {
            character = RoomLimits.CodeAlphabet[(int)(number % (ulong)RoomLimits.CodeAlphabet.Length)];
            number /= (ulong)RoomLimits.CodeAlphabet.Length;
        }

        return code.ToString();
    }

    private async ValueTask<(T Value, string? Fingerprint, ApiError? Error)> ReadAsync<T>(
        HttpContext context, CallKind kind, Func<RoomInputs, T> read)
    {
        if (rates.Check(context, kind) is { } limited)
        {
            return (default!, null, limited);
        }

        var faults = new FaultList();
        var (body, bytes, error) = await InputSource.ReadBodyAsync(context, options.BodyMaxBytes, faults);
        if (body is null)
        {
            return (default!, null, error);
        }

        var value = read(new RoomInputs(body, NoQuery, options.Rooms));
        return (value, IdempotencyKey.Fingerprint(context.Request, bytes.Span), faults.ToError());
    }

    private ValueTask<(string? Code, ApiError? Error)> ClaimCodeAsync(string roomId, IdempotencyKey? key) =>
        CodeClaim.MakeAsync(
            draw => CodeOf(Number(key?.Derive($"code {draw}"))),
            door.Code,
            () => new ClaimRoomCode(time.GetUtcNow(), roomId),
            RoomErrorCodes.CodeTaken);

    private async ValueTask<(string? RoomId, EntityRef Room, ApiError? Error)> FindAsync(string codeText)
    {
        var code = codeText.ToUpperInvariant();
        if (code.Length != RoomLimits.CodeLength || code.AsSpan().ContainsAnyExcept(CodeCharacters))
        {
            return (null, default, ApiError.Of(RoomErrorCodes.RoomNotFound));
        }

        var result = await door.Code(code).QueryAsync(new FindRoomByCode());
        return result is { Outcome: AskOutcome.Replied, Reply: RoomCodeOwner owner }
            ? (owner.OwnerId, door.Room(owner.OwnerId), null)
            : (null, default, ApiError.From(result));
    }

    // Who joins: a token of this room says whose seat they have, one of any room which person they are. One that has ended says nothing.
    private async ValueTask<(RoomActor? Actor, string? Person, ApiError? Error)> KnownAsync(HttpContext context, string roomId)
    {
        var token = Bearer.FromHeader(context.Request);
        if (door.IsOpen || token is null || !RoomToken.TryFindRoom(token, out var tokenRoom) || tokenRoom != roomId)
        {
            var (person, unknown) = await door.FindPersonAsync(token);
            return (door.IsOpen ? null : new RoomActor(null, null), person, unknown);
        }

        var (caller, error) = await door.RecogniseAsync(roomId, token, null);
        return caller?.Member is { } member ? (caller.Actor, member.Person, null)
            : (new RoomActor(null, null), null, error!.Status < StatusCodes.Status500InternalServerError ? null : error);
    }

    // All seats of one account are one person's.
    private FreshRoomToken NewToken(string roomId, string? person, AccountCaller? account, IdempotencyKey? key) => FreshRoomToken.Make(
        roomId,
        (account is null ? person : OpeningIds.Part(account.UserId, "person").ToString("N")) ?? key?.Derive("person").ToString("N"),
        time.GetUtcNow() + options.Rooms.TokenLifetime,
        account?.UserId);

    private async Task<IResult> AdmitAsync(
        HttpContext context, string roomId, AskResult result, FreshRoomToken token, IdempotencyKey? key, string? fingerprint, int status)
    {
        if (RoomAnswer.Failure(result, fingerprint) is { } failure)
        {
            return new ProblemResult(failure);
        }

        var entered = (RoomEntered)result.Reply!;
        var now = entered.Room;
        if (key is not null && entered.HasToken)
        {
            var room = door.Room(roomId);
            var held = await token.EnsureAsync(room, entered.UserId, null, result.Seq, time);
            if (held is { Outcome: AskOutcome.Replied, Reply: RoomDone })
            {
                held = await room.QueryAsync(new GetRoom(), held.Seq);
                now = held.Reply as RoomView ?? now;
            }

            if (held.Outcome != AskOutcome.Replied)
            {
                return new ProblemResult(ApiError.From(held));
            }
        }

        EntityTag.Set(context, now.Seq);
        var body = new RoomAdmittedBody(
            now.Id,
            now.Name,
            now.Code,
            now.Members,
            now.Admins,
            now.Settings,
            now.CreatedAt,
            now.Seq,
            entered.UserId,
            entered.HasToken ? token.Text : null,
            entered.HasToken ? token.Grant.ExpiresAt : null);
        return TypedResults.Json(body, RoomHttpJson.Wire.RoomAdmittedBody, statusCode: status);
    }
}
