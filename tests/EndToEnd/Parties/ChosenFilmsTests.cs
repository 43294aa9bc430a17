using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Parties;

/// <summary>What wins is on the list of chosen films: once for every round, whatever happens to the server.</summary>
public sealed class ChosenFilmsTests
{
    private const string First = "900000011";
    private const string Second = "900000012";

    [Fact]
    public async Task A_film_that_won_is_listed_and_counts_once_after_every_kill()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var table = await PartyTable.SeatAsync(server, 2, connected: false);
        (await ListAsync(table)).ShouldBeEmpty();

        await FinishAsync(table, First);
        (await UntilAsync(table, films => films.Count == 1)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            film => film.Id.ShouldBe(First), film => film.Title.ShouldNotBeEmpty(), film => film.Wins.ShouldBe(1));

        await server.Kill9Async();
        await server.RestartAsync();
        Wins(await ListAsync(table)).ShouldBe([(First, 1)]);

        // Killed between the acknowledgement and, most of the time, the projection's step.
        await AgainAsync(table);
        await FinishAsync(table, First);
        await server.Kill9Async();
        await server.RestartAsync();

        // When the later win is there, everything before it was counted.
        await AgainAsync(table);
        await FinishAsync(table, Second);
        Wins(await UntilAsync(table, films => films.Count == 2)).ShouldBe([(First, 2), (Second, 1)]);

        var text = (await table.Host.CallAsync(HttpMethod.Get, "/api/movies/chosen?limit=1")).Expect(HttpStatusCode.OK).Body;
        text.ShouldNotContain("Friday night");
        text.ShouldNotContain("Ada");
        text.ShouldNotContain(table.Id);
        (await server.Http.GetStringAsync("/metrics")).ShouldContain("akkaparty_projection_lag_seconds{projection=\"chosen-films\"}");
        (await server.TerminateAsync()).ShouldBe(0, server.Output);
    }

    private static async Task AgainAsync(PartyTable table) => (await table.Host.CallAsync("POST", "/restart")).Expect(HttpStatusCode.OK);

    private static async Task FinishAsync(PartyTable table, string film)
    {
        (await table.Host.CallAsync("POST", "/start-nomination")).Expect(HttpStatusCode.OK);
        (await table.Host.CallAsync("POST", "/nominations", new { tmdb_id = film })).Expect(HttpStatusCode.OK);
        foreach (var voter in table.People)
        {
            (await voter.CallAsync("PUT", "/nominations/current/vote", new { vote = "yay" })).Expect(HttpStatusCode.OK);
        }

        (await table.Host.CallAsync("POST", "/finalize-nominations")).Expect(HttpStatusCode.OK);
        (await table.Host.CallAsync("PUT", "/ballots/me", new { ranks = (string[])[film] })).Expect(HttpStatusCode.OK);
        (await table.Host.CallAsync("POST", "/close-ranking")).Expect(HttpStatusCode.OK).Party.Winner!.Id.ShouldBe(film);
    }

    private static IEnumerable<(string, long)> Wins(IEnumerable<ChosenFilm> films) => films.Select(film => (film.Id, film.Wins));

    private static async Task<IReadOnlyList<ChosenFilm>> ListAsync(PartyTable table)
    {
        var answer = (await table.Host.CallAsync(HttpMethod.Get, "/api/movies/chosen")).Expect(HttpStatusCode.OK);
        return [.. answer.Json.GetProperty("movies").EnumerateArray().Select(m => m.Deserialize(PartyJsonContext.Wire.ChosenFilm)!)];
    }

    private static async Task<IReadOnlyList<ChosenFilm>> UntilAsync(PartyTable table, Func<IReadOnlyList<ChosenFilm>, bool> fits)
    {
        var begin = Stopwatch.GetTimestamp();
        while (true)
        {
            var films = await ListAsync(table);
            if (fits(films))
            {
                return films;
            }

            Patience.Left(Patience.Answer, begin).ShouldBeGreaterThan(TimeSpan.Zero, $"in vain for a list other than {string.Join(", ", films)}");
        }
    }
}
