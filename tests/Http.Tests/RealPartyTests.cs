using System.Text.Json;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests;

/// <summary>The whole path, endpoint to journal to feed to socket, with the real party in memory.</summary>
public sealed class RealPartyTests
{
    [Fact]
    public async Task A_party_goes_from_creation_to_a_winner_over_rest_and_sockets()
    {
        await using var host = await TestHost.StartRealAsync();
        var created = await Create(host);
        var (party, hostToken) = (created["party_id"]!, created["auth_token"]!);
        var joined = await host.SendAsync(HttpMethod.Post, $"/api/party/{party}/join", """{"username":"Ada"}""");
        joined.Status.ShouldBe(201, joined.Text);
        using var ada = await RawSocket.OpenAsync(host.SocketAddress(party, $"?token={joined["auth_token"]}"));
        (await ada.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("party_update");

        (await host.SendAsync(HttpMethod.Post, $"/api/party/{party}/start-nomination", null, hostToken))["phase"].ShouldBe("nominating");
        await UpdateWhere(ada, view => view.GetProperty("phase").GetString() == "nominating");
        await ada.SendTextAsync("""{"type":"suggest_movie","payload":{"tmdb_id":"11"},"id":1}""");
        await UpdateWhere(ada, view => view.GetProperty("current_nomination").ValueKind == JsonValueKind.Object);
        await ada.SendTextAsync("""{"type":"vote_nomination","payload":{"vote":"yay","tmdb_id":"11"}}""");
        await UpdateWhere(ada, view => view.GetProperty("current_nomination").GetProperty("voters").EnumerateObject().Any());
        (await host.SendAsync(HttpMethod.Put, $"/api/party/{party}/nominations/current/vote", """{"vote":"yay"}""", hostToken)).Status
            .ShouldBe(200);
        await UpdateWhere(ada, view => view.GetProperty("nomination_pool").GetArrayLength() == 1);
        (await host.SendAsync(HttpMethod.Post, $"/api/party/{party}/finalize-nominations", null, hostToken))["phase"].ShouldBe("ranking");
        await ada.SendTextAsync("""{"type":"submit_ranking","payload":{"ranks":["11"]},"id":2}""");
        await UpdateWhere(ada, view => view.GetProperty("submissions").ValueKind == JsonValueKind.Object
            && view.GetProperty("submissions").EnumerateObject().Any());
        var ballot = await host.SendAsync(HttpMethod.Put, $"/api/party/{party}/ballots/me", """{"ranks":["11"]}""", hostToken);
        ballot.Json.GetProperty("ranks")[0].GetString().ShouldBe("11");

        var end = await UpdateWhere(ada, view => view.GetProperty("phase").GetString() == "finished");
        end.GetProperty("winner").GetProperty("title").GetString().ShouldBe("Metropolis");
    }

    [Fact]
    public async Task Keys_make_creation_join_and_commands_safe_to_repeat_and_their_reuse_is_refused()
    {
        await using var host = await TestHost.StartRealAsync();
        (string, string) key = ("Idempotency-Key", "key-0123456789abcdef");
        var created = await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"Friday"}""", null, key);
        var again = await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"Friday"}""", null, key);
        (again.Status, again["party_id"], again["host_id"]).ShouldBe((201, created["party_id"], created["host_id"]));
        (await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"Monday"}""", null, key))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");

        var path = $"/api/party/{created["party_id"]}";
        var joined = await host.SendAsync(HttpMethod.Post, $"{path}/join", """{"username":"Ada"}""", null, key);
        var rejoined = await host.SendAsync(HttpMethod.Post, $"{path}/join", """{"username":"Ada"}""", null, key);
        (rejoined.Status, rejoined["user_id"]).ShouldBe((201, joined["user_id"]));
        foreach (var token in new[] { created["auth_token"], again["auth_token"], joined["auth_token"], rejoined["auth_token"] })
        {
            (await host.SendAsync(HttpMethod.Get, $"{path}/ballots/me", null, token)).Status.ShouldBe(200);
        }

        var start = await host.SendAsync(HttpMethod.Post, $"{path}/start-nomination", null, again["auth_token"], key);
        var restart = await host.SendAsync(HttpMethod.Post, $"{path}/start-nomination", null, again["auth_token"], key);
        (start.Status, restart.Status).ShouldBe((200, 200));
        (await host.SendAsync(HttpMethod.Post, $"{path}/restart", null, again["auth_token"], key))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");

        var left = await host.SendAsync(HttpMethod.Post, $"{path}/leave", null, rejoined["auth_token"], key);
        var leftAgain = await host.SendAsync(HttpMethod.Post, $"{path}/leave", null, rejoined["auth_token"], key);
        (left.Status, leftAgain.Status).ShouldBe((204, 204));
    }

    [Fact]
    public async Task Leaving_removal_and_logout_end_the_sockets_they_concern()
    {
        await using var host = await TestHost.StartRealAsync();
        var created = await Create(host);
        var (party, hostToken) = (created["party_id"]!, created["auth_token"]!);
        var ada = await host.SendAsync(HttpMethod.Post, $"/api/party/{party}/join", """{"username":"Ada"}""");
        var bob = await host.SendAsync(HttpMethod.Post, $"/api/party/{party}/join", """{"username":"Bob"}""");
        using var adaSocket = await RawSocket.OpenAsync(host.SocketAddress(party, $"?token={ada["auth_token"]}"));
        using var bobSocket = await RawSocket.OpenAsync(host.SocketAddress(party, $"?token={bob["auth_token"]}"));
        using var hostSocket = await RawSocket.OpenAsync(host.SocketAddress(party, $"?token={hostToken}"));
        await adaSocket.ReadJsonAsync();

        await adaSocket.SendTextAsync("""{"type":"leave_party","id":1}""");
        (await ReadUntil(adaSocket, "ack")).GetProperty("payload").GetProperty("id").GetInt64().ShouldBe(1);
        (await adaSocket.ReadCloseAsync()).ShouldBe(4500);

        var removed = await host.SendAsync(HttpMethod.Delete, $"/api/party/{party}/participants/{bob["user_id"]}", null, hostToken);
        removed.Status.ShouldBe(200, removed.Text);
        (await bobSocket.ReadCloseAsync()).ShouldBe(4500);
        (await host.SendAsync(HttpMethod.Get, $"/api/party/{party}/ballots/me", null, bob["auth_token"]))
            .ShouldBeProblem(401, "invalid_token");

        (await host.SendAsync(HttpMethod.Delete, $"/api/party/{party}/token", null, hostToken)).Status.ShouldBe(204);
        (await hostSocket.ReadCloseAsync()).ShouldBeOneOf(4500, 4503);
    }

    [Fact]
    public async Task A_reconnection_with_since_gets_only_what_is_new()
    {
        await using var host = await TestHost.StartRealAsync();
        var created = await Create(host);
        var (party, token) = (created["party_id"]!, created["auth_token"]!);
        long seq;
        using (var first = await RawSocket.OpenAsync(host.SocketAddress(party, $"?token={token}")))
        {
            var update = await UpdateWhere(first, view =>
                view.GetProperty("participants").GetProperty(created["host_id"]!).GetProperty("connected").GetBoolean());
            seq = update.GetProperty("seq").GetInt64();

            using var second = await RawSocket.OpenAsync(host.SocketAddress(party, $"?token={token}&since={seq}"));
            await second.SendTextAsync("""{"type":"ping"}""");
            (await second.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");
        }

        await host.SendAsync(HttpMethod.Post, $"/api/party/{party}/start-nomination", null, token);
        using var third = await RawSocket.OpenAsync(host.SocketAddress(party, $"?token={token}&since={seq}"));
        (await third.ReadJsonAsync()).GetProperty("seq").GetInt64().ShouldBeGreaterThan(seq);
    }

    private static async Task<Answer> Create(TestHost host)
    {
        var created = await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"Friday"}""");
        created.Status.ShouldBe(201, created.Text);
        return created;
    }

    private static async Task<JsonElement> UpdateWhere(RawSocket socket, Func<JsonElement, bool> expected)
    {
        while (true)
        {
            var frame = await ReadUntil(socket, "party_update");
            var view = frame.GetProperty("payload").GetProperty("party");
            if (expected(view))
            {
                return view;
            }
        }
    }

    private static async Task<JsonElement> ReadUntil(RawSocket socket, string type)
    {
        while (true)
        {
            var frame = await socket.ReadJsonAsync();
            frame.GetProperty("type").GetString().ShouldNotBe("error", frame.ToString());
            if (frame.GetProperty("type").GetString() == type)
            {
                return frame;
            }
        }
    }
}
