using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Rest.SyncRooms;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>Lists of watch parties, from the read models.</summary>
internal sealed class WatchLists(WatchCalls calls, IWatchParties parties, SyncRoomShown rooms)
{
    private const int PublicMax = 100;
    private const int PublicDefault = 20;
    private const int OffsetMax = 10_000;
    private const int TrendingMax = 50;
    private const int TrendingDefault = 10;
    private const int PagesMax = 1_000;

    private static readonly ApiError Unavailable =
        new(503, "store_unavailable", "The store does not answer at the moment.", null, TimeSpan.FromSeconds(1));

    /// <summary>Public parties that go on.</summary>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> PublicAsync(HttpContext context) => ListAsync(context, WatchNeed.Anybody, async call =>
    {
        var (limit, offset) = (call.Inputs.Page("limit", 1, PublicMax, PublicDefault), call.Inputs.Page("offset", 0, OffsetMax, 0));
        if (call.Inputs.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var rows = await parties.ListPublicAsync(limit, offset, context.RequestAborted);
        return List(rows, limit, offset);
    });

    /// <summary>The public parties with the most people.</summary>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> TrendingAsync(HttpContext context) => ListAsync(context, WatchNeed.Anybody, async call =>
    {
        var limit = call.Inputs.Page("limit", 1, TrendingMax, TrendingDefault);
        if (call.Inputs.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var rows = await parties.ListPublicAsync(PublicMax, 0, context.RequestAborted);
        return List([.. rows.OrderByDescending(row => row.ParticipantCount).Take(limit)], limit, 0);
    });

    /// <summary>The ended parties that the caller was in.</summary>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> HistoryAsync(HttpContext context) => ListAsync(context, WatchNeed.Account, async call =>
    {
        var (page, limit) = (call.Inputs.Page("page", 1, PagesMax, 1), call.Inputs.Page("limit", 1, PublicMax, PublicDefault));
        if (call.Inputs.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var mine = await parties.ListOfMemberAsync(call.Actor.MemberId!, context.RequestAborted);
        List<WatchPartyOfMember> ended = [.. mine.Where(one => one is { Party.EndedAt: not null, JoinedAt: not null })];
        return WatchAnswer.Of(
            new WatchHistoryBody(
                [.. ended.Skip((page - 1) * limit).Take(limit).Select(Entry)],
                new WatchPageBody(page, limit, ended.Count, (ended.Count + limit - 1) / limit)),
            WatchHttpJson.Wire.WatchSuccessWatchHistoryBody);
    });

    /// <summary>What somebody did in watch parties: one's own, or as an administrator.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> StatsAsync(string userId, HttpContext context) => ListAsync(context, WatchNeed.Account, async call =>
    {
        if (!WatchDoor.TryParse(userId, out var memberId))
        {
            return new ProblemResult(ApiError.Invalid("Invalid user ID: it must be a UUID", "id"));
        }

        if (memberId != call.Actor.MemberId && !call.Actor.IsAdmin)
        {
            return new ProblemResult(AccountError.Of(AccountErrorCodes.AccountNotFound, field: "id"));
        }

        var all = await parties.ListOfMemberAsync(memberId, context.RequestAborted);
        List<WatchPartyOfMember> attended = [.. all.Where(one => one.JoinedAt is not null)];
        return WatchAnswer.Of(
            new WatchStatsBody(
                memberId,
                attended.Count(one => one.Party.HostId == memberId),
                attended.Count,
                attended.Count(one => one is { Party.EndedAt: null, LeftAt: null }),
                attended.Sum(one => one.WatchedMs) / 1000),
            WatchHttpJson.Wire.WatchSuccessWatchStatsBody);
    });

    /// <summary>The rooms the caller has a seat in or was let into, that go on.</summary>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> RoomsAsync(HttpContext context) => ListAsync(context, WatchNeed.Account, async call =>
    {
        var mine = await parties.ListOfMemberAsync(call.Actor.MemberId!, context.RequestAborted);
        IReadOnlyList<SyncRoomBody> bodies = [.. mine
            .Where(one => one is { LeftAt: null, Party.EndedAt: null })
            .Select(one => rooms.Listed(context.Request, one))];
        return TypedResults.Json(bodies, WatchHttpJson.Wire.IReadOnlyListSyncRoomBody);
    });

    private static IResult List(IReadOnlyList<WatchPartyRow> rows, int limit, int offset) => WatchAnswer.Of(
        new WatchListBody([.. rows.Select(WatchShown.Listed)], rows.Count, limit, offset), WatchHttpJson.Wire.WatchSuccessWatchListBody);

    private static WatchHistoryEntry Entry(WatchPartyOfMember one)
    {
        var (begun, ended) = (one.Party.StartedAt ?? one.Party.CreatedAt, one.Party.EndedAt);
        return new WatchHistoryEntry(
            WatchShown.Listed(one.Party),
            WatchPersonShown.WordOf(one.Role),
            one.JoinedAt,
            one.LeftAt,
            ended is { } end ? Math.Max(0, (long)(end - begun).TotalSeconds) : null,
            one.WatchedMs / 1000);
    }

    private async Task<IResult> ListAsync(HttpContext context, WatchNeed need, Func<WatchCall, Task<IResult>> answer)
    {
        var (call, error) = await calls.OpenAsync(context, null, need);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        try
        {
            await parties.CatchUpAsync(context.RequestAborted);
            return await answer(call);
        }
        catch (JournalUnavailableException)
        {
            // The store says in the log what is wrong with it; whoever asks may come back.
            return new ProblemResult(Unavailable);
        }
    }
}
