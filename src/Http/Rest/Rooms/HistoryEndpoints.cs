using AkkaParty.Http.Docs;
using AkkaParty.Protocol.Rooms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>What a room has watched, over REST.</summary>
internal static class HistoryEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/votes/history").WithTags("History");
        group.MapPost("/{historyId}/rate", (string historyId, HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(
                context, inputs => Rate(inputs, historyId), RoomAnswer.Entry))
            .Accepts<RatingShape>("application/json")
            .Produces<HistoryShown>()
            .AsRoomCommand("Rates a watched film: 1 to 5 stars, in halves as exact_rating; a later rating replaces the earlier one");
        group.MapGet("/room/{roomId}", (string roomId, HttpContext context, RoomLists lists) => lists.HistoryAsync(roomId, context))
            .Produces<IReadOnlyList<HistoryShown>>()
            .AsRoomQuery("What was watched, newest first: limit (50), skip");
        group.MapGet("/room/{roomId}/export", (string roomId, HttpContext context, RoomLists lists) => lists.ExportAsync(roomId, context))
            .Produces<IReadOnlyList<HistoryShown>>(StatusCodes.Status200OK, "application/json", HistoryCsv.ContentType)
            .AsRoomQuery("The whole history as a file: format is csv or json");
        group.MapGet("/room/{roomId}/stats", (string roomId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context,
                RoomTarget.Room(roomId),
                static (_, actor, at, _) => new GetRoomStats(actor, at),
                static (context, result) => RoomAnswer.Show(
                    context, result, RoomFigures.OfHistory((RoomStats)result.Reply!), RoomHttpJson.Wire.HistoryStatsBody)))
            .Produces<HistoryStatsBody>()
            .AsRoomQuery("How many films were watched, and how they were rated");
    }

    private static RoomOrder Rate(RoomInputs inputs, string historyId)
    {
        const string Exact = "exact_rating";
        var user = inputs.ActingUserOfBody("user_id");
        var stars = inputs.Body.Integer("rating", 1, 5, isRequired: !inputs.Body.Has(Exact), code: RoomErrorCodes.RatingInvalid);
        var exact = inputs.Body.Number(Exact, 1, 5, RoomErrorCodes.RatingInvalid);
        if (exact * 2 % 1 is not (null or 0))
        {
            inputs.Body.Fault<string>("multiple_of", Exact, "Input should be a multiple of 0.5", RoomErrorCodes.RatingInvalid);
        }

        inputs.Body.RefuseOthers();
        var halfStars = (int)((exact ?? stars ?? 0) * 2);
        return new RoomOrder(
            RoomTarget.Entry(historyId), (at, actor, id) => new RateEntry(at, actor, id, actor.UserId ?? string.Empty, halfStars))
        {
            ActingUser = user,
            NeedsSeat = true,
        };
    }
}
