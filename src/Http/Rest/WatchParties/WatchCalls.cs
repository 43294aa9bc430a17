using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Rest.Input;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>Which body a call has.</summary>
internal enum BodyNeed
{
    /// <summary>None; one that comes is not read.</summary>
    None,

    /// <summary>One JSON object, or none at all.</summary>
    Optional,

    /// <summary>One JSON object.</summary>
    Required,
}

/// <summary>A call on a watch party whose caller is recognised and whose inputs can be read.</summary>
/// <param name="Context">The request.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Party">The party; its id is empty for a call that is not about one.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Bytes">The body.</param>
/// <param name="At">The time of the call, in cluster time.</param>
internal sealed record WatchCall(
    HttpContext Context, WatchCaller Caller, EntityRef Party, WatchInputs Inputs, ReadOnlyMemory<byte> Bytes, DateTimeOffset At)
{
    /// <summary>Who acts.</summary>
    public WatchActor Actor => Caller.Actor;
}

/// <summary>The path every call on a watch party takes: limit, recognise, read, ask, answer.</summary>
internal sealed class WatchCalls(WatchDoor door, HttpOptions options, TimeProvider time)
{
    private static readonly InputFields NoBody = new(default, new FaultList());

    /// <summary>Makes a command from a call.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The command; what is wrong with the inputs is noted there.</returns>
    public delegate WatchCommand Reader(WatchCall call);

    /// <summary>Answers a success.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">The result.</param>
    /// <returns>The answer.</returns>
    public delegate IResult Answerer(WatchCall call, AskResult result);

    /// <summary>Begins a call.</summary>
    /// <param name="context">The request.</param>
    /// <param name="idText">The party asked for; null when the call is not about one.</param>
    /// <param name="need">Who must call.</param>
    /// <param name="body">Which body it has.</param>
    /// <returns>The call, or the error.</returns>
    public async ValueTask<(WatchCall? Call, ApiError? Error)> OpenAsync(
        HttpContext context, string? idText, WatchNeed need, BodyNeed body = BodyNeed.None)
    {
        string? partyId = null;
        if (idText is not null && !WatchDoor.TryParse(idText, out partyId))
        {
            return (null, MalformedId(context));
        }

        var (caller, refused) = await door.RecogniseAsync(context, partyId, need);
        if (caller is null)
        {
            return (null, refused);
        }

        context.Response.Headers.CacheControl = "no-store";
        var faults = new FaultList();
        var (fields, bytes, unreadable) = await ReadAsync(context, body, faults);
        if (unreadable is not null)
        {
            return (null, unreadable.Inputs is null ? unreadable : ApiError.Invalid(unreadable.Message, unreadable.Field));
        }

        var inputs = new WatchInputs(fields, InputSource.ReadQuery(context.Request, faults), faults);
        return (new WatchCall(context, caller, door.Party(partyId ?? string.Empty), inputs, bytes, time.GetUtcNow()), null);
    }

    /// <summary>Carries out a command, once for each key of the caller's.</summary>
    /// <param name="call">The call.</param>
    /// <param name="command">The command.</param>
    /// <returns>The result, and the error when it was not carried out.</returns>
    public static async ValueTask<(AskResult Result, ApiError? Error)> AskAsync(WatchCall call, WatchCommand command)
    {
        var scope = call.Caller.Key ?? $"watch party {call.Party.Id}";
        var (key, keyError) = IdempotencyKey.Read(call.Context.Request, scope);
        if (keyError is not null)
        {
            return (default, keyError);
        }

        var fingerprint = key is null ? null : IdempotencyKey.Fingerprint(call.Context.Request, call.Bytes.Span);
        var result = await call.Party.AskAsync(command with { Fingerprint = fingerprint }, key?.CommandId);
        return (result, WatchRefusal.Of(result, fingerprint));
    }

    /// <summary>Asks a question.</summary>
    /// <param name="call">The call.</param>
    /// <param name="query">The question.</param>
    /// <param name="seqMin">The answer is at least this new.</param>
    /// <returns>The result, and the error when it was not answered.</returns>
    public static async ValueTask<(AskResult Result, ApiError? Error)> QueryAsync(WatchCall call, WatchQuery query, long seqMin = 0)
    {
        var result = await call.Party.QueryAsync(query, seqMin);
        return (result, WatchRefusal.Of(result, null));
    }

    /// <summary>Carries out a command of somebody's.</summary>
    /// <param name="context">The request.</param>
    /// <param name="idText">The party asked for.</param>
    /// <param name="body">Which body it has.</param>
    /// <param name="read">Makes the command.</param>
    /// <param name="answer">Answers a success.</param>
    /// <param name="need">Who must call.</param>
    /// <returns>The answer.</returns>
    public async Task<IResult> CommandAsync(
        HttpContext context, string idText, BodyNeed body, Reader read, Answerer answer, WatchNeed need = WatchNeed.Somebody)
    {
        var (call, error) = await OpenAsync(context, idText, need, body);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var command = read(call);
        if (call.Inputs.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (result, refused) = await AskAsync(call, command);
        return refused is null ? answer(call, result) : new ProblemResult(refused);
    }

    /// <summary>Asks a question of somebody's.</summary>
    /// <param name="context">The request.</param>
    /// <param name="idText">The party asked for.</param>
    /// <param name="need">Who must call.</param>
    /// <param name="read">Makes the question.</param>
    /// <param name="answer">Answers a success.</param>
    /// <returns>The answer.</returns>
    public async Task<IResult> QueryAsync(
        HttpContext context, string idText, WatchNeed need, Func<WatchCall, WatchQuery> read, Answerer answer)
    {
        var (call, error) = await OpenAsync(context, idText, need);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var query = read(call);
        if (call.Inputs.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (result, refused) = await QueryAsync(call, query);
        return refused is null ? answer(call, result) : new ProblemResult(refused);
    }

    private static ApiError MalformedId(HttpContext context) => WatchEnvelope.Speaks(context.Request.Path)
        ? ApiError.Invalid("Invalid watch party ID: it must be a UUID", "id")
        : ApiError.Invalid("Invalid room ID", "id");

    private async ValueTask<(InputFields Body, ReadOnlyMemory<byte> Bytes, ApiError? Error)> ReadAsync(
        HttpContext context, BodyNeed need, FaultList faults)
    {
        var isEmpty = context.Request.ContentLength is 0 or null && context.Request.ContentType is null;
        if (need == BodyNeed.None || (need == BodyNeed.Optional && isEmpty))
        {
            return (need == BodyNeed.None ? NoBody : new InputFields(default, faults, "body"), default, null);
        }

        var (fields, bytes, error) = await InputSource.ReadBodyAsync(context, options.BodyMaxBytes, faults);
        return (fields ?? NoBody, bytes, error);
    }
}
