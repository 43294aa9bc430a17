using System.Diagnostics.CodeAnalysis;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Http.Identity;

/// <summary>Who must call.</summary>
internal enum WatchNeed
{
    /// <summary>Nobody in particular; who shows something that does not hold is refused all the same.</summary>
    Anybody,

    /// <summary>Somebody with an account, or a guest of the party.</summary>
    Somebody,

    /// <summary>Somebody with an account.</summary>
    Account,
}

/// <summary>Whoever wants something of a watch party.</summary>
/// <param name="Actor">Who acts, as the party sees it. Whether a guest's token holds only the party knows.</param>
/// <param name="Account">The account; null for guests and for nobody.</param>
/// <param name="GuestPartyId">The party whose guest token was shown; null for none.</param>
internal sealed record WatchCaller(WatchActor Actor, AccountCaller? Account, string? GuestPartyId)
{
    /// <summary>Somebody who showed nothing.</summary>
    public static WatchCaller Nobody { get; } = new(WatchActor.Nobody, null, null);

    /// <summary>What tells callers apart; null for nobody.</summary>
    public string? Key => Account?.UserId ?? Actor.GuestTokenHash;

    /// <summary>The account as a person who takes a seat.</summary>
    /// <exception cref="InvalidOperationException">The caller has no account.</exception>
    public WatchPerson Person => Account is { } account
        ? new WatchPerson(account.UserId, account.Name, false, account.AvatarUrl, account.Email)
        : throw new InvalidOperationException("Only an account is a person before it has a seat.");
}

/// <summary>Checks who wants something of a watch party: an account, or one of its guests. The same rules for REST and sockets.</summary>
internal sealed class WatchDoor(IEntityRegions regions, AccountDoor accounts, CallRate rates)
{
    /// <summary>The header that carries a guest token.</summary>
    public const string GuestHeader = "X-Guest-Token";

    /// <summary>The id of a watch party as it is stored.</summary>
    /// <param name="text">The id as sent.</param>
    /// <param name="partyId">A UUID in its 36-character form, lower case.</param>
    /// <returns>False when it is no id.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? partyId)
    {
        partyId = Guid.TryParseExact(text, "D", out var id) ? id.ToString("D") : null;
        return partyId is not null;
    }

    /// <summary>
    /// The guest token a request shows: the header <c>X-Guest-Token</c>, or <c>guestToken</c> or, when it has the form, <c>token</c> of
    /// the query, or as a bearer token.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>The text, of whatever form; null when none is shown.</returns>
    public static string? GuestTokenOf(HttpRequest request)
    {
        if (request.Headers[GuestHeader] is [{ Length: > 0 } header, ..])
        {
            return header;
        }

        if (request.Query["guestToken"] is [{ Length: > 0 } named, ..])
        {
            return named;
        }

        return Bearer.FromSocket(request) is var other && IsGuestToken(other) ? other : null;
    }

    /// <summary>A watch party by its id.</summary>
    /// <param name="partyId">The id as it is stored.</param>
    /// <returns>The party, whether it exists or not.</returns>
    public EntityRef Party(string partyId) => new(regions[WatchAddress.Kind], partyId);

    /// <summary>An invite code.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The code's entity, whether it is claimed or not.</returns>
    public EntityRef Code(string code) => new(regions[WatchAddress.CodeKind], code);

    /// <summary>Recognises whoever calls, and counts the call against their limit.</summary>
    /// <param name="context">The request.</param>
    /// <param name="partyId">The party asked for; null when it is not about one.</param>
    /// <param name="need">Who must call.</param>
    /// <returns>Who it is, or the error.</returns>
    public async ValueTask<(WatchCaller? Caller, ApiError? Error)> RecogniseAsync(HttpContext context, string? partyId, WatchNeed need)
    {
        var (caller, error) = await FindAsync(context.Request, partyId, need);
        var limited = caller?.Key is { } key ? rates.Check(context, CallKind.Token, key) : rates.Check(context, CallKind.Read);
        return limited is null ? (caller, error) : (null, limited);
    }

    private static bool IsGuestToken([NotNullWhen(true)] string? text) =>
        text is { Length: WatchTokens.TokenLength } && WatchTokens.TryFindParty(text, out _);

    private async ValueTask<(WatchCaller? Caller, ApiError? Error)> FindAsync(HttpRequest request, string? partyId, WatchNeed need)
    {
        var (account, refused) = await accounts.FindAsync(request);
        if (refused is not null)
        {
            return (null, refused);
        }

        if (account is not null)
        {
            return (new WatchCaller(new WatchActor(account.UserId, IsAdmin: account.IsAdmin), account, null), null);
        }

        if (need != WatchNeed.Account && GuestTokenOf(request) is { } token)
        {
            return !IsGuestToken(token) || !WatchTokens.TryFindParty(token, out var tokenParty)
                ? (null, ApiError.Of(WatchErrorCodes.GuestTokenInvalid))
                : partyId is not null && tokenParty != partyId
                ? (null, ApiError.Of(WatchErrorCodes.GuestOfOtherParty))
                : (new WatchCaller(new WatchActor(null, TokenHash.Of(token)), null, tokenParty), null);
        }

        return need == WatchNeed.Anybody ? (WatchCaller.Nobody, null) : (null, ApiError.Of(WatchErrorCodes.AccountRequired));
    }
}
