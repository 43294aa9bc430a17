using System.Text.Json;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Rooms;

/// <summary>Inputs that break rules are answered with 422 and a list that names each of them.</summary>
public sealed class RoomInputTests
{
    [Theory]
    [InlineData("{}", "missing body.name", "validation_failed")]
    [InlineData("""{"name":null}""", "string_type body.name", "validation_failed")]
    [InlineData("""{"name":7}""", "string_type body.name", "validation_failed")]
    [InlineData("""{"name":"  "}""", "string_too_short body.name", "room_name_invalid")]
    [InlineData("""{"name":"{201}"}""", "string_too_long body.name", "room_name_invalid")]
    [InlineData("""{"name":"a\u202Eb"}""", "value_error body.name", "room_name_invalid")]
    [InlineData("""{"name":"F","rules":1}""", "extra_forbidden body.rules", "validation_failed")]
    [InlineData("""{"name":"F","members":{}}""", "list_type body.members", "validation_failed")]
    [InlineData("""{"name":"F","members":["x"]}""", "model_attributes_type body.members.0", "validation_failed")]
    [InlineData("""{"name":"F","members":[{"user_id":"a"}]}""", "missing body.members.0.name", "validation_failed")]
    [InlineData("""{"name":"F","members":[{"user_id":"{51}","name":"A"}]}""", "string_too_long body.members.0.user_id", "user_id_invalid")]
    [InlineData(
        """{"name":"F","members":[{"user_id":"a","name":"{101}"}]}""",
        "string_too_long body.members.0.name",
        "member_name_invalid")]
    [InlineData(
        """{"name":"F","members":[{"user_id":"a","name":"A","avatar":"{11}"}]}""",
        "string_too_long body.members.0.avatar",
        "avatar_invalid")]
    [InlineData(
        """{"name":"F","members":[{"user_id":"a","name":"A","region":"USA"}]}""",
        "string_too_long body.members.0.region",
        "region_invalid")]
    [InlineData(
        """{"name":"F","members":[{"user_id":"a","name":"A","region":"1a"}]}""",
        "value_error body.members.0.region",
        "region_invalid")]
    [InlineData(
        """{"name":"F","members":[{"user_id":"a","name":"A","role":"x"}]}""",
        "extra_forbidden body.members.0.role",
        "validation_failed")]
    [InlineData("""{"name":"F","settings":[]}""", "model_attributes_type body.settings", "validation_failed")]
    [InlineData(
        """{"name":"F","settings":{"voting_duration_seconds":9}}""",
        "greater_than_equal body.settings.voting_duration_seconds",
        "voting_duration_invalid")]
    [InlineData(
        """{"name":"F","settings":{"voting_duration_seconds":601}}""",
        "less_than_equal body.settings.voting_duration_seconds",
        "voting_duration_invalid")]
    [InlineData(
        """{"name":"F","settings":{"voting_duration_seconds":10.5}}""",
        "int_from_float body.settings.voting_duration_seconds",
        "validation_failed")]
    [InlineData(
        """{"name":"F","settings":{"voting_duration_seconds":"ten"}}""",
        "int_parsing body.settings.voting_duration_seconds",
        "validation_failed")]
    [InlineData("""{"name":"F","settings":{"selection_mode":"best"}}""", "enum body.settings.selection_mode", "selection_mode_invalid")]
    [InlineData("""{"name":"F","settings":{"allow_revotes":"maybe"}}""", "bool_parsing body.settings.allow_revotes", "validation_failed")]
    [InlineData("""{"name":"F","settings":{"speed":1}}""", "extra_forbidden body.settings.speed", "validation_failed")]
    [InlineData("""["F"]""", "model_attributes_type body", "validation_failed")]
    [InlineData("""{"name":"F",}""", "json_invalid body.12", "validation_failed")]
    [InlineData("""{"name":"\ud800"}""", "json_invalid body", "validation_failed")]
    public async Task A_new_room_with_a_broken_rule_is_refused_by_name(string body, string fault, string code)
    {
        await using var host = await TestHost.StartRealAsync();
        foreach (var length in (int[])[11, 51, 101, 201])
        {
            body = body.Replace($"{{{length}}}", new string('x', length), StringComparison.Ordinal);
        }

        var answer = await host.SendAsync(HttpMethod.Post, "/api/rooms", body);

        var expected = fault.Split(' ');
        answer.ShouldBeInputProblem(code, expected[1]);
        answer.Json.GetProperty("detail")[0].GetProperty("type").GetString().ShouldBe(expected[0]);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_listed_with_what_was_sent()
    {
        await using var host = await TestHost.StartRealAsync();

        var answer = await host.SendAsync(HttpMethod.Post, "/api/rooms", """{"settings":{"voting_duration_seconds":5},"x":[1]}""");

        answer.Json.GetProperty("detail").ToString().ShouldBe(
            """
            [{"type":"missing","loc":["body","name"],"msg":"Field required","input":{"settings":{"voting_duration_seconds":5},"x":[1]}},
            {"type":"greater_than_equal","loc":["body","settings","voting_duration_seconds"],
            "msg":"Input should be greater than or equal to 10","input":5},
            {"type":"extra_forbidden","loc":["body","x"],"msg":"Extra inputs are not permitted","input":[1]}]
            """.ReplaceLineEndings(string.Empty));
        (answer["field"], answer["error"]).ShouldBe(("name", "name: Field required"));
    }

    [Fact]
    public async Task A_list_of_faults_ends_at_20_and_long_inputs_do_not_come_back()
    {
        await using var host = await TestHost.StartRealAsync();
        var members = string.Join(',', Enumerable.Repeat("""{"user_id":"a"}""", 40));

        var body = $$"""{"name":"{{new string('x', 600)}}","members":[{{members}}]}""";
        var detail = (await host.SendAsync(HttpMethod.Post, "/api/rooms", body)).Json.GetProperty("detail");

        detail.GetArrayLength().ShouldBe(20);
        detail[0].GetProperty("input").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("""{"title":"{501}"}""", "title_invalid", "body.title")]
    [InlineData("""{"title":"x","tmdb_id":0}""", "item_field_invalid", "body.tmdb_id")]
    [InlineData("""{"title":"x","poster_url":"javascript:alert(1)"}""", "item_field_invalid", "body.poster_url")]
    [InlineData("""{"title":"x","year":1799}""", "item_field_invalid", "body.year")]
    [InlineData("""{"title":"x","genres":["a",""]}""", "item_field_invalid", "body.genres.1")]
    [InlineData("""{"title":"x","vote_average":11}""", "item_field_invalid", "body.vote_average")]
    [InlineData("""{"title":"x","vote_average":"high"}""", "validation_failed", "body.vote_average")]
    public async Task A_new_item_with_a_broken_rule_is_refused_by_name(string body, string code, string place)
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);
        body = body.Replace("{501}", new string('x', 501), StringComparison.Ordinal);

        (await room.SendAsync("ada", "POST", "/api/queue", $$"""{"room_id":"{{room.Id}}",{{body[1..]}}"""))
            .ShouldBeInputProblem(code, place);
    }

    [Theory]
    [InlineData("""{"status":"seen"}""", "status_invalid", "body.status")]
    [InlineData("""{"runtime_minutes":1001}""", "item_field_invalid", "body.runtime_minutes")]
    [InlineData("""{"title":"new"}""", "validation_failed", "body.title")]
    [InlineData(
        """{"provider_links":[{"provider_name":"M","region":"DE","access_type":"steal"}]}""",
        "item_field_invalid",
        "body.provider_links.0.access_type")]
    [InlineData(
        """{"provider_links":[{"provider_name":"M","region":"DE","access_type":"buy","link":"ftp://x"}]}""",
        "item_field_invalid",
        "body.provider_links.0.link")]
    [InlineData("""{"providers_by_region":{"GER":["M"]}}""", "item_field_invalid", "body.providers_by_region.GER")]
    [InlineData("""{"providers_by_region":{"DE":"M"}}""", "validation_failed", "body.providers_by_region.DE")]
    public async Task A_change_of_an_item_with_a_broken_rule_is_refused_by_name(string body, string code, string place)
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);
        var item = await room.AddAsync("ada", "Metropolis");

        (await room.SendAsync("ada", "PATCH", $"/api/queue/{item}", body)).ShouldBeInputProblem(code, place);
    }

    [Fact]
    public async Task A_body_that_is_missing_too_long_or_of_another_kind_is_told()
    {
        await using var host = await TestHost.StartRealAsync();

        (await host.SendAsync(HttpMethod.Post, "/api/rooms")).ShouldBeInputProblem("validation_failed", "body");
        (await host.SendAsync(HttpMethod.Post, "/api/rooms", new string(' ', 70_000))).ShouldBeProblem(413, "body_too_large");
        using var form = new StringContent("name=F", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await host.Client.PostAsync(new Uri("/api/rooms", UriKind.Relative), form);
        ((int)response.StatusCode).ShouldBe(415);
    }
}
