using AkkaParty.Http.Identity;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Tests.Rest;

public sealed class PartyRoutesTests
{
    [Fact]
    public async Task Creates_a_party_and_answers_201_with_ids_party_and_token()
    {
        await using var host = await TestHost.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"  Friday  "}""");

        answer.Status.ShouldBe(201, answer.Text);
        answer.Json.GetProperty("party").GetProperty("name").GetString().ShouldBe("Friday");
        answer.Json.GetProperty("party").GetProperty("id").GetString().ShouldBe(answer["party_id"]);
        answer.Json.GetProperty("party").GetProperty("participants").GetProperty(answer["host_id"]!).GetProperty("username").GetString()
            .ShouldBe("Host");
        PartyToken.ShapeOf(answer["auth_token"]!, answer["party_id"]!).ShouldBe(TokenShape.ThisParty);
        answer.Headers["ETag"].ShouldBe("\"2\"");
        answer.Headers["Location"].ShouldBe($"/api/party/{answer["party_id"]}");
        Guid.Parse(answer["party_id"]!).Version.ShouldBe(7);
    }

    [Fact]
    public async Task Joins_a_party_and_answers_201_with_id_participant_party_and_token()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, _) = host.Party.Seed(host.Time);

        var answer = await host.SendAsync(HttpMethod.Post, $"/api/party/{partyId}/join", """{"username":" Ada "}""");

        answer.Status.ShouldBe(201, answer.Text);
        answer.Json.GetProperty("participant").GetProperty("username").GetString().ShouldBe("Ada");
        answer.Json.GetProperty("participant").GetProperty("id").GetString().ShouldBe(answer["user_id"]);
        answer.Json.GetProperty("party").GetProperty("participants").TryGetProperty(answer["user_id"]!, out _).ShouldBeTrue();
        PartyToken.ShapeOf(answer["auth_token"]!, partyId).ShouldBe(TokenShape.ThisParty);
    }

    [Fact]
    public async Task Shows_a_party_to_everybody_and_answers_304_to_its_entity_tag()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, _) = host.Party.Seed(host.Time);

        var answer = await host.SendAsync(HttpMethod.Get, $"/api/party/{partyId.ToUpperInvariant()}");
        answer.Status.ShouldBe(200);
        answer["id"].ShouldBe(partyId);
        answer["seq"].ShouldBe("2");

        var again = await host.SendAsync(HttpMethod.Get, $"/api/party/{partyId}", headers: ("If-None-Match", answer.Headers["ETag"]));
        again.Status.ShouldBe(304);
        again.Text.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST", "leave", null, typeof(LeaveParty), 204)]
    [InlineData("DELETE", "token", null, typeof(RevokeToken), 204)]
    [InlineData("POST", "start-nomination", null, typeof(StartNomination), 200)]
    [InlineData("POST", "nominations", """{"tmdb_id":"11"}""", typeof(SuggestMovie), 200)]
    [InlineData("PUT", "nominations/current/vote", """{"vote":"yay","tmdb_id":"11"}""", typeof(VoteNomination), 200)]
    [InlineData("POST", "nominations/current/close", null, typeof(CloseNomination), 200)]
    [InlineData("DELETE", "nominations/11", null, typeof(WithdrawNomination), 200)]
    [InlineData("POST", "finalize-nominations", null, typeof(FinalizeNominations), 200)]
    [InlineData("PUT", "ballots/me", """{"ranks":["11"]}""", typeof(SubmitRanking), 200)]
    [InlineData("POST", "close-ranking", null, typeof(CloseRanking), 200)]
    [InlineData("PUT", "ranking-deadline", """{"deadline":"2026-05-01T21:00:00Z"}""", typeof(SetRankingDeadline), 200)]
    [InlineData("PUT", "ranking-deadline", """{"deadline":null}""", typeof(SetRankingDeadline), 200)]
    [InlineData("POST", "restart", null, typeof(RestartParty), 200)]
    [InlineData("DELETE", "participants/someone", null, typeof(RemoveParticipant), 200)]
    [InlineData("POST", "host", """{"user_id":"someone"}""", typeof(TransferHost), 200)]
    public async Task Carries_out_a_command_as_the_holder_of_the_token(string method, string route, string? body, Type command, int status)
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, userId, token) = host.Party.Seed(host.Time);

        var answer = await host.SendAsync(new HttpMethod(method), $"/api/party/{partyId}/{route}", body, token);

        answer.Status.ShouldBe(status, answer.Text);
        var (party, asked, id) = host.Party.Asked.ShouldHaveSingleItem();
        party.ShouldBe(partyId);
        asked.ShouldBeOfType(command);
        ((CallerCommand)asked).Caller.ShouldBe(new Caller(userId, TokenHash.Of(token)));
        ((CallerCommand)asked).At.ShouldBe(host.Time.GetUtcNow());
        id.ShouldBeNull();
        if (status == 200)
        {
            answer["seq"].ShouldBe("3");
            answer.Headers["ETag"].ShouldBe("\"3\"");
        }
    }

    [Theory]
    [InlineData("POST", "leave")]
    [InlineData("DELETE", "token")]
    [InlineData("POST", "start-nomination")]
    [InlineData("POST", "nominations")]
    [InlineData("PUT", "nominations/current/vote")]
    [InlineData("POST", "nominations/current/close")]
    [InlineData("DELETE", "nominations/11")]
    [InlineData("POST", "finalize-nominations")]
    [InlineData("PUT", "ballots/me")]
    [InlineData("GET", "ballots/me")]
    [InlineData("POST", "close-ranking")]
    [InlineData("PUT", "ranking-deadline")]
    [InlineData("POST", "restart")]
    [InlineData("DELETE", "participants/someone")]
    [InlineData("POST", "host")]
    public async Task Refuses_a_missing_garbled_forged_expired_or_foreign_token(string method, string route)
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var (_, _, foreign) = host.Party.Seed(host.Time);
        var path = $"/api/party/{partyId}/{route}";

        var none = await host.SendAsync(new HttpMethod(method), path);
        none.ShouldBeProblem(401, "token_required");
        none["error"].ShouldBe("Authorization token required");
        none.Headers["WWW-Authenticate"].ShouldBe("Bearer");
        var garbled = await host.SendAsync(new HttpMethod(method), path, null, "nonsense");
        garbled.ShouldBeProblem(401, "invalid_token");
        garbled["error"].ShouldBe("Invalid or expired token");
        (await host.SendAsync(new HttpMethod(method), path, null, PartyToken.New(partyId))).ShouldBeProblem(401, "invalid_token");
        var other = await host.SendAsync(new HttpMethod(method), path, null, foreign);
        other.ShouldBeProblem(403, "wrong_party");
        other["error"].ShouldBe("Token not valid for this party");
        host.Time.Advance(TimeSpan.FromHours(25));
        (await host.SendAsync(new HttpMethod(method), path, null, token)).ShouldBeProblem(401, "invalid_token");
        host.Party.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Shows_ones_own_ballot_and_notes_that_its_owner_is_there()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);

        var answer = await host.SendAsync(HttpMethod.Get, $"/api/party/{partyId}/ballots/me", null, token);

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("ranks")[0].GetString().ShouldBe("11");
        host.Party.Asked.ShouldHaveSingleItem().Command.ShouldBeOfType<SeenParticipant>();
    }

    [Fact]
    public async Task Answers_404_for_a_party_that_does_not_exist_or_cannot()
    {
        await using var host = await TestHost.StartAsync();
        (await host.SendAsync(HttpMethod.Get, "/api/party/not-an-id")).ShouldBeProblem(404, "party_not_found");
        (await host.SendAsync(HttpMethod.Get, $"/api/party/{Guid.Empty}")).ShouldBeProblem(404, "party_not_found");
        (await host.SendAsync(HttpMethod.Post, "/api/party/not-an-id/join", """{"username":"Ada"}"""))
            .ShouldBeProblem(404, "party_not_found");
        (await host.SendAsync(HttpMethod.Post, $"/api/party/{Guid.Empty}/join", """{"username":"Ada"}"""))
            .ShouldBeProblem(404, "party_not_found");
    }

    [Fact]
    public async Task Maps_every_outcome_of_an_ask_to_its_status()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var path = $"/api/party/{partyId}/restart";

        host.Party.OnAsk = _ => AskResult.Rejected(new Rejection("host_only", "Only the host can do this"), 1);
        (await host.SendAsync(HttpMethod.Post, path, null, token)).ShouldBeProblem(403, "host_only");
        host.Party.OnAsk = _ => AskResult.Rejected(new Rejection("some_new_rule", "No", "x"), 1);
        (await host.SendAsync(HttpMethod.Post, path, null, token)).ShouldBeProblem(409, "some_new_rule", "x");
        host.Party.OnAsk = _ => AskResult.Unavailable("busy", "Too much to do", TimeSpan.FromSeconds(2.1));
        var busy = await host.SendAsync(HttpMethod.Post, path, null, token);
        busy.ShouldBeProblem(503, "busy");
        busy.Headers["Retry-After"].ShouldBe("3");
        host.Party.OnAsk = _ => AskResult.Unknown();
        (await host.SendAsync(HttpMethod.Post, path, null, token)).ShouldBeProblem(503, "outcome_unknown");
        host.Party.OnAsk = _ => AskResult.Failed();
        (await host.SendAsync(HttpMethod.Post, path, null, token)).ShouldBeProblem(500, "internal_error");
    }
}
