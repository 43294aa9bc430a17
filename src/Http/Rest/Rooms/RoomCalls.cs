using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Http.Rest.Input;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>The path every call on a room takes: limit, read, recognise, ask, answer.</summary>
internal sealed class RoomCalls(RoomDoor door, CallRate rates, HttpOptions options, TimeProvider time)
{
    private static readonly InputFields NoBody = new(default, new FaultList());

    /// <summary>Carries out a command that comes without a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="read">Reads the inputs.</param>
    /// <param name="answer">Answers a success.</param>
    /// <returns>The answer.</returns>
    public Task<IResult> CommandAsync(
        HttpContext context, Func<RoomInputs, RoomOrder> read, Func<HttpContext, AskResult, IResult> answer) =>
        RunAsync(context, false, read, answer);

    /// <summary>Carries out a command that is made of a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="read">Reads the inputs.</param>
    /// <param name="answer">Answers a success.</param>
    /// <returns>The answer.</returns>
    public Task<IResult> BodyCommandAsync(
        HttpContext context, Func<RoomInputs, RoomOrder> read, Func<HttpContext, AskResult, IResult> answer) =>
        RunAsync(context, true, read, answer);

    /// <summary>Asks a question as a member.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="query">Makes the question from the inputs, who asks, the time and the target's id.</param>
    /// <param name="answer">Answers a success.</param>
    /// <returns>The answer.</returns>
    public async Task<IResult> QueryAsync(
        HttpContext context,
        RoomTarget target,
        Func<RoomInputs, RoomActor, DateTimeOffset, string, RoomQuery> query,
        Func<HttpContext, AskResult, IResult> answer)
    {
        var (caller, inputs, faults, error) = await OpenAsync(context, target);
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        _ = RoomIds.TryParse(target.Text, out var id, out _);
        var question = query(inputs!, caller!.Actor, time.GetUtcNow(), id!);
        if (faults!.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var result = await caller.Room.QueryAsync(question);
        return result.Outcome != AskOutcome.Replied
            ? new ProblemResult(RoomAnswer.Failure(result)!)
            : EntityTag.IsKnown(context, result.Seq) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : answer(context, result);
    }

    /// <summary>Recognises whoever asks a question.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">What it is about.</param>
    /// <returns>Who it is, the inputs and what is wrong with them as far as they are read; or the error.</returns>
    public async ValueTask<(RoomCaller? Caller, RoomInputs? Inputs, FaultList? Faults, ApiError? Error)> OpenAsync(
        HttpContext context, RoomTarget target)
    {
        var (hash, refused) = Admit(context);
        if (refused is not null)
        {
            return (null, null, null, refused);
        }

        var faults = new FaultList();
        var inputs = new RoomInputs(NoBody, InputSource.ReadQuery(context.Request, faults), options.Rooms);
        var (caller, _, error) = await RecogniseAsync(context, hash, target, inputs.ActingUserOfQuery(), "acting_user_id");
        return (caller, inputs, faults, error);
    }

    private async Task<IResult> RunAsync(
        HttpContext context, bool hasBody, Func<RoomInputs, RoomOrder> read, Func<HttpContext, AskResult, IResult> answer)
    {
        var (hash, refused) = Admit(context);
        if (refused is not null)
        {
            return new ProblemResult(refused);
        }

        var faults = new FaultList();
        var (body, bytes) = (NoBody, ReadOnlyMemory<byte>.Empty);
        if (hasBody)
        {
            // The id of the room, or of something in it, may be in the body: only then the room can say whose token it is.
            (var fields, bytes, var unreadable) = await InputSource.ReadBodyAsync(context, options.BodyMaxBytes, faults);
            if (fields is null)
            {
                return new ProblemResult(unreadable!);
            }

            body = fields;
        }

        var order = read(new RoomInputs(body, InputSource.ReadQuery(context.Request, faults), options.Rooms));
        if ((faults.ToError() ?? order.Refusal) is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (caller, id, error) = await RecogniseAsync(context, hash, order.Target, order.ActingUser, order.ActingField);
        if (caller is null)
        {
            return new ProblemResult(error!);
        }

        var (key, keyError) = IdempotencyKey.Read(context.Request, caller.Actor.TokenHash ?? $"room {caller.RoomId}");
        if (keyError is not null || (error is not null && (key is null || !MayHaveEnded(error))))
        {
            return new ProblemResult(error ?? keyError!);
        }

        if (order.NeedsSeat && caller is { Member: not null, Actor.UserId: null })
        {
            return new ProblemResult(ApiError.Of(RoomErrorCodes.SeatRequired));
        }

        var fingerprint = key is null ? null : IdempotencyKey.Fingerprint(context.Request, bytes.Span);
        var command = order.Make(time.GetUtcNow(), caller.Actor, id!) with { Fingerprint = fingerprint };
        var result = await caller.Room.AskAsync(command, key?.CommandId);
        return RoomAnswer.Failure(result, fingerprint) is { } failure ? new ProblemResult(failure) : answer(context, result);
    }

    // Only a repeated command may pass without a valid token: what it did may have ended the token or the room.
    private static bool MayHaveEnded(ApiError error) => error.Code is RoomErrorCodes.InvalidToken or RoomErrorCodes.RoomNotFound;

    // What can be said without asking a room; nobody has a body read for nothing.
    private (string? TokenHash, ApiError? Error) Admit(HttpContext context)
    {
        if (door.IsOpen)
        {
            return (null, rates.Check(context, CallKind.Token));
        }

        if (Bearer.FromHeader(context.Request) is not { } token)
        {
            return (null, ApiError.Of(RoomErrorCodes.TokenRequired));
        }

        if (!RoomToken.TryFindRoom(token, out _))
        {
            return (null, ApiError.Of(RoomErrorCodes.InvalidToken));
        }

        var hash = TokenHash.Of(token);
        return (hash, rates.Check(context, CallKind.Token, hash));
    }

    private async ValueTask<(RoomCaller? Caller, string? Id, ApiError? Error)> RecogniseAsync(
        HttpContext context, string? tokenHash, RoomTarget target, string? actingUser, string field)
    {
        if (!RoomIds.TryParse(target.Text, out var id, out _))
        {
            return (null, null, target.Malformed);
        }

        var (caller, error) = await door.RecogniseAsync(id, Bearer.FromHeader(context.Request), actingUser, field, tokenHash);
        return (caller, id, error);
    }
}
