using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>
/// Long lists of a room. They are asked for page by page, so that no answer between nodes is larger than a link takes.
/// </summary>
internal sealed class RoomLists(RoomCalls calls, TimeProvider time)
{
    private const int PageSize = 100;
    private const int ReadsMax = 3;
    private const int ItemsDefault = 100;
    private const int HistoryDefault = 50;
    private static readonly (string, bool)[] Formats = [("csv", true), ("json", false)];

    /// <summary>Lists the queue.</summary>
    /// <param name="roomId">The room asked for.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, 304 or the error.</returns>
    public async Task<IResult> ItemsAsync(string roomId, HttpContext context)
    {
        var (caller, inputs, faults, error) = await calls.OpenAsync(context, RoomTarget.Room(roomId));
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        var status = RoomInputs.Status(inputs!.Query, "status_filter");
        var provider = inputs.Query.Text("provider", RoomLimits.EntryMax, min: 0);
        var isAvailable = inputs.Query.Flag("available_now") ?? false;
        var limit = inputs.Page("limit", 1, RoomLimits.ItemsMax, ItemsDefault);
        var skip = inputs.Page("skip", 0, int.MaxValue - RoomLimits.ItemsMax, 0);
        if (faults!.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        // The queue is in the order of its scores, which move: pages of different moments do not make one list.
        var (items, last) = ((IReadOnlyList<ItemView>)[], default(AskResult));
        for (var read = 1; ; read++)
        {
            (items, last, var isOne) = await ReadAsync(
                caller!.Room,
                limit,
                skip,
                (count, from) => new ListItems(
                    caller.Actor, time.GetUtcNow(), status, provider is "" ? null : provider, isAvailable, count, from),
                static reply => ((ItemList)reply).Items,
                static item => item.Id);
            if (isOne || read == ReadsMax)
            {
                break;
            }
        }

        return Answer(context, last, () => RoomAnswer.Show(context, last, items, RoomHttpJson.Wire.IReadOnlyListItemView));
    }

    /// <summary>Lists the history.</summary>
    /// <param name="roomId">The room asked for.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, 304 or the error.</returns>
    public async Task<IResult> HistoryAsync(string roomId, HttpContext context)
    {
        var (caller, inputs, faults, error) = await calls.OpenAsync(context, RoomTarget.Room(roomId));
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        var limit = inputs!.Page("limit", 1, RoomLimits.HistoryMax, HistoryDefault);
        var skip = inputs.Page("skip", 0, int.MaxValue - RoomLimits.HistoryMax, 0);
        if (faults!.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (entries, last) = await HistoryOfAsync(caller!, limit, skip);
        return Answer(context, last, () => RoomAnswer.Show(
            context, last, [.. entries.Select(HistoryShown.Of)], RoomHttpJson.Wire.IReadOnlyListHistoryShown));
    }

    /// <summary>Gives the whole history as a file.</summary>
    /// <param name="roomId">The room asked for.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> ExportAsync(string roomId, HttpContext context)
    {
        var (caller, inputs, faults, error) = await calls.OpenAsync(context, RoomTarget.Room(roomId));
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        var isCsv = inputs!.Query.OneOf("format", Formats) ?? true;
        if (faults!.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (entries, last) = await HistoryOfAsync(caller!, RoomLimits.HistoryMax, 0);
        return Answer(context, last, () =>
        {
            EntityTag.Set(context, last.Seq);
            var name = $"history-{caller!.RoomId}.{(isCsv ? "csv" : "json")}";
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            return isCsv
                ? TypedResults.Text(HistoryCsv.Write(entries), HistoryCsv.ContentType, System.Text.Encoding.UTF8)
                : TypedResults.Json([.. entries.Select(HistoryShown.Of)], RoomHttpJson.Wire.IReadOnlyListHistoryShown);
        });
    }

    private static IResult Answer(HttpContext context, AskResult result, Func<IResult> answer) =>
        RoomAnswer.Failure(result) is { } failure ? new ProblemResult(failure)
        : EntityTag.IsKnown(context, result.Seq) ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
        : answer();

    // The history only grows at its beginning: an entry that comes meanwhile can show one twice, but hides none.
    private async ValueTask<(IReadOnlyList<HistoryView> Entries, AskResult Last)> HistoryOfAsync(RoomCaller caller, int limit, int skip)
    {
        var (entries, last, _) = await ReadAsync(
            caller.Room,
            limit,
            skip,
            (count, from) => new ListHistory(caller.Actor, time.GetUtcNow(), count, from),
            static reply => ((HistoryList)reply).Entries,
            static entry => entry.Id);
        return (entries, last);
    }

    private static async ValueTask<(IReadOnlyList<T> List, AskResult Last, bool IsOfOneMoment)> ReadAsync<T>(
        EntityRef room,
        int limit,
        int skip,
        Func<int, int, RoomQuery> page,
        Func<object, IReadOnlyList<T>> listOf,
        Func<T, string> idOf)
    {
        var (list, seen, isOne, seq) = (new List<T>(), new HashSet<string>(StringComparer.Ordinal), true, 0L);
        for (var read = 0; ; read += PageSize)
        {
            var count = Math.Min(PageSize, limit - read);
            var result = await room.QueryAsync(page(count, skip + read));
            if (result.Outcome != AskOutcome.Replied)
            {
                return ([], result, true);
            }

            isOne &= read == 0 || result.Seq == seq;
            seq = result.Seq;
            var some = listOf(result.Reply!);
            list.AddRange(some.Where(entry => seen.Add(idOf(entry))));
            if (some.Count < count || read + count >= limit)
            {
                return (list, result, isOne);
            }
        }
    }
}
