using System.Globalization;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest;

/// <summary>Films: open to everybody, limited per client.</summary>
internal static class MovieEndpoints
{
    private const int ChosenDefault = 20;

    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/movies").WithTags("Films");
        group.MapGet("/search", SearchAsync)
            .WithSummary("Finds films by title")
            .WithDescription("At most 20 films a page. The query is trimmed and must have 1 to 200 characters.")
            .Produces<MoviePageBody>()
            .ProducesErrors(400, 429, 500);
        group.MapGet("/chosen", ChosenAsync)
            .WithSummary("The films that parties on this server chose, most wins first")
            .WithDescription("limit is 1 to 50, 20 when it is left out. A film counts once for every round that it won.")
            .Produces<ChosenFilmsBody>()
            .ProducesErrors(400, 429, 503);
        group.MapGet("/{id}", FindAsync)
            .WithSummary("One film")
            .Produces<MovieDetailsBody>()
            .ProducesErrors(400, 404, 429, 502);
    }

    private static async Task<IResult> SearchAsync(
        HttpContext context, CallRate rates, FilmLookup films, [FromQuery] string? q = null, [FromQuery] string? page = null)
    {
        if (rates.Check(context, CallKind.Search) is { } limited)
        {
            return new ProblemResult(limited);
        }

        if (!int.TryParse(page ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            number = 0;
        }

        var (query, found, error) = await films.SearchAsync(q, number, "q", context.RequestAborted);
        return error is not null
            ? new ProblemResult(error)
            : TypedResults.Json(
                new MoviePageBody(query, [.. found!.Films.Select(FilmLookup.ToMovie)], found.Page, found.TotalPages, found.TotalResults),
                HttpJson.Wire.MoviePageBody);
    }

    private static async Task<IResult> ChosenAsync(
        HttpContext context, CallRate rates, IChosenFilms films, [FromQuery] string? limit = null)
    {
        if (rates.Check(context, CallKind.Search) is { } limited)
        {
            return new ProblemResult(limited);
        }

        var count = ChosenDefault;
        if (limit is not null
            && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= IChosenFilms.CountMax))
        {
            return new ProblemResult(ApiError.Invalid($"limit must be 1 to {IChosenFilms.CountMax}.", "limit"));
        }

        try
        {
            return TypedResults.Json(
                new ChosenFilmsBody(await films.ListAsync(count, context.RequestAborted)), HttpJson.Wire.ChosenFilmsBody);
        }
        catch (JournalUnavailableException)
        {
            return new ProblemResult(
                new ApiError(503, "store_unavailable", "The store does not answer at the moment.", null, TimeSpan.FromSeconds(1)));
        }
    }

    private static async Task<IResult> FindAsync(string id, HttpContext context, CallRate rates, FilmLookup films)
    {
        if (rates.Check(context, CallKind.Search) is { } limited)
        {
            return new ProblemResult(limited);
        }

        var (details, error) = await films.FindAsync(id, "id", context.RequestAborted);
        if (details is null)
        {
            return new ProblemResult(error!);
        }

        var film = details.Film;
        return TypedResults.Json(
            new MovieDetailsBody(film.Id, film.Title, film.Year, film.PosterPath, details.Genres, details.RuntimeMinutes, details.Overview),
            HttpJson.Wire.MovieDetailsBody);
    }
}
