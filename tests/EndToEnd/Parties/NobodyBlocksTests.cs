using System.Globalization;
using System.Net;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Parties;

/// <summary>
/// A party always comes to its end, whoever falls silent, leaves or loses the connection. All times are about the shortest allowed.
/// </summary>
public sealed class NobodyBlocksTests : IAsyncLifetime
{
    private const string Film = "900000021";
    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(
        ("Parties__NominationSeconds", "5"), ("Parties__AwaySeconds", "5"), ("Parties__HostAwaySeconds", "6"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_nomination_ends_at_its_deadline_by_the_votes_cast()
    {
        await using var table = await PartyTable.SeatAsync(_server, 4);
        await table.Host.DoAsync(ClientFrameTypes.StartNomination);

        await table.NominateAsync(table.Host, Film, "yay");

        await table.EverybodyAsync("the film in the pool", p => p.CurrentNomination is null && p.NominationPool is [{ Id: Film }]);
        await table.NominateAsync(table.Host, "900000022", "nay");
        await table.EverybodyAsync("the second film refused", p => p.CurrentNomination is null && p.NominationPool!.Count == 1);
    }

    [Fact]
    public async Task A_nomination_left_open_by_a_killed_server_is_decided_when_due()
    {
        await using var server = await ServerProcess.StartAsync(("Parties__NominationSeconds", "8"));
        await using var table = await PartyTable.SeatAsync(server, 3, connected: false);
        (await table.Host.CallAsync("POST", "/start-nomination")).Expect(HttpStatusCode.OK);
        (await table.Host.CallAsync("POST", "/nominations", new { tmdb_id = Film })).Expect(HttpStatusCode.OK);
        var open = (await table.Host.CallAsync("PUT", "/nominations/current/vote", new { vote = "yay" })).Expect(HttpStatusCode.OK).Party;

        await server.Kill9Async();
        await server.RestartAsync();

        // Nobody asks the party anything: it has to wake up by itself. The socket only listens.
        await table.People[1].ConnectAsync(open.Seq.ToString(CultureInfo.InvariantCulture));
        var party = await table.People[1].Socket.PartyAsync(
            "the film decided", p => p.CurrentNomination is null && p.NominationPool!.Count == 1);
        party.NominationPool![0].Id.ShouldBe(Film);
    }

    [Fact]
    public async Task Who_is_away_is_not_waited_for()
    {
        await using var table = await PartyTable.SeatAsync(_server, 3);
        var gone = table.People[2];
        await table.FillPoolAsync(Film);
        await table.Host.DoAsync(ClientFrameTypes.FinalizeNominations);
        await table.Host.DoAsync(ClientFrameTypes.SubmitRanking, new { ranks = (string[])[Film] });
        await table.People[1].DoAsync(ClientFrameTypes.SubmitRanking, new { ranks = (string[])[Film] });
        table.Host.Socket.Party.Phase.ShouldBe(PartyPhase.Ranking);

        await gone.Socket.CloseAsync();

        var party = await table.Host.Socket.PartyAsync("the end", p => p.Phase == PartyPhase.Finished);
        party.Participants[gone.UserId].ShouldSatisfyAllConditions(p => p.Away.ShouldBeTrue(), p => p.Connected.ShouldBeFalse());
        party.EndedBy.ShouldBe(RankingEnd.AllRanked);
        await gone.ReconnectAsync();
        await gone.Socket.PartyAsync("oneself back", p => p.Participants[gone.UserId] is { Away: false, Connected: true });
    }

    [Fact]
    public async Task The_role_passes_on_when_the_host_leaves_and_when_the_host_is_away()
    {
        await using var table = await PartyTable.SeatAsync(_server, 3);
        (await table.Host.CallAsync("POST", "/leave")).Expect(HttpStatusCode.NoContent);

        await table.People[1].Socket.PartyAsync(
            "Ben as host", p => p.Participants.Count == 2 && p.Participants[table.People[1].UserId].IsHost);
        await table.People[1].Socket.CloseAsync();
        await table.People[2].Socket.PartyAsync("Cleo as host", p => p.Participants[table.People[2].UserId].IsHost);
        await table.People[2].DoAsync(ClientFrameTypes.StartNomination);
    }

    [Fact]
    public async Task The_host_closes_a_nomination_and_the_ranking()
    {
        await using var table = await PartyTable.SeatAsync(_server, 4);
        await table.Host.DoAsync(ClientFrameTypes.StartNomination);
        await table.NominateAsync(table.People[1], Film, "yay");
        await table.People[1].RefusedAsync(ClientFrameTypes.CloseNomination, null, PartyErrorCodes.HostOnly);
        await table.Host.DoAsync(ClientFrameTypes.CloseNomination);
        await table.Host.DoAsync(ClientFrameTypes.FinalizeNominations);
        await table.Host.RefusedAsync(ClientFrameTypes.CloseRanking, null, PartyErrorCodes.NoBallots);
        await table.People[3].DoAsync(ClientFrameTypes.SubmitRanking, new { ranks = (string[])[Film] });

        await table.Host.DoAsync(ClientFrameTypes.CloseRanking);

        await table.EverybodyAsync("the winner", p => p.Winner?.Id == Film && p.EndedBy == RankingEnd.Host);
    }

    [Fact]
    public async Task The_ranking_ends_at_the_hosts_deadline_even_without_a_ballot()
    {
        await using var table = await PartyTable.SeatAsync(_server, 2);
        await table.FillPoolAsync(Film);
        await table.Host.DoAsync(ClientFrameTypes.FinalizeNominations);
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(2);

        await table.Host.DoAsync(ClientFrameTypes.SetRankingDeadline, new { deadline = soon });

        await table.EverybodyAsync("the winner", p => p.Winner?.Id == Film && p.EndedBy == RankingEnd.DeadlineWithoutBallots);
    }
}
