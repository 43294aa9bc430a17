using System.Text.Json.Serialization.Metadata;
using AkkaParty.Accounts;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol.Accounts;

namespace AkkaParty.Http.Rest.Accounts;

/// <summary>The path every call on an account takes: count, recognise, read, carry out.</summary>
internal sealed class AccountCalls(AccountDoor door, CallRate rates, HttpOptions options)
{
    /// <summary>Serves somebody with an account.</summary>
    /// <param name="context">The request.</param>
    /// <param name="run">Carries the call out.</param>
    /// <returns>The answer.</returns>
    public async Task<IResult> RunAsync(HttpContext context, Func<AccountCaller, CancellationToken, Task<IResult>> run)
    {
        var (caller, error) = await RecogniseAsync(context);
        if (caller is null)
        {
            return new ProblemResult(error!);
        }

        MakePrivate(context);
        return await run(caller, context.RequestAborted);
    }

    /// <summary>Serves somebody with an account who sends a body.</summary>
    /// <typeparam name="TBody">The body's shape.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="shape">How to read the body.</param>
    /// <param name="run">Carries the call out.</param>
    /// <returns>The answer.</returns>
    public Task<IResult> RunAsync<TBody>(
        HttpContext context, JsonTypeInfo<TBody> shape, Func<AccountCaller, TBody, CancellationToken, Task<IResult>> run)
        where TBody : class =>
        RunAsync(context, async (caller, stop) =>
        {
            var (body, error) = await ReadAsync(context, shape);
            return body is null ? new ProblemResult(error!) : await run(caller, body, stop);
        });

    /// <summary>Serves anybody who sends a body, and counts them as one who proves who they are.</summary>
    /// <typeparam name="TBody">The body's shape.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="shape">How to read the body.</param>
    /// <param name="run">Carries the call out.</param>
    /// <returns>The answer.</returns>
    public async Task<IResult> ProveAsync<TBody>(
        HttpContext context, JsonTypeInfo<TBody> shape, Func<TBody, CancellationToken, Task<IResult>> run)
        where TBody : class
    {
        if (rates.Check(context, CallKind.Prove) is { } limited)
        {
            return new ProblemResult(limited);
        }

        var (body, error) = await ReadAsync(context, shape);
        if (body is null)
        {
            return new ProblemResult(error!);
        }

        MakePrivate(context);
        return await run(body, context.RequestAborted);
    }

    /// <summary>Where a call comes from.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Its address, and what the client calls itself.</returns>
    public static Origin OriginOf(HttpContext context) =>
        new(ClientAddress.Of(context), context.Request.Headers.UserAgent is [{ Length: > 0 } client, ..] ? client : null);

    /// <summary>Reads a body in this surface's dialect.</summary>
    /// <typeparam name="TBody">The body's shape.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="shape">How to read it.</param>
    /// <returns>The body, or the error.</returns>
    public async ValueTask<(TBody? Body, ApiError? Error)> ReadAsync<TBody>(HttpContext context, JsonTypeInfo<TBody> shape)
        where TBody : class
    {
        var (body, _, error) = await RequestBody.ReadAsync(context, shape, options.BodyMaxBytes);
        return error?.Code == AccountErrorCodes.InvalidRequestBody
            ? (null, AccountError.Of(AccountErrorCodes.InvalidRequestBody, error.Detail, error.Field))
            : (body, error);
    }

    /// <summary>The error of a member that must be there.</summary>
    /// <param name="field">The member.</param>
    /// <returns>The error.</returns>
    public static ApiError Missing(string field) => AccountError.Of(AccountErrorCodes.InvalidRequestBody, $"{field} is required.", field);

    // Whoever shows no token that holds is counted by address, so that guessing at tokens is bounded as well.
    private async ValueTask<(AccountCaller? Caller, ApiError? Error)> RecogniseAsync(HttpContext context)
    {
        var (caller, error) = await door.RecogniseAsync(context.Request);
        return rates.Check(context, CallKind.Token, caller?.SessionId) is { } limited ? (null, limited) : (caller, error);
    }

    // Nobody on the way keeps what is somebody's own.
    private static void MakePrivate(HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}
