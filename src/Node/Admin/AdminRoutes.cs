using AkkaParty.Node.Operations;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using Microsoft.AspNetCore.Mvc;

namespace AkkaParty.Node.Admin;

/// <summary>The operators' questions and wishes as routes.</summary>
internal static class AdminRoutes
{
    private const int EventsDefault = 100;

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes, OperatorDesk desk)
    {
        var group = routes.MapGroup("").AddEndpointFilter(AnswerRefusalsAsync);
        group.MapGet("/cluster", async (CancellationToken stop) => Json(await desk.ShowAsync(stop)));
        group.MapGet("/cluster/join-info", async (CancellationToken stop) => Json(await desk.JoinInfoAsync(stop)));
        group.MapGet("/cluster/events", ([FromQuery] long? after) => Json(desk.History(after ?? 0)));
        group.MapPost("/cluster/leave", async ([FromQuery] string node, CancellationToken stop) => Json(await desk.LeaveAsync(node, stop)));
        group.MapPost("/cluster/down", async ([FromQuery] string node, CancellationToken stop) => Json(await desk.DownAsync(node, stop)));
        group.MapGet("/sharding/regions", async (CancellationToken stop) => Json(await desk.RegionsAsync(stop)));
        group.MapGet("/sharding/shards", async (CancellationToken stop) => Json(await desk.ShardsAsync(stop)));
        group.MapGet(
            "/sharding/where",
            async ([FromQuery] string kind, [FromQuery] string id, CancellationToken stop) => Json(await desk.WhereAsync(kind, id, stop)));
        group.MapPost("/sharding/rebalance", async (CancellationToken stop) => Json(await desk.RebalanceAsync(stop)));
        group.MapGet(
            "/entity",
            async ([FromQuery] string kind, [FromQuery] string id, CancellationToken stop) => Json(await desk.EntityAsync(kind, id, stop)));
        group.MapGet(
            "/entity/events",
            async (
                [FromQuery] string kind, [FromQuery] string id, [FromQuery] long? from, [FromQuery] int? count, CancellationToken stop) =>
                Json(await desk.EventsAsync(kind, id, from ?? 1, count ?? EventsDefault, stop)));
        group.MapGet("/feeds", async (CancellationToken stop) => Json(await desk.FeedsAsync(stop)));
        group.MapGet(
            "/journal",
            async ([FromQuery] long? after, [FromQuery] int? count, CancellationToken stop) =>
                Json(await desk.JournalAsync(after, count ?? EventsDefault, stop)));
        routes.MapFallback(() => Refusal(StatusCodes.Status404NotFound, "There is nothing at this path.", "route_not_found"));
    }

    /// <summary>Lets only those pass who know the token.</summary>
    public static void UseToken(IApplicationBuilder app, string token) => app.Use(async (context, next) =>
    {
        const string Scheme = "Bearer ";
        string? header = context.Request.Headers.Authorization;
        if (header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            && AdminToken.IsRight(token, header[Scheme.Length..].Trim()))
        {
            await next(context);
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await Refusal(
            StatusCodes.Status401Unauthorized,
            "The token is missing or wrong; on this machine it is in the file admin.token of the data directory.",
            "invalid_token").ExecuteAsync(context);
    });

    private static async ValueTask<object?> AnswerRefusalsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RefusedException refused)
        {
            return Refusal(StatusOf(refused.Kind), refused.Message, refused.Code);
        }
        catch (JournalUnavailableException)
        {
            return Refusal(StatusCodes.Status503ServiceUnavailable, "The database does not answer at the moment.", "store_unavailable");
        }
        catch (Exception error) when (error is UnknownManifestException or JournalDamagedException)
        {
            return Refusal(StatusCodes.Status500InternalServerError, error.Message, "unreadable");
        }
    }

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static IResult Json<T>(T answer) => Results.Json(answer, AdminJson.Options);

    private static IResult Refusal(int status, string error, string code) =>
        Results.Json(new RefusalView(error, code), AdminJson.Options, statusCode: status);
}
