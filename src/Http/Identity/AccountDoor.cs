using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using AkkaParty.Accounts;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.WatchParties;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaParty.Http.Identity;

/// <summary>Checks who calls with an account: the same rules for REST and sockets.</summary>
internal sealed class AccountDoor(ISessions sessions)
{
    /// <summary>Whether a text has the form of an access token; whether it holds is another question.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False for every other kind of token, none of which has dots.</returns>
    public static bool IsAccountToken([NotNullWhen(true)] string? text) =>
        text is { Length: > 4 and <= AccountLimits.TokenLengthMax } && text.AsSpan().Count('.') == 2;

    /// <summary>
    /// The access token a request shows. REST: the <c>Authorization</c> header alone, so that tokens need not stand in addresses. A socket:
    /// that header, the subprotocol <c>auth.bearer.TOKEN</c> or <c>?token=</c>, in this order.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>The token, or null when none is shown that has the form of one.</returns>
    public static string? TokenOf(HttpRequest request) =>
        AccountTokenOr(Bearer.FromHeader(request))
        ?? (IsSocket(request) ? AccountTokenOr(FromSubprotocol(request)) ?? AccountTokenOr(request.Query["token"]) : null);

    /// <summary>Recognises whoever calls; somebody must.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Who it is, or the 401 (503 when the accounts cannot be asked).</returns>
    public async ValueTask<(AccountCaller? Caller, ApiError? Error)> RecogniseAsync(HttpRequest request)
    {
        var (caller, error) = await FindAsync(request);
        return caller is not null || error is not null ? (caller, error) : (null, AccountError.Of(AccountErrorCodes.TokenRequired));
    }

    /// <summary>Recognises whoever calls, where nobody need be known.</summary>
    /// <param name="request">The request.</param>
    /// <returns>
    /// Who it is; both null when no account token is shown (a guest's may be); the error when something is shown that does not hold.
    /// </returns>
    public async ValueTask<(AccountCaller? Caller, ApiError? Error)> FindAsync(HttpRequest request)
    {
        if (TokenOf(request) is { } token)
        {
            return await VerifyAsync(token, request.HttpContext.RequestAborted);
        }

        if (request.Headers.Authorization.Count == 0)
        {
            return (null, null);
        }

        return Bearer.FromHeader(request) is not { } other
            ? (null, AccountError.Of(AccountErrorCodes.AuthorizationMalformed))
            : WatchTokens.TryFindParty(other, out _)
            ? (null, null)
            : (null, AccountError.Of(AccountErrorCodes.InvalidToken));
    }

    /// <summary>
    /// The account whose seat somebody takes in a party or room, which asks for none: every other kind of token is theirs to judge.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>Who it is; both null when no access token is shown; the error when one is shown that does not hold.</returns>
    public async ValueTask<(AccountCaller? Caller, ApiError? Error)> FindLinkedAsync(HttpRequest request) =>
        TokenOf(request) is { } token ? await VerifyAsync(token, request.HttpContext.RequestAborted) : (null, null);

    /// <summary>Recognises the holder of an access token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Who it is, or the 401 (503 when the accounts cannot be asked).</returns>
    public async ValueTask<(AccountCaller? Caller, ApiError? Error)> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        AccountAnswer<AccessGrant> answer;
        try
        {
            answer = await sessions.VerifyAsync(token, cancellationToken);
        }
        catch (AccountsUnavailableException)
        {
            // The store says in the log what is wrong with it; whoever calls may come back.
            return (null, AccountError.Unavailable);
        }

        return answer.Value is { } grant
            ? (new AccountCaller(
                grant.AccountId.ToString("D"),
                grant.Number,
                grant.Email,
                grant.Name,
                grant.AvatarUrl,
                grant.Role == AccountRole.Admin,
                grant.SessionId.ToString("D"),
                grant.ExpiresAt), null)
            : (null, AccountError.From(answer.Fault!));
    }

    private static string? AccountTokenOr(string? text) => IsAccountToken(text) ? text : null;

    private static bool IsSocket(HttpRequest request)
    {
        var features = request.HttpContext.Features;
        return features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            || features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
    }

    // Some clients put the token into the subprotocol as it is, others in base64.
    private static string? FromSubprotocol(HttpRequest request)
    {
        if (Bearer.FromSubprotocol(request) is not { Length: <= AccountLimits.TokenLengthMax * 4 / 3 } text || IsAccountToken(text))
        {
            return Bearer.FromSubprotocol(request);
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.TryDecodeFromChars(text, bytes, out var length) ? Encoding.ASCII.GetString(bytes, 0, length) : null;
    }
}
