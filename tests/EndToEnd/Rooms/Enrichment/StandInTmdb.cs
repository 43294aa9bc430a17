using System.Globalization;
using System.Text.Json.Nodes;
using AkkaParty.EndToEnd.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkkaParty.EndToEnd.Rooms.Enrichment;

/// <summary>What it is asked for.</summary>
/// <param name="Node">The number of the node that asks.</param>
/// <param name="What"><c>search/movie</c>, <c>search/tv</c> or <c>movie</c>.</param>
/// <param name="Film">The film's number.</param>
internal sealed record TmdbRequest(int Node, string What, int Film);

/// <summary>
/// Stands in for TMDB. Each node asks it at an address of its own, so that it knows who asks. It answers a number of films and then lets
/// everybody wait until it is told to go on.
/// </summary>
internal sealed class StandInTmdb : IAsyncDisposable
{
    private readonly Pulse _pulse = new();
    private readonly List<TmdbRequest> _requests = [];
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;
    private readonly int _freeAnswers;
    private int _waiting;

    private StandInTmdb(WebApplication app, int freeAnswers) => (_app, _freeAnswers) = (app, freeAnswers);

    /// <summary>The films of which it says something that nobody can read.</summary>
    public required Func<int, bool> IsBroken { get; init; }

    /// <summary>The films that it does not know.</summary>
    public required Func<int, bool> IsUnknown { get; init; }

    /// <summary>Everything it was asked for.</summary>
    public IReadOnlyList<TmdbRequest> Requests => _pulse.Read(() => _requests.ToArray());

    /// <summary>Starts it.</summary>
    /// <param name="freeAnswers">How many films it answers at once; all others wait.</param>
    /// <param name="isBroken">The films of which it says something that nobody can read.</param>
    /// <param name="isUnknown">The films that it does not know.</param>
    public static async Task<StandInTmdb> StartAsync(int freeAnswers, Func<int, bool> isBroken, Func<int, bool> isUnknown)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var tmdb = new StandInTmdb(builder.Build(), freeAnswers) { IsBroken = isBroken, IsUnknown = isUnknown };
        tmdb._app.Run(tmdb.AnswerAsync);
        await tmdb._app.StartAsync();
        return tmdb;
    }

    /// <summary>A film's title.</summary>
    public static string TitleOf(int film) => string.Create(CultureInfo.InvariantCulture, $"Lantern {film}");

    /// <summary>The address at which one node asks.</summary>
    public string AddressFor(int node) => string.Create(CultureInfo.InvariantCulture, $"{_app.Urls.Single()}/{node}/3/");

    /// <summary>Waits until that many wait for an answer.</summary>
    public Task UntilWaitingAsync(int count) => _pulse.UntilAsync(
        () => _waiting >= count ? this : null,
        $"{count} requests that wait",
        () => $"{_waiting} wait. It was asked for:{Environment.NewLine}{string.Join(Environment.NewLine, _requests)}",
        Patience.Process);

    /// <summary>Answers those who wait, and everybody at once from now on.</summary>
    public void GoOn() => _goOn.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        GoOn();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = Read(context.Request);
        var mustWait = false;
        _pulse.Change(() =>
        {
            _requests.Add(request);
            mustWait = !_goOn.Task.IsCompleted && _requests.Select(r => r.Film).Distinct().Count() > _freeAnswers;
            _waiting += mustWait ? 1 : 0;
        });
        if (mustWait)
        {
            await _goOn.Task;
        }

        if (IsBroken(request.Film))
        {
            await context.Response.WriteAsync("<p>Come back later</p>");
            return;
        }

        var film = FilmOf(request.Film);
        var results = request.What == "search/movie" && !IsUnknown(request.Film) ? new JsonArray(film) : [];
        await context.Response.WriteAsJsonAsync<JsonNode>(
            request.What == "movie" ? film : new JsonObject { ["results"] = results });
    }

    // /NODE/3/search/movie?query=lantern 12 or /NODE/3/movie/12
    private static TmdbRequest Read(HttpRequest request)
    {
        var steps = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isSearch = steps[2] == "search";
        var number = isSearch ? request.Query["query"].ToString().Split(' ')[^1] : steps[3];
        return new TmdbRequest(
            int.Parse(steps[0], CultureInfo.InvariantCulture),
            isSearch ? $"search/{steps[3]}" : steps[2],
            int.Parse(number, CultureInfo.InvariantCulture));
    }

    private static JsonObject FilmOf(int film) => new()
    {
        ["id"] = film,
        ["title"] = TitleOf(film),
        ["release_date"] = "1951-03-01",
        ["runtime"] = 80 + film,
        ["overview"] = "A light in the window.",
    };
}
