using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.Tests.WebSockets;

public sealed class PartySocketTests
{
    [Fact]
    public async Task Sends_the_state_first_and_nothing_to_a_client_that_has_it()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, userId, token) = host.Party.Seed(host.Time);

        using var fresh = await RawSocket.OpenAsync(host.SocketAddress(partyId, $"?token={token}"));
        fresh.Status.ShouldBe(101, fresh.Head);
        var update = await fresh.ReadJsonAsync();
        update.GetProperty("type").GetString().ShouldBe("party_update");
        update.GetProperty("seq").GetInt64().ShouldBe(2);
        update.GetProperty("payload").GetProperty("party").GetProperty("participants").TryGetProperty(userId, out _).ShouldBeTrue();

        using var current = await RawSocket.OpenAsync(host.SocketAddress(partyId, $"?token={token}&since=2"));
        await current.SendTextAsync("""{"type":"ping"}""");
        (await current.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");

        using var ahead = await RawSocket.OpenAsync(host.SocketAddress(partyId, $"?token={token}&since=99"));
        (await ahead.ReadJsonAsync()).GetProperty("seq").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Works_with_a_standard_client_and_closes_as_it_asks()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol($"auth.bearer.{token}");
        await client.ConnectAsync(host.SocketAddress(partyId), CancellationToken.None);
        client.SubProtocol.ShouldBe($"auth.bearer.{token}");

        var buffer = new byte[8192];
        (await client.ReceiveAsync(buffer, CancellationToken.None)).EndOfMessage.ShouldBeTrue();
        await client.SendAsync(Encoding.UTF8.GetBytes("""{"type":"pi"""), WebSocketMessageType.Text, false, CancellationToken.None);
        await client.SendAsync(Encoding.UTF8.GetBytes("""ng","payload":{}}"""), WebSocketMessageType.Text, true, CancellationToken.None);
        var result = await client.ReceiveAsync(buffer, CancellationToken.None);
        var seconds = host.Time.GetUtcNow().ToUnixTimeSeconds();
        Encoding.UTF8.GetString(buffer, 0, result.Count)
            .ShouldBe($$$"""{"type":"pong","payload":{"timestamp":{{{seconds}}}},"timestamp":{{{seconds}}}}""");
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task Takes_the_token_from_query_header_or_subprotocol_and_refuses_before_the_upgrade()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var (_, _, foreign) = host.Party.Seed(host.Time);

        await Expect(host, partyId, "", 401, "token_required");
        await Expect(host, partyId, "?token=garbage", 401, "invalid_token");
        await Expect(host, partyId, $"?token={PartyToken.New(partyId)}", 401, "invalid_token");
        await Expect(host, partyId, $"?token={foreign}", 403, "wrong_party");
        await Expect(host, "nope", $"?token={token}", 404, "party_not_found");
        await Expect(host, partyId, $"?token={token}&since=x", 400, "invalid_request");
        await Expect(host, partyId, $"?token={token}&since=-1", 400, "invalid_request");
        await Expect(host, partyId, $"?token={token}&client={new string('c', 65)}", 400, "invalid_request");
        await Expect(host, partyId, "", 101, null, $"Authorization: Bearer {token}");
        await Expect(host, partyId, "", 101, null, $"Sec-WebSocket-Protocol: akkaparty.v1, auth.bearer.{token}");
        host.Time.Advance(TimeSpan.FromHours(24));
        await Expect(host, partyId, $"?token={token}", 401, "invalid_token");
    }

    [Fact]
    public async Task Says_what_it_is_to_a_request_that_is_no_upgrade()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);

        (await host.SendAsync(HttpMethod.Get, $"/ws/party/{partyId}")).ShouldBeProblem(401, "token_required");
        (await host.SendAsync(HttpMethod.Get, $"/ws/party/{partyId}?token={token}")).ShouldBeProblem(426, "upgrade_required");
        host.Sessions.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Acknowledges_a_numbered_frame_and_gives_the_same_number_the_same_command_id()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await Open(host, partyId, $"?token={token}&client=tab1");

        await socket.SendTextAsync("""{"type":"vote_nomination","payload":{"vote":"yay"},"id":7}""");
        var ack = await socket.ReadAnswerAsync();
        ack.GetProperty("type").GetString().ShouldBe("ack");
        ack.GetProperty("payload").GetProperty("id").GetInt64().ShouldBe(7);
        ack.GetProperty("payload").GetProperty("seq").GetInt64().ShouldBe(3);

        using var again = await Open(host, partyId, $"?token={token}&client=tab1");
        await again.SendTextAsync("""{"type":"vote_nomination","payload":{"vote":"yay"},"id":7}""");
        (await again.ReadAnswerAsync()).GetProperty("payload").GetProperty("seq").GetInt64().ShouldBe(3);
        using var other = await Open(host, partyId, $"?token={token}&client=tab2");
        await other.SendTextAsync("""{"type":"vote_nomination","payload":{"vote":"yay"},"id":7}""");
        (await other.ReadAnswerAsync()).GetProperty("payload").GetProperty("seq").GetInt64().ShouldBe(4);

        host.Party.Asked[0].Id!.Value.Number.ShouldBe(7);
        host.Party.Asked[0].Id.ShouldBe(host.Party.Asked[1].Id);
        host.Party.Asked[2].Id!.Value.Session.ShouldNotBe(host.Party.Asked[0].Id!.Value.Session);
    }

    [Fact]
    public async Task Shows_the_party_again_to_an_unnumbered_frame_that_changed_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        host.Party.OnAsk = command => command is VoteNomination ? AskResult.Replied(PartyDone.Instance, 2) : null;
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync("""{"type":"vote_nomination","payload":{"vote":"yay"}}""");

        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("party_update");
    }

    [Theory]
    [InlineData("""nonsense""", "invalid_message_format", null, null)]
    [InlineData("""[]""", "invalid_message_format", null, null)]
    [InlineData("""null""", "invalid_message_format", null, null)]
    [InlineData("""{"payload":{}}""", "invalid_message_format", "type", null)]
    [InlineData("""{"type":null}""", "invalid_message_format", "type", null)]
    [InlineData("""{"type":"ping","id":0}""", "invalid_message_format", "id", null)]
    [InlineData("""{"type":"ping","id":1.5}""", "invalid_message_format", "id", null)]
    [InlineData("""{"type":"ping","id":"x"}""", "invalid_message_format", "id", null)]
    [InlineData("""{"type":"dance","id":4}""", "unknown_message_type", "type", 4)]
    [InlineData("""{"type":"search_movies"}""", "invalid_search_payload", "payload", null)]
    [InlineData("""{"type":"search_movies","payload":{"query":5},"id":2}""", "invalid_search_payload", "query", 2)]
    [InlineData("""{"type":"search_movies","payload":{}}""", "search_query_required", "query", null)]
    [InlineData("""{"type":"vote_nomination","payload":{}}""", "invalid_vote", "vote", null)]
    [InlineData("""{"type":"submit_ranking","payload":{"ranks":[null]}}""", "invalid_ranking_payload", "ranks", null)]
    [InlineData("""{"type":"search_movies","payload":{"query":"  "}}""", "search_query_required", "query", null)]
    [InlineData("""{"type":"suggest_movie","payload":[]}""", "invalid_suggestion_payload", "payload", null)]
    [InlineData("""{"type":"suggest_movie","payload":{"tmdb_id":"abc"}}""", "movie_id_invalid", "tmdb_id", null)]
    [InlineData("""{"type":"suggest_movie","payload":{"tmdb_id":"404"}}""", "movie_not_found", "tmdb_id", null)]
    [InlineData("""{"type":"vote_nomination","payload":{"vote":"maybe"}}""", "invalid_vote", "vote", null)]
    [InlineData("""{"type":"submit_ranking","payload":{"ranks":"1"}}""", "invalid_ranking_payload", "ranks", null)]
    [InlineData("""{"type":"submit_ranking","payload":{"ranks":null}}""", "invalid_ranking_payload", "ranks", null)]
    [InlineData("""{"type":"withdraw_nomination","payload":{"tmdb_id":""}}""", "movie_id_invalid", "tmdb_id", null)]
    [InlineData("""{"type":"remove_participant","payload":{"user_id":null}}""", "invalid_payload", "user_id", null)]
    [InlineData("""{"type":"set_ranking_deadline","payload":{"deadline":"soon"}}""", "invalid_payload", "deadline", null)]
    [InlineData("""{"type":"reaction","payload":{"reaction":""}}""", "reaction_invalid", "reaction", null)]
    public async Task Answers_a_wrong_frame_with_an_error_and_goes_on(string frame, string code, string? field, int? id)
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync(frame);
        var error = await socket.ReadJsonAsync();
        error.GetProperty("type").GetString().ShouldBe("error");
        var payload = error.GetProperty("payload");
        payload.GetProperty("code").GetString().ShouldBe(code);
        payload.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        payload.GetProperty("retryable").GetBoolean().ShouldBeFalse();
        (payload.TryGetProperty("field", out var named) ? named.GetString() : null).ShouldBe(field);
        (payload.TryGetProperty("id", out var number) ? number.GetInt32() : (int?)null).ShouldBe(id);

        await socket.SendTextAsync("""{"type":"ping"}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");
        host.Party.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"start_nomination"}""", typeof(StartNomination))]
    [InlineData("""{"type":"suggest_movie","payload":{"tmdb_id":"11"}}""", typeof(SuggestMovie))]
    [InlineData("""{"type":"vote_nomination","payload":{"vote":"nay","tmdb_id":"11"}}""", typeof(VoteNomination))]
    [InlineData("""{"type":"close_nomination","payload":{}}""", typeof(CloseNomination))]
    [InlineData("""{"type":"withdraw_nomination","payload":{"tmdb_id":"11"}}""", typeof(WithdrawNomination))]
    [InlineData("""{"type":"finalize_nominations","payload":{}}""", typeof(FinalizeNominations))]
    [InlineData("""{"type":"submit_ranking","payload":{"ranks":["11"]}}""", typeof(SubmitRanking))]
    [InlineData("""{"type":"close_ranking"}""", typeof(CloseRanking))]
    [InlineData("""{"type":"set_ranking_deadline","payload":{"deadline":null}}""", typeof(SetRankingDeadline))]
    [InlineData("""{"type":"restart_party"}""", typeof(RestartParty))]
    [InlineData("""{"type":"leave_party"}""", typeof(LeaveParty))]
    [InlineData("""{"type":"remove_participant","payload":{"user_id":"u"}}""", typeof(RemoveParticipant))]
    [InlineData("""{"type":"transfer_host","payload":{"user_id":"u"}}""", typeof(TransferHost))]
    public async Task Turns_every_frame_into_its_command(string frame, Type command)
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, userId, token) = host.Party.Seed(host.Time);
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync(frame.Insert(frame.Length - 1, ",\"id\":1"));

        (await socket.ReadAnswerAsync()).GetProperty("type").GetString().ShouldBe("ack");
        var asked = host.Party.Asked.ShouldHaveSingleItem().Command;
        asked.ShouldBeOfType(command);
        ((CallerCommand)asked).Caller.UserId.ShouldBe(userId);
    }

    [Fact]
    public async Task Passes_a_reaction_on_as_a_signal()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, userId, token) = host.Party.Seed(host.Time);
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync("""{"type":"reaction","payload":{"reaction":"🎉"},"id":3}""");

        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("ack");
        host.Party.Signals.ShouldHaveSingleItem().ShouldBeOfType<PartyReaction>().Caller.UserId.ShouldBe(userId);
    }

    [Fact]
    public async Task Tells_of_a_catalogue_that_is_away_as_retryable()
    {
        await using var host = await TestHost.StartAsync();
        host.Catalog.Failure = new Catalog.CatalogUnavailableException("TMDB is away", TimeSpan.FromSeconds(4));
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync("""{"type":"search_movies","payload":{"query":"metro"}}""");
        var error = (await socket.ReadJsonAsync()).GetProperty("payload");
        error.GetProperty("error").GetString().ShouldBe("Movie search failed");
        error.GetProperty("retryable").GetBoolean().ShouldBeTrue();
        error.GetProperty("retry_after_ms").GetInt32().ShouldBe(4000);

        await socket.SendTextAsync("""{"type":"suggest_movie","payload":{"tmdb_id":"11"}}""");
        (await socket.ReadJsonAsync()).GetProperty("payload").GetProperty("code").GetString().ShouldBe("movie_lookup_failed");
    }

    [Fact]
    public async Task Answers_pings_during_a_search_and_keeps_the_order_of_commands()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Catalog.Gate = gate.Task;
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync("""{"type":"search_movies","payload":{"query":" metro "},"id":1}""");
        await socket.SendTextAsync("""{"type":"ping"}""");
        await socket.SendAsync(RawSocket.Ping, [1, 2]);
        await socket.SendTextAsync("""{"type":"start_nomination","id":2}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong");
        (await socket.ReadFrameAsync()).Opcode.ShouldBe(RawSocket.Pong);
        gate.SetResult();

        var results = await socket.ReadJsonAsync();
        results.GetProperty("type").GetString().ShouldBe("search_results");
        results.GetProperty("payload").GetProperty("query").GetString().ShouldBe("metro");
        results.GetProperty("payload").GetProperty("movies")[0].GetProperty("poster_path").GetString().ShouldBe("https://posters/11.jpg");
        (await socket.ReadAnswerAsync()).GetProperty("payload").GetProperty("id").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Acknowledges_only_after_the_update_that_shows_the_change()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        host.Party.OnAsk = _ => AskResult.Replied(PartyDone.Instance, 7);
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync("""{"type":"start_nomination","id":1}""");
        await socket.SendTextAsync("""{"type":"ping"}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong", "the answer is there, the update is not");
        host.Party.Publish(new FeedFrame(FeedFrameKind.State, 7, """{"type":"party_update","seq":7}"""u8.ToArray()));

        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("party_update");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("ack");
    }

    [Fact]
    public async Task Closes_when_a_command_shows_that_the_token_was_revoked()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await Open(host, partyId, $"?token={token}");
        host.Party.Revoke(partyId, TokenHash.Of(token));

        await socket.SendTextAsync("""{"type":"start_nomination"}""");

        (await socket.ReadJsonAsync()).GetProperty("payload").GetProperty("code").GetString().ShouldBe("invalid_token");
        (await socket.ReadCloseAsync()).ShouldBe(4503);
    }

    [Theory]
    [InlineData(FeedEnd.Moved, 4001)]
    [InlineData(FeedEnd.Failed, 4002)]
    [InlineData(FeedEnd.Expelled, 4500)]
    [InlineData(FeedEnd.Closed, 4501)]
    public async Task Says_with_the_close_code_why_the_feed_ended(FeedEnd end, int code)
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await Open(host, partyId, $"?token={token}");

        host.Party.EndAll(end);

        (await socket.ReadCloseAsync()).ShouldBe(code);
    }

    [Theory]
    [InlineData(FeedEnd.Moved, 4001)]
    [InlineData(FeedEnd.Failed, 4002)]
    public async Task Acknowledges_nothing_whose_update_will_be_shown_by_the_next_connection(FeedEnd end, int code)
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        host.Party.OnAsk = _ =>
        {
            host.Party.EndAll(end);
            return AskResult.Replied(PartyDone.Instance, 7);
        };
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync("""{"type":"start_nomination","id":1}""");

        var (opcode, payload) = await socket.ReadFrameAsync();
        opcode.ShouldBe(RawSocket.CloseOpcode, "nothing comes before the close");
        BinaryPrimitives.ReadUInt16BigEndian(payload).ShouldBe((ushort)code);
    }

    [Fact]
    public async Task Acknowledges_nothing_that_was_not_shown_when_the_client_says_goodbye()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        host.Party.OnAsk = _ => AskResult.Replied(PartyDone.Instance, 7);
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync("""{"type":"start_nomination","id":1}""");
        await socket.SendTextAsync("""{"type":"ping"}""");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("pong", "the answer is there, the update is not");
        await socket.SendAsync(RawSocket.CloseOpcode, [0x03, 0xE8]);

        (await socket.ReadFrameAsync()).Opcode.ShouldBe(RawSocket.CloseOpcode, "nothing comes before the close");
    }

    [Fact]
    public async Task Answers_a_leave_before_it_closes()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        host.Party.OnAsk = _ =>
        {
            host.Party.EndAll(FeedEnd.Expelled);
            return AskResult.Replied(PartyDone.Instance, 3);
        };
        using var socket = await Open(host, partyId, $"?token={token}");

        await socket.SendTextAsync("""{"type":"leave_party","id":1}""");

        (await socket.ReadAnswerAsync()).GetProperty("type").GetString().ShouldBe("ack");
        (await socket.ReadCloseAsync()).ShouldBe(4500);
    }

    private static async Task Expect(TestHost host, string partyId, string query, int status, string? code, params string[] headers)
    {
        using var socket = await RawSocket.OpenAsync(host.SocketAddress(partyId, query), 0, headers);
        socket.Status.ShouldBe(status, socket.Head);
        if (code is not null)
        {
            (await socket.ReadBodyAsync()).ShouldContain($"\"code\":\"{code}\"");
        }
    }

    internal static async Task<RawSocket> Open(TestHost host, string partyId, string query)
    {
        var socket = await RawSocket.OpenAsync(host.SocketAddress(partyId, query));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("party_update");
        await host.Party.Subscribed.WaitAsync(TimeSpan.FromSeconds(10));
        return socket;
    }
}
