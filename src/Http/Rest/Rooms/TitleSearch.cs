using AkkaParty.Catalog;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Limits;
using AkkaParty.Http.Rest.Input;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>Finds films and series while somebody types: open to everybody, limited per client.</summary>
internal sealed class TitleSearch(ITitleCatalog catalog, CallRate rates)
{
    private const int QueryMin = 2;
    private const int LimitDefault = 8;
    private const int OverviewMax = 150;

    /// <summary>Finds them.</summary>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> FindAsync(HttpContext context)
    {
        if (rates.Check(context, CallKind.Search) is { } limited)
        {
            return new ProblemResult(limited);
        }

        var faults = new FaultList();
        var query = InputSource.ReadQuery(context.Request, faults);
        var text = query.Text("q", CatalogLimits.QueryLengthMax, QueryMin, isRequired: true);
        var limit = query.Integer("limit", 1, CatalogLimits.PageSize) ?? LimitDefault;
        if (text is { Length: > CatalogLimits.QueryLengthMax })
        {
            // The catalogue counts UTF-16 units: a query of emoji alone gets here.
            query.Fault<string>("string_too_long", "q", $"String should have at most {CatalogLimits.QueryLengthMax} characters");
        }

        if (faults.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        try
        {
            var found = await catalog.SuggestAsync(text!, (int)limit, context.RequestAborted);
            return TypedResults.Json([.. found.Select(Shown)], RoomHttpJson.Wire.IReadOnlyListTitleFoundBody);
        }
        catch (CatalogUnavailableException exception)
        {
            return new ProblemResult(
                ApiError.Of(PartyErrorCodes.MovieSearchFailed, exception.Message, null, exception.RetryAfter));
        }
    }

    private static TitleFoundBody Shown(TitleHit hit) => new(
        hit.Id, hit.Title, hit.PosterUrl, hit.Year, hit.VoteAverage, Beginning(hit.Overview), hit.Genres, hit.RuntimeMinutes);

    private static string? Beginning(string? overview)
    {
        if (overview is null || overview.Length <= OverviewMax)
        {
            return overview;
        }

        // Never half of a surrogate pair.
        var end = char.IsHighSurrogate(overview[OverviewMax - 1]) ? OverviewMax - 1 : OverviewMax;
        return overview[..end] + "…";
    }
}
