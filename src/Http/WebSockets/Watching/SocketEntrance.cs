using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Rest.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>Where whoever wants to follow a watch party comes in: with an account's token, a guest's, or a ticket.</summary>
internal sealed class SocketEntrance(
    WatchCalls calls, WatchEntrance entrance, TicketCheck tickets, HttpOptions options, TimeProvider time)
{
    /// <summary>Recognises somebody, and finds out from where on they follow.</summary>
    /// <param name="context">The request.</param>
    /// <param name="idText">The party asked for.</param>
    /// <param name="since">The last number they have; null for none.</param>
    /// <param name="seats">Whether somebody with an account who may come in takes a seat by connecting.</param>
    /// <returns>Who it is, or the error.</returns>
    public async ValueTask<(WatchFollower? Follower, ApiError? Error)> AdmitAsync(
        HttpContext context, string? idText, long? since, bool seats)
    {
        var (holder, error) = context.Request.Query["ticket"] is [{ Length: > 0 } ticket, ..]
            ? await tickets.RedeemAsync(context, idText, ticket)
            : await RecogniseAsync(context, idText, seats);
        if (holder is null)
        {
            return (null, error);
        }

        var now = time.GetUtcNow();
        var result = await holder.Party.QueryAsync(new GetWatchWelcome(holder.Actor, now));
        if (result is not { Outcome: AskOutcome.Replied, Reply: WatchWelcome welcome })
        {
            return (null, Refusal(ApiError.From(result)));
        }

        if (welcome.Party.EndedAt is not null)
        {
            return (null, ApiError.Of(WatchErrorCodes.WatchPartyEnded));
        }

        var seq = welcome.Party.Seq;
        bool? resumed = since is null ? null : since <= seq && seq - since <= options.Sockets.ResumeEventsMax;
        var lifetime = (welcome.TokenExpiresAt ?? holder.ExpiresAt) - now;
        var withMessages = context.Request.Query["messages"] != "none";
        return (
            new WatchFollower(
                holder.Party,
                holder.Actor with { MemberId = welcome.Member.MemberId },
                welcome,
                resumed == true ? since!.Value : seq,
                resumed,
                lifetime ?? TimeSpan.MaxValue,
                holder.AccountSession,
                holder.FreshToken,
                withMessages),
            null);
    }

    private async ValueTask<(SocketHolder? Holder, ApiError? Error)> RecogniseAsync(HttpContext context, string? idText, bool seats)
    {
        var (call, error) = await calls.OpenAsync(context, idText, WatchNeed.Somebody);
        if (call is null)
        {
            return (null, error);
        }

        var account = call.Caller.Account;
        var holder = new SocketHolder(call.Party, call.Actor, account?.ExpiresAt, account?.SessionId, null);
        if (seats && account is not null)
        {
            var (known, unknown) = await WatchCalls.QueryAsync(call, new GetWatchSeat(call.Actor, call.At));
            var hasSeat = unknown is null && ((WatchSeat)known.Reply!).Member.LeftAt is null;
            if (!hasSeat && (unknown is null || unknown.Code == WatchErrorCodes.NotAParticipant))
            {
                var (_, refused) = await entrance.JoinAsync(call, null, null);
                return refused is null ? (holder, null) : (null, Refusal(refused));
            }
        }

        return (holder, null);
    }

    private static ApiError Refusal(ApiError error) => error.Code == WatchErrorCodes.NotAParticipant
        ? error with { Detail = "Not a participant of this watch party" }
        : error;
}

/// <summary>Somebody who showed something that holds.</summary>
/// <param name="Party">The party.</param>
/// <param name="Actor">Who it is.</param>
/// <param name="ExpiresAt">When what they showed ends; null for a guest, whose party knows it.</param>
/// <param name="AccountSession">The session of their account; null for a guest.</param>
/// <param name="FreshToken">The token a guest got for a ticket; null for everybody else.</param>
internal sealed record SocketHolder(
    EntityRef Party, WatchActor Actor, DateTimeOffset? ExpiresAt, string? AccountSession, string? FreshToken);
