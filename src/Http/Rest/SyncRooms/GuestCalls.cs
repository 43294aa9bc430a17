using System.Security.Cryptography;
using System.Text;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Http.Rest.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.SyncRooms;

/// <summary>People without an account who want into a room, hosts who let them, and what they may see then.</summary>
internal sealed class GuestCalls(WatchCalls calls, WatchDoor door, RateWindows windows, TimeProvider time)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(24);

    // Whoever asks again within one such time gets the same token, so that asking often ends no other token of theirs.
    private static readonly TimeSpan ClaimPeriod = TimeSpan.FromHours(12);

    private static readonly ApiError NoSuchRequest = ApiError.Of(WatchErrorCodes.GuestRequestNotFound);
    private static readonly ApiError NoSession =
        ApiError.Of(WatchErrorCodes.GuestTokenInvalid) with { Message = "Invalid or expired session" };

    private static readonly ApiError NoToken =
        ApiError.Of(WatchErrorCodes.AccountRequired) with { Message = "Guest token required" };

    /// <summary>Asks to be let in.</summary>
    /// <param name="id">The room.</param>
    /// <param name="context">The request.</param>
    /// <returns>202, or the error.</returns>
    public async Task<IResult> RequestAsync(string id, HttpContext context)
    {
        var (call, error) = await OpenAsync(id, context);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var (name, message) = (call.Inputs.GuestName(), call.Inputs.RequestMessage());
        if ((call.Inputs.ToError() ?? await windows.CheckAsync(context, RateWindow.AskForAccess)) is { } refused)
        {
            return new ProblemResult(refused);
        }

        var (key, keyError) = IdempotencyKey.Read(context.Request, $"guest request {call.Party.Id}");
        if (keyError is not null)
        {
            return new ProblemResult(keyError);
        }

        var (publicId, secret) = NewRequest(call.Party.Id, key);
        var fingerprint = key is null ? null : IdempotencyKey.Fingerprint(context.Request, call.Bytes.Span);
        var command = new RequestGuestAccess(
            call.At,
            publicId,
            TokenHash.Of(secret),
            (key?.Derive("guest") ?? Guid.CreateVersion7(call.At)).ToString("D"),
            name!,
            message,
            BrowserMark.Of(context, call.Party.Id))
        {
            Fingerprint = fingerprint,
        };
        var result = await call.Party.AskAsync(command, key?.CommandId);
        return WatchRefusal.Of(result, fingerprint) is { } failure
            ? new ProblemResult(failure)
            : await RequestedAsync(call, ((AccessChanged)result.Reply!).Request, publicId + secret, secret);
    }

    /// <summary>Lists the guests who ask.</summary>
    /// <param name="id">The room.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> ListAsync(string id, HttpContext context) => calls.QueryAsync(
        context,
        id,
        WatchNeed.Somebody,
        static call => new ListGuestRequests(call.Actor, call.At),
        static (call, result) => TypedResults.Json(
            new AccessRequestsBody(
                [.. ((AccessList)result.Reply!).Requests.Select(one => SyncRoomShown.GuestRequest(call.Party.Id, one))]),
            WatchHttpJson.Wire.AccessRequestsBody));

    /// <summary>Answers a guest's request.</summary>
    /// <param name="id">The room.</param>
    /// <param name="requestId">The request, as the host knows it.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> ReviewAsync(string id, string requestId, HttpContext context)
    {
        if (!WatchTokens.TryFindParty(requestId, out _) || requestId.Length != WatchTokens.RequestLength)
        {
            return new ProblemResult(NoSuchRequest);
        }

        return await calls.CommandAsync(
            context,
            id,
            BodyNeed.Required,
            call => new ReviewGuestRequest(
                call.At, call.Actor, requestId.ToLowerInvariant(), RoomAccessCalls.ApprovalOf(call.Inputs), call.Inputs.Message()),
            static (call, result) =>
            {
                var request = ((AccessChanged)result.Reply!).Request;
                var isApproved = request.Status == AccessStatus.Approved;
                return TypedResults.Json(
                    new GuestReviewedBody(
                        request.RequestId,
                        SyncRoomShown.OfGuest(request.Status),
                        isApproved ? call.At + TokenLifetime : null,
                        isApproved ? "Guest request approved" : "Guest request denied"),
                    WatchHttpJson.Wire.GuestReviewedBody);
            });
    }

    /// <summary>Says how a guest's request stands; the guest whose it is gets a token once it is granted.</summary>
    /// <param name="requestId">The guest's own id of the request, or the host's.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> StatusAsync(string requestId, HttpContext context)
    {
        if (requestId.Length == WatchTokens.TokenLength || !WatchTokens.TryFindParty(requestId, out var partyId))
        {
            return new ProblemResult(NoSuchRequest);
        }

        requestId = requestId.ToLowerInvariant();
        var isOwn = requestId.Length == WatchTokens.RequestWithSecretLength;
        var (call, error) = await calls.OpenAsync(context, isOwn ? null : partyId, isOwn ? WatchNeed.Anybody : WatchNeed.Somebody);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        // The guest is known by the secret, whatever else is shown.
        call = isOwn ? call with { Party = door.Party(partyId), Caller = WatchCaller.Nobody } : call;
        var publicId = requestId[..WatchTokens.RequestLength];
        var secret = isOwn ? requestId[WatchTokens.RequestLength..] : null;
        var query = new GetGuestRequest(call.At, publicId, secret is null ? null : TokenHash.Of(secret), call.Actor);
        var (known, refused) = await WatchCalls.QueryAsync(call, query);
        if (refused is not null)
        {
            return new ProblemResult(refused);
        }

        var request = ((AccessChanged)known.Reply!).Request;
        var (token, expiresAt, failure) = secret is not null && request.Status == AccessStatus.Approved
            ? await ClaimAsync(call, publicId, secret)
            : default;
        return failure is not null
            ? new ProblemResult(failure)
            : TypedResults.Json(
                new GuestStatusBody(SyncRoomShown.OfGuest(request.Status), token, expiresAt, partyId, request.Answer),
                WatchHttpJson.Wire.GuestStatusBody);
    }

    /// <summary>Checks a guest token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> ValidateAsync(string token, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, null, WatchNeed.Anybody);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        if (token.Length != WatchTokens.TokenLength || !WatchTokens.TryFindParty(token, out var partyId))
        {
            return new ProblemResult(NoSession);
        }

        var result = await door.Party(partyId).QueryAsync(new GetWatchSeat(new WatchActor(null, TokenHash.Of(token)), call.At));
        if (WatchRefusal.Of(result, null) is { } refused)
        {
            return new ProblemResult(refused.Status >= StatusCodes.Status500InternalServerError ? refused : NoSession);
        }

        var seat = (WatchSeat)result.Reply!;
        return TypedResults.Json(
            new GuestSessionBody(true, partyId, seat.Member.Name, seat.Member.MemberId, seat.TokenExpiresAt),
            WatchHttpJson.Wire.GuestSessionBody);
    }

    /// <summary>Shows a room to one of its guests.</summary>
    /// <param name="id">The room.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> RoomAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Somebody);
        if (call is null)
        {
            return new ProblemResult(error!.Code == WatchErrorCodes.AccountRequired ? NoToken : error);
        }

        var (result, refused) = await WatchCalls.QueryAsync(call, new GetWatchParty(call.Actor, call.At));
        if (refused is not null)
        {
            return new ProblemResult(refused);
        }

        var party = ((WatchPartyChanged)result.Reply!).Party;
        return TypedResults.Json(
            new GuestRoomBody(
                party.Id,
                party.Title,
                party.Description ?? string.Empty,
                SyncRoomShown.Movie(WatchShown.Playing(party) ?? (party.Items.Count == 0 ? null : party.Items[0]))),
            WatchHttpJson.Wire.GuestRoomBody);
    }

    // A former token is a sign of who asks, and need not hold any more.
    private async ValueTask<(WatchCall? Call, ApiError? Error)> OpenAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, null, WatchNeed.Anybody, BodyNeed.Required);
        return call is null ? (null, error)
            : WatchDoor.TryParse(id, out var partyId) ? (call with { Party = door.Party(partyId) }, null)
            : (null, ApiError.Invalid("Invalid room ID", "id"));
    }

    private async Task<IResult> RequestedAsync(WatchCall call, AccessRequestView request, string requestId, string secret)
    {
        var isApproved = request.Status == AccessStatus.Approved;
        var (token, expiresAt, failure) = isApproved ? await ClaimAsync(call, request.RequestId, secret) : default;
        return failure is not null
            ? new ProblemResult(failure)
            : TypedResults.Json(
                new GuestRequestedBody(
                    requestId,
                    SyncRoomShown.OfGuest(request.Status),
                    isApproved ? "Welcome: the room is open to everybody." : "Access request submitted. The host will review it.",
                    token,
                    expiresAt),
                WatchHttpJson.Wire.GuestRequestedBody,
                statusCode: StatusCodes.Status202Accepted);
    }

    private async ValueTask<(string? Token, DateTimeOffset? ExpiresAt, ApiError? Error)> ClaimAsync(
        WatchCall call, string publicId, string secret)
    {
        var now = time.GetUtcNow();
        var derived = SHA256.HashData(
            Encoding.UTF8.GetBytes($"guest token\n{publicId}\n{secret}\n{now.UtcTicks / ClaimPeriod.Ticks}"));
        var token = WatchTokens.PrefixOf(call.Party.Id) + Convert.ToHexStringLower(derived);
        var claim = new ClaimGuestAccess(
            now, publicId, TokenHash.Of(secret), new WatchTokenGrant(TokenHash.Of(token), now + TokenLifetime));
        var result = await call.Party.AskAsync(claim, new CommandId(new Guid(SHA256.HashData(derived).AsSpan(0, 16)), 1));
        return WatchRefusal.Of(result, null) is { } error ? (null, null, error) : (token, ((GuestAdmitted)result.Reply!).ExpiresAt, null);
    }

    private static (string PublicId, string Secret) NewRequest(string partyId, IdempotencyKey? key)
    {
        var prefix = WatchTokens.PrefixOf(partyId);
        return key is null
            ? (prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)))
            : (prefix + key.Derive("guest request").ToString("N")[..16], key.Derive("guest secret").ToString("N"));
    }
}
