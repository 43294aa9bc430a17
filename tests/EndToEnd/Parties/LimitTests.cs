using System.Net;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Parties;

/// <summary>Every input has a limit, and an error that names the field.</summary>
public sealed class LimitTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Emoji = "\U0001F37F";

    private ServerProcess Server => fixture.Server;

    [Theory]
    [InlineData(0, PartyErrorCodes.NameEmpty)]
    [InlineData(1, null)]
    [InlineData(100, null)]
    [InlineData(101, PartyErrorCodes.NameTooLong)]
    public async Task A_party_name_has_1_to_100_characters(int length, string? code)
    {
        await using var ada = new PartyClient(Server, "Ada");

        var answer = await ada.CreateAsync(string.Concat(Enumerable.Repeat(Emoji, length)));

        ShouldBe(answer, code, HttpStatusCode.BadRequest, "name");
    }

    [Theory]
    [InlineData("", PartyErrorCodes.UsernameEmpty)]
    [InlineData("   ", PartyErrorCodes.UsernameEmpty)]
    [InlineData("B", null)]
    [InlineData("  Ben the Great  ", null)]
    [InlineData("1234567890123456789012345678901234567890", null)]
    [InlineData("12345678901234567890123456789012345678901", PartyErrorCodes.UsernameTooLong)]
    [InlineData("Be\nn", PartyErrorCodes.UsernameInvalid)]
    [InlineData("Be\u0000n", PartyErrorCodes.UsernameInvalid)]
    [InlineData("Be\u202En", PartyErrorCodes.UsernameInvalid)]
    public async Task A_username_has_1_to_40_visible_characters(string username, string? code)
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        await using var client = new PartyClient(Server, username);

        var answer = await client.JoinAsync(table.Id);

        ShouldBe(answer, code, HttpStatusCode.BadRequest, "username");
        if (code is null)
        {
            (await table.Host.PartyAsync()).Participants[client.UserId].Username.ShouldBe(username.Trim());
        }
    }

    [Theory]
    [InlineData("ada")]
    [InlineData(" ADA ")]
    public async Task A_username_is_unique_without_regard_to_case(string username)
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        await using var client = new PartyClient(Server, username);

        (await client.JoinAsync(table.Id)).Refuses(HttpStatusCode.Conflict, PartyErrorCodes.UsernameTaken, "username");
    }

    [Fact]
    public async Task A_party_takes_100_people_and_not_one_more()
    {
        await using var table = await PartyTable.SeatAsync(Server, 100, connected: false);
        await using var late = new PartyClient(Server, "Too late");

        (await late.JoinAsync(table.Id)).Refuses(HttpStatusCode.Conflict, PartyErrorCodes.PartyFull);

        (await table.Host.PartyAsync()).Participants.Count.ShouldBe(100);
        (await table.People[50].CallAsync("POST", "/leave")).Expect(HttpStatusCode.NoContent);
        (await late.JoinAsync(table.Id)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_pool_takes_50_films_and_not_one_more()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        (await table.Host.CallAsync("POST", "/start-nomination")).Expect(HttpStatusCode.OK);
        for (var film = 900_000_001; film <= 900_000_050; film++)
        {
            (await table.Host.CallAsync("POST", "/nominations", new { tmdb_id = $"{film}" })).Expect(HttpStatusCode.OK);
            (await table.Host.CallAsync("PUT", "/nominations/current/vote", new { vote = "yay" })).Expect(HttpStatusCode.OK);
        }

        var refused = await table.Host.CallAsync("POST", "/nominations", new { tmdb_id = "900000051" });

        refused.Refuses(HttpStatusCode.Conflict, PartyErrorCodes.PoolFull);
        (await table.Host.PartyAsync()).NominationPool!.Count.ShouldBe(50);
        (await table.Host.CallAsync("POST", "/nominations", new { tmdb_id = "900000050" }))
            .Refuses(HttpStatusCode.Conflict, PartyErrorCodes.AlreadyNominated, "tmdb_id");
    }

    [Fact]
    public async Task A_ballot_names_pool_films_once_each()
    {
        await using var table = await PartyTable.SeatAsync(Server, 2);
        await table.FillPoolAsync("900000001", "900000002");
        await table.Host.RefusedAsync(ClientFrameTypes.SubmitRanking, Ranks("900000001"), PartyErrorCodes.RankingNotOpen);
        await table.Host.DoAsync(ClientFrameTypes.FinalizeNominations);

        (await RefusedAsync(table.Host, PartyErrorCodes.RankingEmpty)).Field.ShouldBe("ranks");
        (await RefusedAsync(table.Host, PartyErrorCodes.RankingUnknownMovie, "900000003")).Field.ShouldBe("ranks");
        (await RefusedAsync(table.Host, PartyErrorCodes.RankingDuplicateMovie, "900000002", "900000002")).Field.ShouldBe("ranks");
        (await table.Host.BallotAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("text/plain", "{\"name\":\"x\"}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "{\"name\":", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"name\":7}", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "null", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "", HttpStatusCode.BadRequest)]
    public async Task A_body_must_be_a_json_object(string contentType, string body, HttpStatusCode status)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = new(contentType);

        using var response = await Server.Http.PostAsync("/api/party", content);

        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused()
    {
        await using var ada = new PartyClient(Server, "Ada");

        (await ada.CreateAsync(new string('x', 200_000))).Refuses(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    private static object Ranks(params string[] ranks) => new { ranks };

    private static Task<ErrorPayload> RefusedAsync(PartyClient person, string code, params string[] ranks) =>
        person.RefusedAsync(ClientFrameTypes.SubmitRanking, Ranks(ranks), code);

    private static void ShouldBe(Answer answer, string? code, HttpStatusCode status, string field)
    {
        if (code is null)
        {
            answer.Expect(HttpStatusCode.Created);
        }
        else
        {
            answer.Refuses(status, code, field);
        }
    }
}
