using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Rooms;

public sealed class HistoryRoutesTests
{
    [Fact]
    public async Task A_watched_film_has_one_entry_with_notes()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var item = await room.AddAsync("bob", "Metropolis");

        var watched = await room.SendAsync("ada", "POST", $"/api/queue/{item}/watch?notes=A%20long%20evening");
        watched.Status.ShouldBe(200, watched.Text);
        watched.Text.ShouldBe(
            $$$"""
            {"_id":"{{{watched["_id"]}}}","room_id":"{{{room.Id}}}","item_id":"{{{item}}}","watched_at":"2026-05-01T20:00:00.000000",
            "ratings":{},"notes":"A long evening","title":"Metropolis","added_by":"bob","exact_ratings":{}}
            """.ReplaceLineEndings(string.Empty));
        (await room.SendAsync("bob", "POST", $"/api/queue/{item}/watch"))["_id"].ShouldBe(watched["_id"]);
        (await room.SendAsync("bob", "GET", $"/api/queue/{item}"))["status"].ShouldBe("watched");
        (await room.SendAsync("bob", "POST", $"/api/queue/{item}/watch?notes={new string('n', 1001)}"))
            .ShouldBeInputProblem("notes_invalid", "query.notes");
    }

    [Fact]
    public async Task Films_are_rated_in_stars_and_half_stars()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var entry = await Watch(room, "Metropolis");

        (await Rate("ada", """{"user_id":"ada","rating":4}"""))["ratings"].ShouldBe("""{"ada":4}""");
        var rated = await Rate("bob", """{"exact_rating":2.5}""");
        (rated["ratings"], rated["exact_ratings"]).ShouldBe(("""{"ada":4,"bob":3}""", """{"ada":4,"bob":2.5}"""));
        (await room.SendAsync("ada", "GET", "/api/votes/history/room/~/stats")).Text
            .ShouldBe("""{"total_watched":1,"avg_rating":3.25,"total_ratings":2}""");
        (await room.SendAsync("ada", "GET", "/api/queue/room/~/stats")).Text.ShouldBe(
            """
            {"total_watched":1,"user_stats":{"ada":{"items_added":1,"items_picked":1,"pick_rate":1,"ratings_given":1,"avg_rating":4},
            "bob":{"items_added":0,"items_picked":0,"pick_rate":0,"ratings_given":1,"avg_rating":2.5}}}
            """.ReplaceLineEndings(string.Empty));
        (await Rate("ada", """{"rating":6}""")).ShouldBeInputProblem("rating_invalid", "body.rating");
        (await Rate("ada", """{"exact_rating":2.3}""")).ShouldBeInputProblem("rating_invalid", "body.exact_rating");
        (await Rate("ada", "{}")).ShouldBeInputProblem("validation_failed", "body.rating");
        (await Rate("ada", """{"rating":5,"stars":5}""")).ShouldBeInputProblem("validation_failed", "body.stars");
        var unknown = await room.SendAsync("ada", "POST", $"/api/votes/history/{room.Id[..16]}000000ff/rate", """{"rating":5}""");
        unknown.ShouldBeProblem(404, "history_not_found");
        unknown["detail"].ShouldBe("History entry not found");
        (await room.SendAsync("ada", "POST", "/api/votes/history/x/rate", """{"rating":5}"""))
            .ShouldBeProblem(400, "invalid_history_id", "history_id");

        Task<Answer> Rate(string userId, string body) => room.SendAsync(userId, "POST", $"/api/votes/history/{entry}/rate", body);
    }

    [Fact]
    public async Task Lists_the_history_newest_first_in_pages()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);
        foreach (var title in (string[])["First", "Second", "Third"])
        {
            await Watch(room, title);
            host.Time.Advance(TimeSpan.FromSeconds(10));
        }

        RoomTable.Each(await room.SendAsync("ada", "GET", "/api/votes/history/room/~"), "title").ShouldBe(["Third", "Second", "First"]);
        RoomTable.Each(await room.SendAsync("ada", "GET", "/api/votes/history/room/~?limit=1&skip=1"), "title").ShouldBe(["Second"]);
    }

    [Fact]
    public async Task Exports_the_history_as_csv_and_json()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        await Watch(room, "Dr. Strangelove, or: how", "?notes=He%20said%20%22no%22%0AAgain");
        var second = await Watch(room, "=1+1");
        await room.SendAsync("bob", "POST", $"/api/votes/history/{second}/rate", """{"exact_rating":3.5}""");

        var csv = await room.SendAsync("ada", "GET", "/api/votes/history/room/~/export?format=csv");
        csv.Status.ShouldBe(200, csv.Text);
        csv.ContentType.ShouldBe("text/csv");
        csv.Headers["Content-Disposition"].ShouldBe($"attachment; filename=\"history-{room.Id}.csv\"");
        var ids = RoomTable.Each(await room.SendAsync("ada", "GET", "/api/votes/history/room/~"), "_id");
        csv.Text.ShouldBe(string.Join("\r\n", [
            "history_id,item_id,title,added_by,watched_at,avg_rating,total_ratings,ratings,notes",
            $"{ids[0]},{room.Id[..16]}00000003,'=1+1,ada,2026-05-01T20:00:00.000000,3.5,1,\"{{\"\"bob\"\":3.5}}\",",
            $"{ids[1]},{room.Id[..16]}00000001,\"Dr. Strangelove, or: how\",ada,2026-05-01T20:00:00.000000,,0,{{}},"
                + "\"He said \"\"no\"\"\nAgain\"",
            string.Empty,
        ]));
        var json = await room.SendAsync("ada", "GET", "/api/votes/history/room/~/export?format=json");
        json.ContentType.ShouldBe("application/json");
        RoomTable.Each(json, "title").ShouldBe(["=1+1", "Dr. Strangelove, or: how"]);
        (await room.SendAsync("ada", "GET", "/api/votes/history/room/~/export?format=xml"))
            .ShouldBeInputProblem("validation_failed", "query.format");
        (await host.SendAsync(HttpMethod.Get, $"/api/votes/history/room/{room.Id}/export")).ShouldBeProblem(401, "token_required");
    }

    private static async Task<string> Watch(RoomTable room, string title, string query = "")
    {
        var item = await room.AddAsync("ada", title);
        var watched = await room.SendAsync("ada", "POST", $"/api/queue/{item}/watch{query}");
        watched.Status.ShouldBe(200, watched.Text);
        return watched["_id"]!;
    }
}
