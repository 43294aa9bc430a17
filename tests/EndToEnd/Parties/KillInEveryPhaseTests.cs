using System.Net;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Parties;

/// <summary>The server is killed in the middle of every phase; everybody connects again from where they were and goes on.</summary>
public sealed class KillInEveryPhaseTests
{
    private const string First = "900000011";
    private const string Second = "900000012";
    private const string Third = "900000013";

    [Fact]
    public async Task A_party_survives_a_kill_in_every_phase()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var table = await PartyTable.SeatAsync(server, 6);
        await KillAsync(table, "the lobby");

        await table.Host.DoAsync(ClientFrameTypes.StartNomination);
        await table.NominateAsync(table.Host, First, "yay", "yay", "yay", "yay");
        await KillAsync(table, "the nominations");

        await table.NominateAsync(table.People[5], Second, "yay", "nay");
        await KillAsync(table, "a vote");
        table.Host.Socket.Party.CurrentNomination!.Voters.Count.ShouldBe(2);
        foreach (var voter in table.People.Skip(2).Take(3))
        {
            await voter.DoAsync(ClientFrameTypes.VoteNomination, new { vote = "yay", tmdb_id = Second });
        }

        await table.NominateAsync(table.People[1], Third, "yay", "yay", "yay", "yay");
        await table.Host.DoAsync(ClientFrameTypes.FinalizeNominations);
        string[][] ballots = [[First, Second], [Second], [Third, First], [Third], [Second, Third, First], [First]];
        await RankAsync(table, ballots, 0, 3);
        await KillAsync(table, "the ranking");
        (await table.People[2].BallotAsync()).ShouldBe(ballots[2]);
        (await table.People[3].BallotAsync()).ShouldBeNull();

        await RankAsync(table, ballots, 3, 6);
        await table.EverybodyAsync("a winner", p => p.Phase == PartyPhase.Finished);
        ExpectedRunoff.ShouldMatch(table.Host.Socket.Party, ballots);
        await KillAsync(table, "the end");

        ExpectedRunoff.ShouldMatch(table.Host.Socket.Party, ballots);
        Secrets.ShouldBeKept(table.People);
    }

    private static async Task RankAsync(PartyTable table, string[][] ballots, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await table.People[i].DoAsync(ClientFrameTypes.SubmitRanking, new { ranks = ballots[i] });
        }
    }

    private static async Task KillAsync(PartyTable table, string where)
    {
        await table.EverybodyAsync("the newest state", p => p.Seq >= table.People.Max(person => person.Seq));
        var before = table.Host.Socket.Party;
        await table.Server.Kill9Async();
        await Task.WhenAll(table.People.Select(p => p.Socket.EndAsync()));
        await table.Server.RestartAsync();

        await using var nobody = new PartyClient(table.Server, "Nobody");
        var after = (await nobody.CallAsync(HttpMethod.Get, $"/api/party/{table.Id}")).Expect(HttpStatusCode.OK);
        Text(after.Party).ShouldBe(Text(before), $"after kill -9 in {where}");
        await table.ReconnectAllAsync();
        await Task.WhenAll(table.People.Select(HasNothingTwiceAsync));
    }

    // Whoever had the newest state gets nothing; whoever comes after somebody else's return may get a newer one, never the same again.
    private static async Task HasNothingTwiceAsync(PartyClient person)
    {
        var had = person.Seq;
        await person.Socket.SendAsync(ClientFrameTypes.Ping);
        await person.Socket.NextAsync(ServerFrameTypes.Pong);
        person.Socket.Frames.Where(f => f.Is(ServerFrameTypes.PartyUpdate)).ShouldAllBe(f => f.Seq > 0 && f.Seq >= had);
        if (person.Socket.Seq == 0)
        {
            // Nothing was missed, so nothing was sent; ask for the state, to compare it later.
            await person.ConnectAsync();
            await person.Socket.NextAsync(ServerFrameTypes.PartyUpdate);
        }
    }

    private static string Text(PartyView party) => JsonSerializer.Serialize(party, PartyJsonContext.Wire.PartyView);
}
