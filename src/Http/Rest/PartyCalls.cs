using System.Text.Json.Serialization.Metadata;
using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using OpeningStatus = AkkaParty.Protocol.WatchParties.OpeningStatus;

namespace AkkaParty.Http.Rest;

/// <summary>The path every authenticated call on a party takes: recognise, read, ask, answer.</summary>
internal sealed class PartyCalls(PartyDoor door, CallRate rates, HttpOptions options, TimeProvider time)
{
    /// <summary>Carries out a command without a body and answers with the party.</summary>
    /// <param name="context">The request.</param>
    /// <param name="partyId">The party asked for.</param>
    /// <param name="command">Makes the command.</param>
    /// <returns>The answer.</returns>
    public Task<IResult> CommandAsync(HttpContext context, string partyId, Func<DateTimeOffset, Caller, PartyCommand> command) =>
        RunAsync(context, partyId, (caller, _) => Made(command(time.GetUtcNow(), caller)), ShowAsync);

    /// <summary>Carries out a command without a body that ends the caller's token: there is no party to show any more.</summary>
    /// <param name="context">The request.</param>
    /// <param name="partyId">The party asked for.</param>
    /// <param name="command">Makes the command.</param>
    /// <returns>204, or the error.</returns>
    public Task<IResult> FarewellAsync(HttpContext context, string partyId, Func<DateTimeOffset, Caller, CallerCommand> command) =>
        RunAsync(
            context,
            partyId,
            (caller, _) => Made(command(time.GetUtcNow(), caller)),
            static (_, _, _) => new(TypedResults.NoContent()));

    /// <summary>Carries out a command made of a body and answers with the party.</summary>
    /// <typeparam name="TBody">The body's shape.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="partyId">The party asked for.</param>
    /// <param name="shape">How to read the body.</param>
    /// <param name="make">Makes the command, or says what is wrong with the body.</param>
    /// <param name="answer">The answer to a success; the party when null.</param>
    /// <returns>The answer.</returns>
    public Task<IResult> CommandAsync<TBody>(
        HttpContext context,
        string partyId,
        JsonTypeInfo<TBody> shape,
        Func<TBody, DateTimeOffset, Caller, ValueTask<(PartyCommand? Command, ApiError? Error)>> make,
        Func<HttpContext, PartyCaller, AskResult, ValueTask<IResult>>? answer = null)
        where TBody : class =>
        RunAsync(
            context,
            partyId,
            async (caller, setFingerprint) =>
            {
                var (body, bytes, error) = await RequestBody.ReadAsync(context, shape, options.BodyMaxBytes);
                setFingerprint(bytes);
                return body is null ? (null, error) : await make(body, time.GetUtcNow(), caller);
            },
            answer ?? ShowAsync);

    /// <summary>Asks a question as oneself. Asking is a sign of life for somebody without a socket.</summary>
    /// <param name="context">The request.</param>
    /// <param name="partyId">The party asked for.</param>
    /// <param name="query">Makes the question.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>The answer.</returns>
    public async Task<IResult> QueryAsync(
        HttpContext context, string partyId, Func<DateTimeOffset, Caller, PartyQuery> query, Func<AskResult, IResult> answer)
    {
        var (caller, error) = await RecogniseAsync(context, partyId);
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        await NoteSeenAsync(caller!);
        var result = await caller!.Party.QueryAsync(query(time.GetUtcNow(), caller.Caller));
        if (result.Outcome != AskOutcome.Replied)
        {
            return new ProblemResult(ApiError.From(result));
        }

        PartyAnswer.SetTag(context, result.Seq);
        return answer(result);
    }

    /// <summary>Gives a participant a ticket to their seat in the watch party of what was decided on.</summary>
    /// <param name="context">The request.</param>
    /// <param name="partyId">The party asked for.</param>
    /// <param name="seats">Gives out the tickets.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> TicketAsync(HttpContext context, string partyId, OpenedSeats seats)
    {
        var (caller, error) = await RecogniseAsync(context, partyId);
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        var (view, unread) = await PartyAnswer.ReadAsync(caller!.Party, 0);
        if (view?.WatchParty is not { Status: OpeningStatus.Open } opened)
        {
            return new ProblemResult(unread ?? ApiError.Of(PartyErrorCodes.WatchPartyNotOpen));
        }

        var (ticket, refused) = await seats.IssueAsync(opened, caller.Caller.UserId);
        return ticket is null
            ? new ProblemResult(refused!)
            : TypedResults.Json(ticket, HttpJson.Wire.SeatTicket, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Tells the party that somebody without a socket is there.</summary>
    /// <param name="caller">Who.</param>
    /// <returns>Ends when the party knows, or cannot be told now: the call itself does not depend on it.</returns>
    public async ValueTask NoteSeenAsync(PartyCaller caller)
    {
        if (caller.Member is { Connected: false })
        {
            _ = await caller.Party.AskAsync(new SeenParticipant(time.GetUtcNow(), caller.Caller));
        }
    }

    private async Task<IResult> RunAsync(
        HttpContext context,
        string partyId,
        Func<Caller, Action<ReadOnlyMemory<byte>>, ValueTask<(PartyCommand? Command, ApiError? Error)>> make,
        Func<HttpContext, PartyCaller, AskResult, ValueTask<IResult>> answer)
    {
        var (caller, error) = await RecogniseAsync(context, partyId);
        if (caller is null)
        {
            return new ProblemResult(error!);
        }

        var (key, keyError) = IdempotencyKey.Read(context.Request, caller.Caller.TokenHash);
        if (keyError is not null || (error is not null && (key is null || error.Code != PartyErrorCodes.InvalidToken)))
        {
            // Only a repeated command may pass without a valid token: leaving ended it, and the party answers as before.
            return new ProblemResult(error ?? keyError!);
        }

        ReadOnlyMemory<byte> bytes = default;
        var (command, wrong) = await make(caller.Caller, read => bytes = read);
        if (command is null)
        {
            return new ProblemResult(wrong!);
        }

        var fingerprint = key is null ? null : IdempotencyKey.Fingerprint(context.Request, bytes.Span);
        var result = await caller.Party.AskAsync(command with { Fingerprint = fingerprint }, key?.CommandId);
        return IdempotencyKey.Failure(result, fingerprint) is { } failure
            ? new ProblemResult(failure)
            : await answer(context, caller, result);
    }

    private async ValueTask<(PartyCaller? Caller, ApiError? Error)> RecogniseAsync(HttpContext context, string partyId)
    {
        var token = Bearer.FromHeader(context.Request);
        var hash = token is { Length: PartyToken.Length } ? TokenHash.Of(token) : null;
        if (hash is not null && rates.Check(context, CallKind.Token, hash) is { } limited)
        {
            return (null, limited);
        }

        return await door.RecogniseAsync(partyId, token, hash);
    }

    private static ValueTask<IResult> ShowAsync(HttpContext context, PartyCaller caller, AskResult result) =>
        PartyAnswer.ShowAsync(context, caller.Party, result.Seq);

    private static ValueTask<(PartyCommand? Command, ApiError? Error)> Made(PartyCommand command) => new((command, null));
}
