using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Http.Tests.Rest;

public sealed class IdempotencyTests
{
    private const string Key = "key-0123456789abcdef";

    [Fact]
    public async Task A_repeated_creation_gets_the_same_ids_with_a_fresh_token_that_works()
    {
        await using var host = await TestHost.StartAsync();

        var first = await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"Friday"}""", null, ("Idempotency-Key", Key));
        var again = await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"Friday"}""", null, ("Idempotency-Key", Key));

        first.Status.ShouldBe(201, first.Text);
        again.Status.ShouldBe(201, again.Text);
        again["party_id"].ShouldBe(first["party_id"]);
        again["host_id"].ShouldBe(first["host_id"]);
        again["auth_token"].ShouldNotBe(first["auth_token"]);
        host.Party.Asked.Select(asked => asked.Command.GetType()).ShouldBe([typeof(CreateParty), typeof(CreateParty), typeof(IssueToken)]);
        foreach (var token in new[] { first["auth_token"], again["auth_token"] })
        {
            (await host.SendAsync(HttpMethod.Get, $"/api/party/{first["party_id"]}/ballots/me", null, token)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_repeated_join_is_the_same_participant_in_the_party_as_it_is_now()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, _) = host.Party.Seed(host.Time);
        var path = $"/api/party/{partyId}/join";

        var first = await host.SendAsync(HttpMethod.Post, path, """{"username":"Ada"}""", null, ("Idempotency-Key", Key));
        await host.SendAsync(HttpMethod.Post, path, """{"username":"Grace"}""");
        var again = await host.SendAsync(HttpMethod.Post, path, """{"username":"Ada"}""", null, ("Idempotency-Key", Key));

        again.Status.ShouldBe(201, again.Text);
        again["user_id"].ShouldBe(first["user_id"]);
        again.Json.GetProperty("party").GetProperty("participants").EnumerateObject().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_repeated_command_is_carried_out_once()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var path = $"/api/party/{partyId}/start-nomination";

        var first = await host.SendAsync(HttpMethod.Post, path, null, token, ("Idempotency-Key", Key));
        var again = await host.SendAsync(HttpMethod.Post, path, null, token, ("Idempotency-Key", Key));

        first.Status.ShouldBe(200);
        again.Text.ShouldBe(first.Text);
        host.Party.Asked[0].Id.ShouldNotBeNull();
        host.Party.Asked[1].Id.ShouldBe(host.Party.Asked[0].Id);
    }

    [Fact]
    public async Task A_repeated_leave_answers_as_the_first_although_the_token_is_gone()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var path = $"/api/party/{partyId}/leave";

        (await host.SendAsync(HttpMethod.Post, path, null, token, ("Idempotency-Key", Key))).Status.ShouldBe(204);
        (await host.SendAsync(HttpMethod.Post, path, null, token, ("Idempotency-Key", Key))).Status.ShouldBe(204);
        (await host.SendAsync(HttpMethod.Post, path, null, token)).ShouldBeProblem(401, "invalid_token");
        (await host.SendAsync(HttpMethod.Post, path, null, token, ("Idempotency-Key", Key + "2"))).ShouldBeProblem(401, "invalid_token");
    }

    [Fact]
    public async Task A_key_with_another_request_is_refused()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);

        await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"Friday"}""", null, ("Idempotency-Key", Key));
        (await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"Monday"}""", null, ("Idempotency-Key", Key)))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");

        await host.SendAsync(HttpMethod.Post, $"/api/party/{partyId}/nominations", """{"tmdb_id":"11"}""", token, ("Idempotency-Key", Key));
        (await host.SendAsync(HttpMethod.Post, $"/api/party/{partyId}/restart", null, token, ("Idempotency-Key", Key)))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("has a space in the middle")]
    [InlineData("")]
    public async Task A_malformed_key_is_refused_by_name(string key)
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);

        (await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"F"}""", null, ("Idempotency-Key", key)))
            .ShouldBeProblem(400, "invalid_request", "Idempotency-Key");
        (await host.SendAsync(HttpMethod.Delete, $"/api/party/{partyId}/token", null, token, ("Idempotency-Key", key)))
            .ShouldBeProblem(400, "invalid_request", "Idempotency-Key");
        (await host.SendAsync(HttpMethod.Delete, $"/api/party/{partyId}/token", null, token, ("Idempotency-Key", new string('k', 256))))
            .ShouldBeProblem(400, "invalid_request", "Idempotency-Key");
        host.Party.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_key_of_two_callers_is_two_commands()
    {
        await using var host = await TestHost.StartAsync();
        var (party, _, token) = host.Party.Seed(host.Time);
        var joined = await host.SendAsync(HttpMethod.Post, $"/api/party/{party}/join", """{"username":"Ada"}""");

        await host.SendAsync(HttpMethod.Post, $"/api/party/{party}/restart", null, token, ("Idempotency-Key", Key));
        await host.SendAsync(HttpMethod.Post, $"/api/party/{party}/restart", null, joined["auth_token"], ("Idempotency-Key", Key));

        host.Party.Asked[^1].Id.ShouldNotBe(host.Party.Asked[^2].Id);
    }
}
