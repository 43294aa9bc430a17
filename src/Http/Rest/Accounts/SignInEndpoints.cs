using AkkaParty.Accounts;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.Accounts;

/// <summary>Registering, logging in and out, and the keys with which others can check access tokens.</summary>
internal static class SignInEndpoints
{
    private const string TokenType = "Bearer";

    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1").WithTags("Accounts");
        group.MapPost("/users/register", RegisterAsync)
            .WithSummary("Registers an account")
            .WithMetadata(TakesIdempotencyKey.Instance)
            .Accepts<RegisterBody>("application/json")
            .Produces<RegisteredBody>(StatusCodes.Status201Created)
            .ProducesErrors(400, 409, 413, 415, 429, 503);
        group.MapPost("/auth/login", LogInAsync)
            .WithSummary("Logs in: begins a session")
            .WithDescription("From the fifth failure on, per account and per client address, each further try has to wait longer.")
            .Accepts<LogInBody>("application/json")
            .Produces<LoggedInBody>()
            .ProducesErrors(400, 401, 413, 415, 429, 503);
        group.MapPost("/auth/refresh", RefreshAsync)
            .WithSummary("Exchanges a refresh token for new tokens of the same session")
            .WithDescription("A refresh token can be used once; a second use ends the session, unless it has the same Idempotency-Key.")
            .WithMetadata(TakesIdempotencyKey.Instance)
            .Accepts<RefreshBody>("application/json")
            .Produces<LoggedInBody>()
            .ProducesErrors(400, 401, 413, 415, 429, 503);
        group.MapPost("/auth/logout", LogOutAsync)
            .WithSummary("Logs out: ends the session of the refresh token, or of the access token that is shown")
            .Accepts<RefreshBody>("application/json")
            .Produces<MessageBody>()
            .ProducesErrors(400, 401, 413, 415, 429, 503);
        app.MapGet("/.well-known/jwks.json", KeysAsync)
            .WithTags("Accounts")
            .WithSummary("The public keys of access tokens (RFC 7517)")
            .Produces<KeySetBody>()
            .ProducesErrors(429, 503);
    }

    private static Task<IResult> RegisterAsync(HttpContext context, AccountCalls calls, IAccounts accounts, RateWindows windows) =>
        calls.ProveAsync(context, AccountHttpJson.Wire.RegisterBody, async (body, stop) =>
        {
            var (key, error) = IdempotencyKey.Read(context.Request, "register");
            error ??= MissingOf(body.Email, body.Password) ?? NameError(body) ?? await windows.CheckAsync(context, RateWindow.Register);
            if (error is not null)
            {
                return new ProblemResult(error);
            }

            var registration = new Registration(body.Email!, body.Password!, body.Name, key?.Derive("account").ToString("N"));
            var answer = await accounts.RegisterAsync(registration, stop);
            return answer.IsDone
                ? TypedResults.Json(
                    new RegisteredBody("user registered successfully", UserBody.Of(answer.Value)),
                    AccountHttpJson.Wire.RegisteredBody,
                    statusCode: StatusCodes.Status201Created)
                : new ProblemResult(AccountError.From(answer.Fault));
        });

    private static Task<IResult> LogInAsync(HttpContext context, AccountCalls calls, IAccounts accounts, TimeProvider time) =>
        calls.ProveAsync(context, AccountHttpJson.Wire.LogInBody, async (body, stop) =>
            MissingOf(body.Email, body.Password) is { } error
                ? new ProblemResult(error)
                : Show(await accounts.LogInAsync(body.Email!, body.Password!, AccountCalls.OriginOf(context), stop), time));

    private static Task<IResult> RefreshAsync(HttpContext context, AccountCalls calls, IAccounts accounts, TimeProvider time) =>
        calls.ProveAsync(context, AccountHttpJson.Wire.RefreshBody, async (body, stop) =>
        {
            var (key, error) = IdempotencyKey.Read(context.Request, "refresh");
            if (body.RefreshToken is not { Length: > 0 } token)
            {
                error ??= AccountError.Of(AccountErrorCodes.RefreshTokenRequired, field: "refresh_token");
                return new ProblemResult(error);
            }

            return error is not null
                ? new ProblemResult(error)
                : Show(
                    await accounts.RefreshAsync(token, key?.Derive("refresh").ToString("N"), AccountCalls.OriginOf(context), stop),
                    time);
        });

    private static async Task<IResult> LogOutAsync(
        HttpContext context, AccountCalls calls, AccountDoor door, CallRate rates, IAccounts accounts, ISessions sessions)
    {
        if (rates.Check(context, CallKind.Prove) is { } limited)
        {
            return new ProblemResult(limited);
        }

        var (body, error) = context.Request.ContentType is null && context.Request.ContentLength is null or 0
            ? (new RefreshBody(), null)
            : await calls.ReadAsync(context, AccountHttpJson.Wire.RefreshBody);
        if (body is null)
        {
            return new ProblemResult(error!);
        }

        if (body.RefreshToken is { Length: > 0 } token)
        {
            await accounts.LogOutAsync(token, context.RequestAborted);
            return LoggedOut();
        }

        if (AccountDoor.TokenOf(context.Request) is null)
        {
            return new ProblemResult(AccountError.Of(AccountErrorCodes.RefreshTokenRequired, field: "refresh_token"));
        }

        // Without a refresh token the access token says which session it is; one that was ended already is no error.
        var (caller, refused) = await door.RecogniseAsync(context.Request);
        if (caller is null && refused!.Code != AccountErrorCodes.TokenRevoked)
        {
            return new ProblemResult(refused);
        }

        if (caller is not null)
        {
            _ = await sessions.RevokeAsync(caller.Id, caller.Session, context.RequestAborted);
        }

        return LoggedOut();
    }

    private static async Task<IResult> KeysAsync(HttpContext context, CallRate rates, ISessions sessions)
    {
        if (rates.Check(context, CallKind.Read) is { } limited)
        {
            return new ProblemResult(limited);
        }

        var keys = await sessions.PublishedKeysAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Json(
            new KeySetBody([.. keys.Select(key => new KeyBody("RSA", "sig", "RS256", key.KeyId, key.Modulus, key.Exponent))]),
            AccountHttpJson.Wire.KeySetBody);
    }

    private static ApiError? MissingOf(string? email, string? password) =>
        email is not { Length: > 0 } ? AccountCalls.Missing("email")
        : password is not { Length: > 0 } ? AccountCalls.Missing("password")
        : null;

    // Names meet others in parties and rooms, so the rules of what people type there hold here too.
    private static ApiError? NameError(RegisterBody body) =>
        !TextRules.IsReadable(body.Email!)
            ? AccountError.Of(AccountErrorCodes.InvalidEmail, "email must be an e-mail address of visible characters.", "email")
            : AccountError.OfName(body.Name);

    private static JsonHttpResult<MessageBody> LoggedOut() =>
        TypedResults.Json(new MessageBody("logged out successfully"), AccountHttpJson.Wire.MessageBody);

    private static IResult Show(AccountAnswer<SignIn> answer, TimeProvider time)
    {
        if (!answer.IsDone)
        {
            return new ProblemResult(AccountError.From(answer.Fault));
        }

        var signIn = answer.Value;
        return TypedResults.Json(
            new LoggedInBody(
                signIn.AccessToken,
                signIn.RefreshToken,
                TokenType,
                (int)Math.Max(0, (signIn.AccessExpiresAt - time.GetUtcNow()).TotalSeconds),
                signIn.AccessExpiresAt,
                signIn.RefreshExpiresAt,
                signIn.SessionId,
                UserBody.Of(signIn.Account)),
            AccountHttpJson.Wire.LoggedInBody);
    }
}
