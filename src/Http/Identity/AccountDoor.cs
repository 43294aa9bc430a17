using AkkaParty.Http.Errors;

namespace AkkaParty.Http.Identity;

/// <summary>Checks who calls with an account: the same rules for REST and sockets.</summary>
internal sealed class AccountDoor
{
    /// <summary>
    /// The account token a request shows. REST: the <c>Authorization</c> header alone. A socket: that header, the subprotocol
    /// <c>auth.bearer.TOKEN</c> or <c>?token=</c>, in this order.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>The token, or null when none is shown that looks like one of an account.</returns>
    public static string? TokenOf(HttpRequest request) => null;

    /// <summary>Recognises whoever calls; somebody must.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Who it is, or the 401 (503 when the accounts cannot be asked).</returns>
    public ValueTask<(AccountCaller? Caller, ApiError? Error)> RecogniseAsync(HttpRequest request) => default;

    /// <summary>Recognises whoever calls, where nobody need be known.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Who it is; both null when no account token is shown; the error when one is shown that does not hold.</returns>
    public ValueTask<(AccountCaller? Caller, ApiError? Error)> FindAsync(HttpRequest request) => default;
}
