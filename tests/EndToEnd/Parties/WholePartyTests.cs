using System.Net;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Parties;

/// <summary>Six friends go from "what shall we watch?" to a winner.</summary>
public sealed class WholePartyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private ServerProcess Server => fixture.Server;

    [Fact]
    public async Task Six_friends_decide_over_sockets_and_all_see_the_same()
    {
        await using var table = await PartyTable.SeatAsync(Server, 6);
        var films = await SearchOverSocketAsync(table, table.People[2], "the", 5);

        await table.Host.DoAsync(ClientFrameTypes.StartNomination);
        await table.NominateAsync(table.Host, films[0], "yay", "yay", "yay", "yay");
        await table.NominateAsync(table.People[1], films[1], "nay", "yay", "nay", "nay");
        await table.NominateAsync(table.People[2], films[2], "yay", "nay", "yay", "yay", "yay");
        await table.NominateAsync(table.People[3], films[3], "yay", "yay", "yay", "yay");
        await table.People[4].DoAsync(ClientFrameTypes.SuggestMovie, new { tmdb_id = films[4] });
        await table.People[4].DoAsync(ClientFrameTypes.WithdrawNomination, new { tmdb_id = films[4] });
        await table.EverybodyAsync(
            "three films", p => p.CurrentNomination is null && Pool(p).SequenceEqual([films[0], films[2], films[3]]));

        await table.Host.DoAsync(ClientFrameTypes.FinalizeNominations);
        await table.EverybodyAsync("ranking", p => p.Phase == PartyPhase.Ranking);
        string[][] ballots =
        [
            [films[3], films[0]], [films[2]], [films[0], films[2], films[3]], [films[3], films[2]], [films[2], films[0]], [films[0]],
        ];
        await table.People[0].DoAsync(ClientFrameTypes.SubmitRanking, new { ranks = (string[])[films[2], films[0]] });
        for (var i = 0; i < ballots.Length; i++)
        {
            await table.People[i].DoAsync(ClientFrameTypes.SubmitRanking, new { ranks = ballots[i] });
        }

        await FinishedForAllAsync(table, ballots);
    }

    [Fact]
    public async Task Six_friends_decide_over_rest_alone()
    {
        await using var table = await PartyTable.SeatAsync(Server, 6, connected: false);
        var films = await SearchFilmsAsync(table.Host, "a", 3);
        (await table.Host.CallAsync("POST", "/start-nomination")).Expect(HttpStatusCode.OK).Party.Phase.ShouldBe(PartyPhase.Nominating);
        foreach (var film in films)
        {
            (await table.People[1].CallAsync("POST", "/nominations", new { tmdb_id = film })).Expect(HttpStatusCode.OK);
            foreach (var voter in table.People.Take(4))
            {
                (await voter.CallAsync("PUT", "/nominations/current/vote", new { vote = "yay", tmdb_id = film })).Expect(HttpStatusCode.OK);
            }
        }

        (await table.Host.CallAsync("DELETE", $"/nominations/{films[2]}")).Expect(HttpStatusCode.OK);
        (await table.Host.CallAsync("POST", "/finalize-nominations")).Expect(HttpStatusCode.OK).Party.Phase.ShouldBe(PartyPhase.Ranking);
        string[][] ballots = [[films[0]], [films[1]], [films[1], films[0]], [films[0], films[1]], [films[1]], [films[0]]];
        foreach (var (person, ballot) in table.People.Zip(ballots))
        {
            var answer = (await person.CallAsync("PUT", "/ballots/me", new { ranks = ballot })).Expect(HttpStatusCode.OK);
            answer.Json.GetProperty("ranks").Deserialize<string[]>().ShouldBe(ballot);
        }

        var party = await table.Host.PartyAsync();
        party.Phase.ShouldBe(PartyPhase.Finished);
        ExpectedRunoff.ShouldMatch(party, ballots);
        Secrets.ShouldBeKept(table.People);
    }

    [Fact]
    public async Task The_same_people_start_again()
    {
        await using var table = await PartyTable.SeatAsync(Server, 3);
        await table.FillPoolAsync("900000001", "900000002");
        await table.Host.DoAsync(ClientFrameTypes.FinalizeNominations);
        foreach (var person in table.People)
        {
            await person.DoAsync(ClientFrameTypes.SubmitRanking, new { ranks = (string[])["900000002", "900000001"] });
        }

        await table.EverybodyAsync("a winner", p => p.Winner?.Id == "900000002");
        await table.People[1].RefusedAsync(ClientFrameTypes.RestartParty, null, PartyErrorCodes.HostOnly);
        await table.Host.DoAsync(ClientFrameTypes.RestartParty);
        await table.EverybodyAsync("the second round's lobby", p => p is { Phase: PartyPhase.Lobby, Round: 2 });
        var again = table.People[1].Socket.Party;
        again.ShouldSatisfyAllConditions(
            () => again.Participants.Keys.ToArray().ShouldBe([.. table.People.Select(p => p.UserId)]),
            () => again.Winner.ShouldBeNull(),
            () => again.Result.ShouldBeNull(),
            () => again.NominationPool.ShouldBeNull(),
            () => again.Submissions.ShouldBeNull());
        (await table.People[1].BallotAsync()).ShouldBeNull();
        await table.FillPoolAsync("900000001");
    }

    private static async Task<string[]> SearchFilmsAsync(PartyClient person, string query, int count)
    {
        var answer = (await person.CallAsync(HttpMethod.Get, $"/api/movies/search?q={query}")).Expect(HttpStatusCode.OK);
        var films = answer.Json.GetProperty("movies").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).ToArray();
        films.Length.ShouldBeInRange(count, 20);
        return films[..count];
    }

    private static async Task<string[]> SearchOverSocketAsync(PartyTable table, PartyClient person, string query, int count)
    {
        var results = await person.Socket.AskAsync(ClientFrameTypes.SearchMovies, new { query }, person.NextId());
        results.Type.ShouldBe(ServerFrameTypes.SearchResults, results.Text);
        var films = results.Payload.GetProperty("movies").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).ToArray();
        films.Length.ShouldBeInRange(count, 20);
        foreach (var other in table.People.Where(p => p != person))
        {
            other.Socket.Frames.ShouldNotContain(frame => frame.Is(ServerFrameTypes.SearchResults), "results go to whoever asked");
        }

        return films[..count];
    }

    private static IEnumerable<string> Pool(PartyView party) => party.NominationPool?.Select(movie => movie.Id) ?? [];

    private static async Task FinishedForAllAsync(PartyTable table, string[][] ballots)
    {
        await table.EverybodyAsync("a winner", p => p.Phase == PartyPhase.Finished);
        var last = table.People.Select(p => p.Socket.Frames.Last(f => f.Is(ServerFrameTypes.PartyUpdate)).Text).ToList();
        last.ShouldAllBe(text => text == last[0]);
        ExpectedRunoff.ShouldMatch(table.Host.Socket.Party, ballots);
        foreach (var (person, ballot) in table.People.Zip(ballots))
        {
            (await person.BallotAsync()).ShouldBe(ballot);
            var overRest = await person.PartyAsync();
            JsonSerializer.Serialize(overRest, PartyJsonContext.Wire.PartyView)
                .ShouldBe(JsonSerializer.Serialize(person.Socket.Party, PartyJsonContext.Wire.PartyView));
            UpdatesGrow(person);
        }

        Secrets.ShouldBeKept(table.People);
    }

    private static void UpdatesGrow(PartyClient person)
    {
        var seqs = person.Socket.Frames.Where(f => f.Is(ServerFrameTypes.PartyUpdate)).Select(f => f.Seq).ToList();
        seqs.ShouldBe([.. seqs.Distinct().Order()], $"{person.Name} got an update twice or out of order");
    }
}
