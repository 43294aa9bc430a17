using System.Text.Json;
using System.Text.RegularExpressions;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Rooms;

public sealed class RoomRoutesTests
{
    [Fact]
    public async Task Creates_a_room_whose_first_member_is_admin_and_has_the_token()
    {
        await using var host = await TestHost.StartRealAsync();

        var answer = await host.SendAsync(HttpMethod.Post, "/api/rooms", """
            {"name":"  Friday  ","members":[{"user_id":"ada","name":"Ada","avatar":"🦊","region":"de"},{"user_id":"bob","name":"Bob"}],
             "settings":{"selection_mode":"round_robin"}}
            """);

        answer.Status.ShouldBe(201, answer.Text);
        answer["name"].ShouldBe("Friday");
        answer["code"]!.ShouldMatch("^[A-HJ-NP-Z2-9]{6}$");
        answer["_id"]!.ShouldMatch("^[0-9a-f]{16}00000000$");
        answer["user_id"].ShouldBe("ada");
        answer["admins"].ShouldBe("""["ada"]""");
        answer.Json.GetProperty("members").EnumerateArray().Select(Member).ShouldBe(
            ["ada Ada 🦊 DE claimed True online False", "bob Bob 👤 US claimed False online False"]);
        answer["settings"].ShouldBe("""{"voting_duration_seconds":60,"selection_mode":"round_robin","allow_revotes":true}""");
        answer["created_at"].ShouldBe("2026-05-01T20:00:00.000000");
        answer["expires_at"].ShouldBe("2027-05-01T20:00:00.000000");
        RoomToken.TryFindRoom(answer["token"]!, out var room).ShouldBeTrue();
        room.ShouldBe(answer["_id"]);
        answer.Headers["Location"].ShouldBe($"/api/rooms/{answer["_id"]}");
        answer.Headers["ETag"].ShouldBe("\"1\"");
    }

    [Fact]
    public async Task A_room_without_members_gives_an_admins_token_without_a_seat()
    {
        await using var host = await TestHost.StartRealAsync();
        var created = await host.SendAsync(HttpMethod.Post, "/api/rooms", """{"name":"Friday"}""");
        var (room, token) = (created["_id"]!, created["token"]!);

        created.Status.ShouldBe(201, created.Text);
        (created["members"], created["admins"], created["user_id"]).ShouldBe(("[]", "[]", string.Empty));
        (await host.SendAsync(HttpMethod.Patch, $"/api/rooms/{room}", """{"name":"Monday"}""", token))["name"].ShouldBe("Monday");
        (await host.SendAsync(HttpMethod.Post, "/api/queue", $$"""{"room_id":"{{room}}","title":"Metropolis"}""", token))
            .ShouldBeProblem(403, "seat_required");
        (await host.SendAsync(HttpMethod.Post, $"/api/rooms/{created["code"]}/join", """{"user_id":"ada","name":"Ada"}""", token))["admins"]
            .ShouldBe("""["ada"]""");
    }

    [Fact]
    public async Task Shows_a_room_to_whoever_knows_its_code_in_any_case()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);

        var answer = await host.SendAsync(HttpMethod.Get, $"/api/rooms/code/{room.Code.ToLowerInvariant()}");

        answer.Status.ShouldBe(200, answer.Text);
        answer["_id"].ShouldBe(room.Id);
        answer.Json.TryGetProperty("token", out _).ShouldBeFalse();
        (await host.SendAsync(HttpMethod.Get, $"/api/rooms/code/{room.Code}", headers: ("If-None-Match", answer.Headers["ETag"])))
            .Status.ShouldBe(304);
        (await host.SendAsync(HttpMethod.Get, "/api/rooms/code/AAAAAA")).ShouldBeProblem(404, "room_not_found");
        (await host.SendAsync(HttpMethod.Get, "/api/rooms/code/O0I1")).ShouldBeProblem(404, "room_not_found");
    }

    [Fact]
    public async Task A_listed_seat_is_claimed_once_and_keeps_its_name()
    {
        await using var host = await TestHost.StartRealAsync();
        var created = await host.SendAsync(HttpMethod.Post, "/api/rooms", """
            {"name":"Friday","members":[{"user_id":"ada","name":"Ada"},{"user_id":"bob","name":"Bob"}]}
            """);
        var join = $"/api/rooms/{created["code"]}/join";

        var claimed = await host.SendAsync(HttpMethod.Post, join, """{"user_id":"bob","name":"Robert"}""");
        claimed.Status.ShouldBe(200, claimed.Text);
        claimed["user_id"].ShouldBe("bob");
        claimed.Json.GetProperty("members")[1].GetProperty("name").GetString().ShouldBe("Bob");

        (await host.SendAsync(HttpMethod.Post, join, """{"user_id":"bob","name":"Robert"}"""))
            .ShouldBeProblem(409, "user_id_taken", "user_id");
        var again = await host.SendAsync(HttpMethod.Post, join, """{"user_id":"bob","name":"Robert"}""", claimed["token"]);
        again.Status.ShouldBe(200, again.Text);
        again.Json.TryGetProperty("token", out _).ShouldBeFalse("nothing changed");
        var taken = await host.SendAsync(HttpMethod.Post, join, """{"user_id":"eve","name":"aDA"}""");
        taken.ShouldBeProblem(400, "name_taken", "name");
        taken["error"].ShouldBe("User already exists, choose another name");
    }

    [Fact]
    public async Task Admins_change_name_and_settings_which_are_replaced_as_a_whole()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");

        var first = await room.SendAsync(
            "ada", "PATCH", "/api/rooms/~", """{"settings":{"voting_duration_seconds":"90","allow_revotes":false}}""");
        first.Status.ShouldBe(200, first.Text);
        first["settings"].ShouldBe("""{"voting_duration_seconds":90,"selection_mode":"weighted_random","allow_revotes":false}""");
        var second = await room.SendAsync("ada", "PATCH", "/api/rooms/~", """{"name":"Monday","settings":{}}""");
        second["settings"].ShouldBe("""{"voting_duration_seconds":60,"selection_mode":"weighted_random","allow_revotes":true}""");
        (await room.SendAsync("bob", "PATCH", "/api/rooms/~", """{"name":"Mine"}""")).ShouldBeProblem(403, "admin_only");
    }

    [Fact]
    public async Task Members_are_listed_edited_promoted_removed_and_leave()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");

        (await room.SendAsync("bob", "POST", "/api/rooms/~/members", """{"user_id":"cyd","name":"Cyd"}""")).Status.ShouldBe(200);
        (await room.SendAsync("bob", "PUT", "/api/rooms/~/members/bob", """{"user_id":"bob","name":"Bobby"}""")).Json
            .GetProperty("members")[1].GetProperty("name").GetString().ShouldBe("Bobby");
        (await room.SendAsync("bob", "PUT", "/api/rooms/~/members/bob", """{"user_id":"ada","name":"Bobby"}"""))
            .ShouldBeProblem(400, "path_user_mismatch", "user_id");
        (await room.SendAsync("bob", "DELETE", "/api/rooms/~/members/ada")).ShouldBeProblem(403, "self_or_admin_only");
        (await room.SendAsync("ada", "DELETE", "/api/rooms/~/members/cyd?acting_user_id=ada")).Status.ShouldBe(200);
        (await room.SendAsync("ada", "POST", "/api/rooms/~/leave", """{"user_id":"ada"}""")).ShouldBeProblem(
            400, "last_admin", "new_admin_user_id");
        var granted = await room.SendAsync(
            "ada", "POST", "/api/rooms/~/admins", """{"acting_user_id":"ada","target_user_id":"bob"}""");
        granted["admins"].ShouldBe("""["ada","bob"]""");
        var left = await room.SendAsync("ada", "POST", "/api/rooms/~/leave", """{"user_id":"ada"}""");
        left.Status.ShouldBe(200, left.Text);
        left["admins"].ShouldBe("""["bob"]""");
        (await room.SendAsync("ada", "GET", "/api/rooms/~")).ShouldBeProblem(401, "invalid_token");
    }

    [Fact]
    public async Task The_last_admin_removes_themselves_by_naming_a_successor()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");

        (await room.SendAsync("ada", "DELETE", "/api/rooms/~/members/ada")).ShouldBeProblem(400, "last_admin");
        var gone = await room.SendAsync("ada", "DELETE", "/api/rooms/~/members/ada?new_admin_user_id=bob");

        gone.Status.ShouldBe(200, gone.Text);
        gone["admins"].ShouldBe("""["bob"]""");
    }

    [Fact]
    public async Task A_freed_seat_is_claimed_by_the_next_to_join()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var lost = room["bob"];

        (await room.SendAsync("bob", "POST", "/api/rooms/~/seats/free", """{"user_id":"ada"}""")).ShouldBeProblem(403, "admin_only");
        (await room.SendAsync("ada", "POST", "/api/rooms/~/seats/free", """{"user_id":"bob"}""")).Status.ShouldBe(200);

        (await host.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}", null, lost)).ShouldBeProblem(401, "invalid_token");
        (await room.JoinAsync("bob"))["token"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Only_an_admin_deletes_a_room_and_then_it_is_gone()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");

        var refused = await room.SendAsync("bob", "DELETE", "/api/rooms/~?acting_user_id=bob");
        refused.ShouldBeProblem(403, "admin_only");
        refused["detail"].ShouldBe("Only room admins can delete the room");
        (await room.SendAsync("ada", "DELETE", "/api/rooms/~?acting_user_id=ada")).Status.ShouldBe(204);
        (await room.SendAsync("ada", "GET", "/api/rooms/~")).ShouldBeProblem(404, "room_not_found");
        (await host.SendAsync(HttpMethod.Get, $"/api/rooms/code/{room.Code}")).ShouldBeProblem(404, "room_not_found");
    }

    [Fact]
    public async Task Tells_who_one_is_and_gives_tokens_for_other_devices()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");

        var me = await room.SendAsync("bob", "GET", "/api/rooms/~/me");
        me.Text.ShouldBe(
            $$"""{"room_id":"{{room.Id}}","user_id":"bob","name":"Bob","is_admin":false,"expires_at":"2027-05-01T20:00:00.000000"}""");
        var issued = await room.SendAsync("bob", "POST", "/api/rooms/~/token");
        issued.Status.ShouldBe(201, issued.Text);
        (await host.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}/me", null, issued["token"]))["user_id"].ShouldBe("bob");
        (await host.SendAsync(HttpMethod.Delete, $"/api/rooms/{room.Id}/token", null, issued["token"])).Status.ShouldBe(204);
        (await host.SendAsync(HttpMethod.Get, $"/api/rooms/{room.Id}/me", null, issued["token"])).ShouldBeProblem(401, "invalid_token");
        (await room.SendAsync("bob", "GET", "/api/rooms/~/presence"))["users"].ShouldBe("[]");
    }

    [Fact]
    public async Task Lists_the_rooms_of_the_person_whose_token_it_is()
    {
        await using var host = await TestHost.StartRealAsync();
        var first = await RoomTable.OpenAsync(host);
        var second = await host.SendAsync(
            HttpMethod.Post, "/api/rooms", """{"name":"Monday","members":[{"user_id":"ada","name":"Ada"}]}""", first["ada"]);
        var third = await host.SendAsync(HttpMethod.Post, "/api/rooms", """{"name":"Bobs","members":[{"user_id":"bob","name":"Bob"}]}""");
        host.RoomsOfMembers.Rooms.AddRange([first.Id, second["_id"]!, third["_id"]!, "ffffffffffffffff00000000"]);

        var mine = await first.SendAsync("ada", "GET", "/api/rooms/member/ada");
        await host.SendAsync(HttpMethod.Get, "/api/rooms/member/ada", null, second["token"]);
        await host.SendAsync(HttpMethod.Get, "/api/rooms/member/ada", null, third["token"]);

        mine.Status.ShouldBe(200, mine.Text);
        RoomTable.Each(mine, "name").ShouldBe(["Friday", "Monday"]);
        var people = host.RoomsOfMembers.Asked.ConvertAll(asked => asked.Person);
        people[0].ShouldNotBeNull();
        people[1].ShouldBe(people[0], "the second room was created by showing the first one's token");
        people[2].ShouldNotBe(people[0]);
        (await host.SendAsync(HttpMethod.Get, "/api/rooms/member/ada")).ShouldBeProblem(401, "token_required");
        (await host.SendAsync(HttpMethod.Get, "/api/rooms/member/ada", null, "nonsense")).ShouldBeProblem(401, "invalid_token");
        host.RoomsOfMembers.Failure = new Runtime.Journal.JournalUnavailableException("away");
        (await first.SendAsync("ada", "GET", "/api/rooms/member/ada")).ShouldBeProblem(503, "store_unavailable");
    }

    [Fact]
    public async Task Codes_have_no_characters_that_look_alike()
    {
        await using var host = await TestHost.StartRealAsync(new HttpOptions { Rates = new CallRateOptions { CreatePerMinute = 0 } });
        for (var i = 0; i < 40; i++)
        {
            var created = await host.SendAsync(HttpMethod.Post, "/api/rooms", """{"name":"Friday"}""");
            Regex.IsMatch(created["code"]!, "[IO01]").ShouldBeFalse(created["code"]);
        }
    }

    private static string Member(JsonElement member) =>
        $"{member.GetProperty("user_id")} {member.GetProperty("name")} {member.GetProperty("avatar")} {member.GetProperty("region")} "
        + $"claimed {member.GetProperty("claimed")} online {member.GetProperty("online")}";
}
