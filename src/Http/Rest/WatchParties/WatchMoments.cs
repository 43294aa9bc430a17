using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Http.WebSockets.Watching;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>What passes over REST: reactions and tickets; and putting people out, which is limited.</summary>
internal sealed class WatchMoments(WatchCalls calls, WatchFloor floor, RateWindows windows)
{
    private const string ReactionsExceeded = "Rate limit exceeded. Please try again later.";

    /// <summary>Reacts.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> ReactAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Somebody, BodyNeed.Required);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var emoji = call.Inputs.Body.Text("emoji", 10, isRequired: true);
        var position = call.Inputs.Body.Number("video_timestamp", 0, WatchInputLimits.PositionMsMax / 1000);
        if ((call.Inputs.ToError() ?? ApiError.From(WatchInput.ValidateEmoji(emoji))) is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (known, refused) = await WatchCalls.QueryAsync(call, new GetWatchSeat(call.Actor, call.At));
        if (refused is not null)
        {
            return new ProblemResult(refused);
        }

        var member = ((WatchSeat)known.Reply!).Member;
        if (member.Muted)
        {
            return new ProblemResult(ApiError.Of(WatchErrorCodes.WatchMuted));
        }

        var (remaining, wait) = floor.Reactions.Take(member.MemberId);
        WatchLimitHeaders.Set(context.Response, WatchLimits.ReactionsPerMinute, remaining, call.At.AddMinutes(1));
        if (wait is not null)
        {
            return new ProblemResult(new ApiError(429, "rate_limited", ReactionsExceeded, null, wait));
        }

        call.Party.Signal(new ReactionSignal(
            member.MemberId, member.Name, call.At, emoji!, position is { } seconds ? (long)Math.Round(seconds * 1000) : null));
        return WatchAnswer.Of(
            new WatchReactionBody(call.Party.Id, member.MemberId, emoji!, position, call.At),
            WatchHttpJson.Wire.WatchSuccessWatchReactionBody,
            StatusCodes.Status201Created);
    }

    /// <summary>Puts somebody out.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> KickAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Somebody, BodyNeed.Required);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var (member, ban) = (call.Inputs.MemberId("user_id"), call.Inputs.Body.Flag("ban") ?? false);
        if ((call.Inputs.ToError() ?? await windows.CheckAsync(context, RateWindow.KickFromWatchParty, call.Caller.Key)) is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (_, refused) = await WatchCalls.AskAsync(call, new KickParticipant(call.At, call.Actor, member!, ban));
        return refused is null
            ? WatchAnswer.Message(ban ? "Participant banned successfully" : "Participant kicked successfully")
            : new ProblemResult(refused);
    }

    /// <summary>Gives the caller a ticket for one connection.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> TicketAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Somebody);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var ticket = WatchToken.New(call.Party.Id);
        var command = new IssueWatchTicket(
            call.At,
            call.Actor,
            TokenHash.Of(ticket),
            call.Caller.Account?.SessionId,
            null,
            call.At + TimeSpan.FromSeconds(WatchLimits.TicketSeconds));
        var (result, refused) = await WatchCalls.AskAsync(call, command);
        if (refused is not null)
        {
            return new ProblemResult(refused);
        }

        var body = new WatchTicketBody(ticket, WatchLimits.TicketSeconds, ((TicketIssued)result.Reply!).ExpiresAt);
        return WatchEnvelope.Speaks(context.Request.Path)
            ? WatchAnswer.Of(body, WatchHttpJson.Wire.WatchSuccessWatchTicketBody, StatusCodes.Status201Created)
            : TypedResults.Json(body, WatchHttpJson.Wire.WatchTicketBody, statusCode: StatusCodes.Status201Created);
    }
}
