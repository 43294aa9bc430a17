using System.Globalization;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest;

/// <summary>Films: open to everybody, limited per client.</summary>
internal static class MovieEndpoints
{
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
