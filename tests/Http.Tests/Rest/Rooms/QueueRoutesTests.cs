using System.Text.Json;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Rooms;

public sealed class QueueRoutesTests
{
    [Fact]
    public async Task Adds_a_film_and_answers_201_with_the_item_as_the_queue_has_it()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);

        var added = await room.SendAsync("ada", "POST", "/api/queue", $$"""
            {"room_id":"{{room.Id}}","title":" Metropolis ","added_by":"ada","tmdb_id":19,"year":"1927","genres":["Drama"],
             "vote_average":8.1,"overview":"A city.\nA tower.","unknown":"ignored"}
            """);

        added.Status.ShouldBe(201, added.Text);
        added["_id"].ShouldBe(room.Id[..16] + "00000001");
        added.Headers["Location"].ShouldBe($"/api/queue/{added["_id"]}");
        added.Text.ShouldBe(
            $$"""
            {"_id":"{{added["_id"]}}","room_id":"{{room.Id}}","title":"Metropolis","tmdb_id":19,"poster_url":null,"year":1927,
            "runtime_minutes":null,"genres":["Drama"],"streaming_on":[],"added_by":"ada","added_at":"2026-05-01T20:00:00.000000",
            "status":"queued","vote_score":0,"upvotes":0,"downvotes":0,"overview":"A city.\nA tower.","vote_average":8.1,
            "play_now_url":null,"provider_links":[],"providers_by_region":{},"enrichment":"pending","enrichment_error":null}
            """.ReplaceLineEndings(string.Empty));
    }

    [Fact]
    public async Task A_film_the_queue_has_is_answered_with_its_item()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var item = await room.AddAsync("ada", "Metropolis", ",\"tmdb_id\":19");

        (await room.AddAsync("bob", "mETROPOLIS")).ShouldBe(item);
        (await room.AddAsync("bob", "Another title", ",\"tmdb_id\":19")).ShouldBe(item);
        (await room.SendAsync("bob", "GET", "/api/queue/room/~")).Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Lists_the_queue_by_score_with_filters_and_pages()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        foreach (var title in (string[])["First", "Second", "Third"])
        {
            await room.AddAsync("ada", title);
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var third = RoomTable.Each(await room.SendAsync("ada", "GET", "/api/queue/room/~"), "_id")[2]!;
        await room.VoteAsync("bob", third);
        (await room.SendAsync("ada", "PATCH", $"/api/queue/{third}", """{"streaming_on":["Netflix"],"status":"watching"}"""))
            .Status.ShouldBe(200);

        await Titles("", "Third", "First", "Second");
        await Titles("?limit=1", "Third");
        await Titles("?limit=2&skip=1", "First", "Second");
        await Titles("?provider=netflix", "Third");
        await Titles("?status_filter=queued", "First", "Second");
        await Titles("?status_filter=watching&limit=1000", "Third");
        (await room.SendAsync("ada", "GET", "/api/queue/room/~?limit=1001")).ShouldBeInputProblem("limit_invalid", "query.limit");
        (await room.SendAsync("ada", "GET", "/api/queue/room/~?status_filter=seen")).ShouldBeInputProblem(
            "status_invalid", "query.status_filter");

        async Task Titles(string query, params string[] expected) =>
            RoomTable.Each(await room.SendAsync("ada", "GET", "/api/queue/room/~" + query), "title")
                .ShouldBe(expected, ignoreOrder: false, query);
    }

    [Fact]
    public async Task A_long_queue_is_whole_although_it_is_asked_for_in_pages()
    {
        await using var host = await TestHost.StartRealAsync(new HttpOptions { Rates = new CallRateOptions { TokenPerMinute = 0 } });
        var room = await RoomTable.OpenAsync(host);
        for (var i = 0; i < 230; i++)
        {
            await room.AddAsync("ada", $"Film {i}");
        }

        var all = RoomTable.Each(await room.SendAsync("ada", "GET", "/api/queue/room/~?limit=1000"), "_id");
        all.Count.ShouldBe(230);
        all.ShouldBeUnique();
        RoomTable.Each(await room.SendAsync("ada", "GET", "/api/queue/room/~?limit=150&skip=50"), "_id").ShouldBe(all.Skip(50).Take(150));
        (await room.SendAsync("ada", "GET", "/api/queue/room/~")).Json.GetArrayLength().ShouldBe(100);
    }

    [Fact]
    public async Task The_adder_or_an_admin_changes_and_removes_an_item_which_can_still_be_read()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob", "cyd");
        var item = await room.AddAsync("bob", "Metropolis");

        (await room.SendAsync("cyd", "PATCH", $"/api/queue/{item}", """{"year":1927}""")).ShouldBeProblem(403, "adder_or_admin_only");
        var changed = await room.SendAsync("bob", "PATCH", $"/api/queue/{item}", """
            {"year":1927,"poster_url":"https://posters/1.jpg",
             "provider_links":[{"provider_name":"Mubi","region":"de","access_type":"flatrate"}],
             "providers_by_region":{"de":["Mubi"]},"play_now_url":"https://mubi.example/1"}
            """);
        changed.Status.ShouldBe(200, changed.Text);
        (changed["year"], changed["poster_url"], changed["providers_by_region"]).ShouldBe(
            ("1927", "https://posters/1.jpg", """{"DE":["Mubi"]}"""));
        (await room.SendAsync("cyd", "DELETE", $"/api/queue/{item}")).ShouldBeProblem(403, "adder_or_admin_only");
        (await room.SendAsync("ada", "DELETE", $"/api/queue/{item}")).Status.ShouldBe(204);
        (await room.SendAsync("ada", "DELETE", $"/api/queue/{item}")).ShouldBeProblem(404, "item_not_found");
        (await room.SendAsync("cyd", "GET", $"/api/queue/{item}"))["status"].ShouldBe("removed");
        (await room.SendAsync("cyd", "GET", "/api/queue/room/~")).Text.ShouldBe("[]");
    }

    [Fact]
    public async Task Enrichment_can_be_asked_for_again()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);
        var item = await room.AddAsync("ada", "Metropolis");

        var asked = await room.SendAsync("ada", "POST", $"/api/queue/{item}/enrich");

        asked.Status.ShouldBe(200, asked.Text);
        asked["enrichment"].ShouldBe("pending");
    }

    [Fact]
    public async Task A_pick_is_answered_with_the_item_and_what_explains_it()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var item = await room.AddAsync("bob", "Metropolis");
        (await room.SendAsync("bob", "POST", "/api/queue/room/~/select")).ShouldBeProblem(403, "admin_only");

        var picked = await room.SendAsync("ada", "POST", "/api/queue/room/~/select?mode=highest_votes");

        picked.Status.ShouldBe(200, picked.Text);
        (picked["_id"], picked["status"]).ShouldBe((item, "queued"));
        var selection = picked.Json.GetProperty("selection");
        (selection.GetProperty("mode").GetString(), selection.GetProperty("selected_by").GetString()).ShouldBe(("highest_votes", "ada"));
        var selections = await room.SendAsync("bob", "GET", "/api/queue/room/~/selections");
        JsonElement.DeepEquals(selections.Json[0], selection).ShouldBeTrue(selections.Text);
        (await room.SendAsync("ada", "POST", "/api/queue/room/~/select?mode=best")).ShouldBeInputProblem(
            "selection_mode_invalid", "query.mode");
    }

    [Fact]
    public async Task An_admin_picks_by_hand_and_an_empty_queue_has_nothing_to_pick()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host);
        var none = await room.SendAsync("ada", "POST", "/api/queue/room/~/select");
        none.ShouldBeProblem(404, "queue_empty");
        none["detail"].ShouldBe("No items in queue or room not found");
        var item = await room.AddAsync("ada", "Metropolis");

        var picked = await room.SendAsync("ada", "POST", $"/api/queue/{item}/pick");

        picked.Status.ShouldBe(200, picked.Text);
        picked.Json.GetProperty("selection").GetProperty("mode").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_voting_round_starts_is_shown_and_closed()
    {
        await using var host = await TestHost.StartRealAsync();
        var room = await RoomTable.OpenAsync(host, "bob");
        var item = await room.AddAsync("ada", "Metropolis");

        var started = await room.SendAsync("bob", "POST", "/api/queue/room/~/voting-round?duration_seconds=30");
        started.Status.ShouldBe(200, started.Text);
        started.Text.ShouldBe(
            $$"""
            {"room_id":"{{room.Id}}","start_time":"2026-05-01T20:00:00.000000","duration_seconds":30,"status":"voting",
            "round_id":"{{started["round_id"]}}","ends_at":"2026-05-01T20:00:30.000000","started_by":"bob","done":[]}
            """.ReplaceLineEndings(string.Empty));
        (await room.SendAsync("ada", "POST", "/api/queue/room/~/voting-round")).ShouldBeProblem(409, "voting_round_open");
        (await room.SendAsync("bob", "POST", "/api/queue/room/~/voting-round/done")).Json
            .GetProperty("open").GetProperty("done").ToString().ShouldBe("""["bob"]""");
        (await room.SendAsync("bob", "POST", "/api/queue/room/~/voting-round/close")).ShouldBeProblem(403, "admin_only");
        (await room.SendAsync("ada", "POST", "/api/queue/room/~/voting-round/close")).Status.ShouldBe(200);

        var rounds = (await room.SendAsync("bob", "GET", "/api/queue/room/~/voting-round")).Json;
        rounds.GetProperty("open").ValueKind.ShouldBe(JsonValueKind.Null);
        (rounds.GetProperty("last").GetProperty("reason").GetString(), rounds.GetProperty("last").GetProperty("winner_item_id").GetString())
            .ShouldBe(("closed", item));
        (await room.SendAsync("ada", "POST", "/api/queue/room/~/voting-round?duration_seconds=9")).ShouldBeInputProblem(
            "voting_duration_invalid", "query.duration_seconds");
    }

    [Fact]
    public async Task Finds_titles_without_a_token_with_the_beginning_of_the_overview()
    {
        await using var host = await TestHost.StartRealAsync();

        var found = await host.SendAsync(HttpMethod.Get, "/api/queue/search/tmdb?q=%20metro%20&limit=3");

        found.Status.ShouldBe(200, found.Text);
        host.Catalog.LastQuery.ShouldBe("metro 3");
        var hit = found.Json[0];
        (hit.GetProperty("tmdb_id").GetInt64(), hit.GetProperty("year").GetInt32(), hit.GetProperty("runtime_minutes").GetInt32())
            .ShouldBe((11, 1927, 153));
        hit.GetProperty("overview").GetString().ShouldBe(new string('o', 150) + "…");
        await host.SendAsync(HttpMethod.Get, "/api/queue/search/tmdb?q=metro");
        host.Catalog.LastQuery.ShouldBe("metro 8");
        (await host.SendAsync(HttpMethod.Get, "/api/queue/search/tmdb")).ShouldBeInputProblem("validation_failed", "query.q");
        (await host.SendAsync(HttpMethod.Get, "/api/queue/search/tmdb?q=m")).ShouldBeInputProblem("validation_failed", "query.q");
        (await host.SendAsync(HttpMethod.Get, "/api/queue/search/tmdb?q=metro&limit=21"))
            .ShouldBeInputProblem("validation_failed", "query.limit");
        host.Catalog.Failure = new Catalog.CatalogUnavailableException("TMDB is away", TimeSpan.FromSeconds(3));
        var away = await host.SendAsync(HttpMethod.Get, "/api/queue/search/tmdb?q=metro");
        away.ShouldBeProblem(500, "movie_search_failed");
        away.Headers["Retry-After"].ShouldBe("3");
    }
}
