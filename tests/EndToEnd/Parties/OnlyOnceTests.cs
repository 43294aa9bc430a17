using System.Net;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Parties;

/// <summary>Whoever does not know whether a command arrived sends it again, and it happens once.</summary>
public sealed class OnlyOnceTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private ServerProcess Server => fixture.Server;

    [Fact]
    public async Task Creating_again_with_the_same_key_gives_the_same_party_and_a_fresh_token()
    {
        var key = NewKey();
        await using var first = new PartyClient(Server, "Ada");
        await using var again = new PartyClient(Server, "Ada");

        var created = (await first.CreateAsync("Friday", key)).Expect(HttpStatusCode.Created);
        (await again.CreateAsync("Friday", key)).Expect(HttpStatusCode.Created);

        (again.PartyId, again.UserId).ShouldBe((first.PartyId, first.UserId));
        again.Token.ShouldNotBe(first.Token);
        (await first.BallotAsync()).ShouldBeNull();
        (await again.BallotAsync()).ShouldBeNull();
        (await first.PartyAsync()).Participants.ShouldHaveSingleItem();
        created.Response.Headers.Location!.ToString().ShouldBe($"/api/party/{first.PartyId}");
        Secrets.ShouldBeKept([first, again]);
    }

    [Fact]
    public async Task Joining_again_with_the_same_key_gives_the_same_participant_and_a_fresh_token()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        var key = NewKey();
        await using var first = new PartyClient(Server, "Ben");
        await using var again = new PartyClient(Server, "Ben");

        (await first.JoinAsync(table.Id, key)).Expect(HttpStatusCode.Created);
        (await again.JoinAsync(table.Id, key)).Expect(HttpStatusCode.Created);

        again.UserId.ShouldBe(first.UserId);
        again.Token.ShouldNotBe(first.Token);
        (await again.BallotAsync()).ShouldBeNull();
        (await table.Host.PartyAsync()).Participants.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Ten_calls_at_once_with_the_same_key_create_one_party_and_one_participant()
    {
        var key = NewKey();
        var clients = Enumerable.Range(0, 10).Select(_ => new PartyClient(Server, "Ada")).ToList();

        var answers = await Task.WhenAll(clients.Select(c => c.CreateAsync("Friday", key)));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        clients.Select(c => (c.PartyId, c.UserId)).Distinct().ShouldHaveSingleItem();
        (await clients[0].PartyAsync()).Participants.ShouldHaveSingleItem();
        var guests = Enumerable.Range(0, 8).Select(_ => new PartyClient(Server, "Ben")).ToList();
        var guestKey = NewKey();
        var joined = await Task.WhenAll(guests.Select(c => c.JoinAsync(clients[0].PartyId, guestKey)));
        joined.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        guests.Select(c => c.UserId).Distinct().ShouldHaveSingleItem();
        (await clients[0].PartyAsync()).Participants.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        var key = NewKey();
        await using var one = new PartyClient(Server, "Ben");
        await using var other = new PartyClient(Server, "Cleo");
        (await one.JoinAsync(table.Id, key)).Expect(HttpStatusCode.Created);

        (await other.JoinAsync(table.Id, key)).Refuses(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused", "Idempotency-Key");

        (await one.CreateAsync("Friday", key)).Expect(HttpStatusCode.Created);
        (await one.CreateAsync("Saturday", key)).Refuses(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        (await table.Host.PartyAsync()).Participants.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with a space in the middle")]
    public async Task A_key_has_a_shape(string key)
    {
        await using var ada = new PartyClient(Server, "Ada");

        (await ada.CreateAsync("Friday", key)).Refuses(HttpStatusCode.BadRequest, "invalid_request", "Idempotency-Key");
    }

    [Fact]
    public async Task Commands_with_a_key_are_carried_out_once()
    {
        await using var table = await PartyTable.SeatAsync(Server, 2, connected: false);
        var (start, leave) = (NewKey(), NewKey());

        (await table.Host.CallAsync("POST", "/start-nomination", key: start)).Expect(HttpStatusCode.OK);
        var again = (await table.Host.CallAsync("POST", "/start-nomination", key: start)).Expect(HttpStatusCode.OK).Party;
        again.Phase.ShouldBe(PartyPhase.Nominating);
        (await table.Host.CallAsync("POST", "/start-nomination")).Refuses(HttpStatusCode.BadRequest, PartyErrorCodes.NotInLobby);
        (await table.People[1].CallAsync("POST", "/leave", key: leave)).Expect(HttpStatusCode.NoContent);
        (await table.People[1].CallAsync("POST", "/leave", key: leave)).Expect(HttpStatusCode.NoContent);
        (await table.People[1].CallAsync("POST", "/leave")).Refuses(HttpStatusCode.Unauthorized, PartyErrorCodes.InvalidToken);
    }

    [Fact]
    public async Task A_frame_sent_again_over_a_new_connection_is_acknowledged_with_the_same_number()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var table = await PartyTable.SeatAsync(server, 3);
        var host = table.Host;
        var started = await AckAsync(host, 1, ClientFrameTypes.StartNomination);
        await AckAsync(host, 2, ClientFrameTypes.SuggestMovie, new { tmdb_id = "900000031" });
        var voted = await AckAsync(host, 3, ClientFrameTypes.VoteNomination, new { vote = "yay" });
        await AckAsync(host, 4, ClientFrameTypes.VoteNomination, new { vote = "nay" });

        await host.Socket.CloseAsync();
        await host.ReconnectAsync();
        (await AckAsync(host, 1, ClientFrameTypes.StartNomination)).ShouldBe(started);
        await server.Kill9Async();
        await server.RestartAsync();
        await host.ReconnectAsync();
        (await AckAsync(host, 3, ClientFrameTypes.VoteNomination, new { vote = "yay" })).ShouldBe(voted);

        var party = await host.PartyAsync();
        party.CurrentNomination!.Voters[host.UserId].ShouldBe(NominationVote.Nay, "the repeated yay is older than the nay");
    }

    [Fact]
    public async Task A_number_far_behind_the_newest_has_expired()
    {
        await using var table = await PartyTable.SeatAsync(Server, 3);
        await AckAsync(table.Host, 1, ClientFrameTypes.StartNomination);
        await AckAsync(table.Host, 100, ClientFrameTypes.SuggestMovie, new { tmdb_id = "900000031" });

        var frame = await table.Host.Socket.AskAsync(ClientFrameTypes.VoteNomination, new { vote = "yay" }, 2);

        frame.Error.ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("command_expired"),
            error => error.Retryable.ShouldBeFalse(),
            error => error.Field.ShouldBe("id"));
        (await table.Host.PartyAsync()).CurrentNomination!.Voters.ShouldBeEmpty();
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private static async Task<long> AckAsync(PartyClient person, long id, string type, object? payload = null)
    {
        var frame = await person.Socket.AskAsync(type, payload, id);
        frame.Type.ShouldBe(ServerFrameTypes.Ack, frame.Text);
        return frame.Payload.GetProperty("seq").GetInt64();
    }
}
