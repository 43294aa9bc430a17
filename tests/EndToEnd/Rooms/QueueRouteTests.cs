using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>Every route of the queue, the votes and the history, as a room uses them on an evening.</summary>
public sealed class QueueRouteTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private readonly RoomSite _site = new(fixture.Server);
    private RoomTable _table = null!;

    private RoomClient Alice => _table.Admin;

    private RoomClient Bob => _table.People[1];

    public async ValueTask InitializeAsync() => _table = await RoomTable.SeatAsync(_site, "alice", "bob");

    public async ValueTask DisposeAsync()
    {
        await _table.DisposeAsync();
        _site.Dispose();
    }

    [Fact]
    public async Task Films_are_added_read_changed_and_removed()
    {
        var added = (await Alice.CallAsync("POST", "/api/queue", new
        {
            room_id = _table.Id,
            title = "Inception",
            added_by = "alice",
            tmdb_id = 27205,
            year = 2010,
            runtime_minutes = 148,
            genres = new[] { "Action", "Science Fiction" },
            overview = "Dreams within dreams.",
            vote_average = 8.4,
            poster_url = "https://example.org/inception.jpg",
        })).Expect(HttpStatusCode.Created);
        var itemId = added.Text("_id");
        itemId.ShouldStartWith(_table.Id[..16]);
        (added.Text("room_id"), added.Text("status"), added.Json.Number("vote_score")).ShouldBe((_table.Id, "queued", 0));

        var again = (await Bob.CallAsync("POST", "/api/queue", new { room_id = _table.Id, title = "INCEPTION", added_by = "bob" }))
            .Expect(HttpStatusCode.Created);
        (again.Text("_id"), again.Text("added_by")).ShouldBe((itemId, "alice"), "a film is in the queue once, whatever the case");
        (await Bob.CallAsync("POST", "/api/queue", new { room_id = _table.Id, title = "Origen", added_by = "bob", tmdb_id = 27205 }))
            .Expect(HttpStatusCode.Created).Text("_id").ShouldBe(itemId, "and once by its number in the catalogue");

        (await Bob.GetAsync($"/api/queue/{itemId}")).Number("runtime_minutes").ShouldBe(148);
        var changed = (await Alice.CallAsync("PATCH", $"/api/queue/{itemId}", new { streaming_on = new[] { "Archive" }, year = 2011 }))
            .Expect(HttpStatusCode.OK);
        (changed.Json.GetProperty("streaming_on").Texts().Single(), changed.Json.Number("year")).ShouldBe(("Archive", 2011));

        var other = await Bob.AddAsync("Nosferatu");
        var list = $"/api/queue/room/{_table.Id}";
        (await Bob.GetAsync(list)).Texts("_id").ShouldBe([itemId, other], "of equal scores the oldest first");
        (await Bob.GetAsync($"{list}?limit=1&skip=1")).Texts("_id").ShouldBe([other]);
        (await Bob.GetAsync($"{list}?provider=archive")).Texts("_id").ShouldBe([itemId]);
        (await Bob.GetAsync($"{list}?status_filter=watched")).GetArrayLength().ShouldBe(0);

        (await Alice.CallAsync("DELETE", $"/api/queue/{itemId}")).Expect(HttpStatusCode.NoContent);
        (await Alice.CallAsync("DELETE", $"/api/queue/{itemId}")).Refuses(HttpStatusCode.NotFound, "item_not_found");
        (await Bob.GetAsync(list)).Texts("_id").ShouldBe([other]);
        (await Bob.AddAsync("Inception")).ShouldNotBe(itemId, "what was removed can be added again");
    }

    [Fact]
    public async Task What_can_be_watched_now_is_what_somebodys_region_has()
    {
        var nowhere = await Alice.AddAsync("Nowhere to be seen");
        var here = await Offer("Seen in America", new { providers_by_region = new { US = new[] { "Arte" } } });
        var there = await Offer("Seen in Germany", new { providers_by_region = new { DE = new[] { "Arte" } } });
        var playing = await Offer("Seen anywhere", new { play_now_url = "https://example.org/play" });
        var list = $"/api/queue/room/{_table.Id}";

        (await Bob.GetAsync($"{list}?available_now=true")).Texts("_id").ShouldBe([here, playing]);
        (await Bob.GetAsync($"{list}?available_now=true&provider=arte")).Texts("_id").ShouldBe([here]);
        (await Bob.GetAsync($"{list}?available_now=false")).Texts("_id").ShouldBe([nowhere, here, there, playing]);
        (await Bob.CallAsync("GET", $"{list}?available_now=perhaps")).RefusesInput("validation_failed", "available_now");

        (await Bob.CallAsync("PUT", $"/api/rooms/{_table.Id}/members/bob", new { user_id = "bob", name = "bob", region = "DE" }))
            .Expect(HttpStatusCode.OK);
        (await Bob.GetAsync($"{list}?available_now=true")).Texts("_id").ShouldBe([here, there, playing]);

        async Task<string> Offer(string title, object data)
        {
            var itemId = await Alice.AddAsync(title);
            (await Alice.CallAsync("PATCH", $"/api/queue/{itemId}", data)).Expect(HttpStatusCode.OK);
            return itemId;
        }
    }

    [Fact]
    public async Task Data_that_nobody_typed_is_looked_up()
    {
        var itemId = await Alice.AddAsync("Metropolis");

        var item = await Eventually.Async(
            "Metropolis looked up", () => Alice.GetAsync($"/api/queue/{itemId}"), i => i.Text("enrichment") != "pending");
        (item.Text("enrichment"), item.Number("year")).ShouldBe(("done", 1927));
        item.GetProperty("genres").GetArrayLength().ShouldBeGreaterThan(0);

        var unknown = await Alice.AddAsync("A film that nobody ever made");
        await Eventually.Async(
            "an unknown film looked up in vain", () => Alice.GetAsync($"/api/queue/{unknown}"), i => i.Text("enrichment") == "not_found");
        (await Alice.CallAsync("POST", $"/api/queue/{unknown}/enrich")).Expect(HttpStatusCode.OK);
        (await Alice.GetAsync("/api/queue/search/tmdb?q=metropolis&limit=3")).EnumerateArray().First().Text("title").ShouldBe("Metropolis");
    }

    [Fact]
    public async Task Votes_are_cast_changed_read_and_taken_back()
    {
        var itemId = await Alice.AddAsync("Metropolis");

        var vote = (await Bob.CallAsync("POST", "/api/votes", new { item_id = itemId, user_id = "bob", vote = "up" }))
            .Expect(HttpStatusCode.Created);
        (vote.Text("item_id"), vote.Text("user_id"), vote.Text("vote")).ShouldBe((itemId, "bob", "up"));
        vote.Text("voted_at").ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$");
        await Bob.VoteAsync(itemId, "down");
        await Alice.VoteAsync(itemId, "down");

        (await Bob.GetAsync($"/api/votes/{itemId}/bob")).Text("vote").ShouldBe("down");
        (await Bob.GetAsync($"/api/votes/user/{itemId}/bob")).Text("vote").ShouldBe("down");
        (await Bob.GetAsync($"/api/votes/item/{itemId}")).Texts("user_id").ShouldBe(["bob", "alice"]);
        var counts = await Bob.GetAsync($"/api/votes/item/{itemId}/counts");
        (counts.Number("upvotes"), counts.Number("downvotes"), counts.Number("vote_score")).ShouldBe((0, 2, -2));
        (await Bob.GetAsync($"/api/votes/room/{_table.Id}/user/bob")).Text(itemId).ShouldBe("down");

        (await Bob.CallAsync("DELETE", $"/api/votes/{itemId}/bob")).Expect(HttpStatusCode.NoContent);
        (await Bob.CallAsync("DELETE", $"/api/votes/{itemId}/bob")).Refuses(HttpStatusCode.NotFound, "vote_not_found")
            .Text("error").ShouldBe("Vote not found");
        (await Bob.GetAsync($"/api/queue/{itemId}")).Number("vote_score").ShouldBe(-1);
    }

    [Fact]
    public async Task Reactions_are_turned_over()
    {
        var itemId = await Alice.AddAsync("Metropolis");
        var reaction = new { item_id = itemId, user_id = "bob", reaction = "fire" };

        (await Bob.CallAsync("POST", "/api/votes/reactions", reaction)).Expect(HttpStatusCode.OK)
            .Json.GetProperty("active").GetBoolean().ShouldBeTrue();
        (await Alice.GetAsync($"/api/votes/reactions/room/{_table.Id}")).GetProperty(itemId).GetProperty("fire").Texts().ShouldBe(["bob"]);
        (await Bob.CallAsync("POST", "/api/votes/reactions", reaction)).Expect(HttpStatusCode.OK)
            .Json.GetProperty("active").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task The_room_picks_explains_watches_and_rates()
    {
        var (first, second) = (await Alice.AddAsync("Metropolis"), await Bob.AddAsync("Nosferatu"));
        await Bob.VoteAsync(second, "up");

        var picked = (await Alice.CallAsync("POST", $"/api/queue/room/{_table.Id}/select?mode=highest_votes")).Expect(HttpStatusCode.OK);
        (picked.Text("_id"), picked.Text("status")).ShouldBe((second, "queued"), "it stays in the queue until it is watched");
        (await Alice.CallAsync("POST", $"/api/queue/room/{_table.Id}/select")).Expect(HttpStatusCode.OK);
        var selections = (await Bob.GetAsync($"/api/queue/room/{_table.Id}/selections")).EnumerateArray().ToList();
        selections.Select(s => s.Text("mode")).ShouldBe(["weighted_random", "highest_votes"], "newest first");
        selections[0].GetProperty("candidates").Texts("item_id").Order(StringComparer.Ordinal).ShouldBe([first, second]);
        selections[0].GetProperty("candidates").EnumerateArray().Sum(c => c.Number("weight"))
            .ShouldBe(selections[0].Number("total_weight"));
        selections[0].Text("draw").ShouldMatch("^[0-9a-f]{16}$");
        selections[1].Text("explanation").ShouldBe("It has the highest score, 1.");
        (await Alice.CallAsync("POST", $"/api/queue/{first}/pick")).Expect(HttpStatusCode.OK).Text("_id").ShouldBe(first);

        var watched = (await Bob.CallAsync("POST", $"/api/queue/{second}/watch?notes=Dark")).Expect(HttpStatusCode.OK);
        var entryId = watched.Text("_id");
        (watched.Text("item_id"), watched.Text("notes")).ShouldBe((second, "Dark"));
        (await Bob.CallAsync("POST", $"/api/queue/{second}/watch")).Expect(HttpStatusCode.OK).Text("_id").ShouldBe(entryId);
        (await Bob.GetAsync($"/api/queue/{second}")).Text("status").ShouldBe("watched");
        (await Bob.AddAsync("Nosferatu")).ShouldNotBe(second, "a watched film may be queued again");

        var rated = (await Bob.CallAsync("POST", $"/api/votes/history/{entryId}/rate", new { user_id = "bob", rating = 4 }))
            .Expect(HttpStatusCode.OK);
        rated.Json.GetProperty("ratings").Number("bob").ShouldBe(4);
        await Alice.CallAsync("POST", $"/api/votes/history/{entryId}/rate", new { user_id = "alice", rating = 5 });
        (await Bob.GetAsync($"/api/votes/history/room/{_table.Id}?limit=50")).Texts("_id").ShouldBe([entryId]);
        var figures = await Bob.GetAsync($"/api/votes/history/room/{_table.Id}/stats");
        (figures.Number("total_watched"), figures.GetProperty("avg_rating").GetDouble(), figures.Number("total_ratings"))
            .ShouldBe((1, 4.5, 2));
        var stats = await Bob.GetAsync($"/api/queue/room/{_table.Id}/stats");
        stats.Number("total_watched").ShouldBe(1);
        stats.GetProperty("user_stats").GetProperty("bob").Number("items_picked").ShouldBe(1);
    }

    [Fact]
    public async Task The_history_is_exported_as_a_table_and_as_json()
    {
        var itemId = await Alice.AddAsync("Metropolis, restored \"cut\"");
        var watched = (await Alice.CallAsync("POST", $"/api/queue/{itemId}/watch?notes=Long")).Expect(HttpStatusCode.OK).Text("_id");
        await Bob.CallAsync("POST", $"/api/votes/history/{watched}/rate", new { user_id = "bob", rating = 5 });

        var table = (await Bob.CallAsync("GET", $"/api/votes/history/room/{_table.Id}/export?format=csv")).Expect(HttpStatusCode.OK);
        table.Response.Content.Headers.ContentType?.MediaType.ShouldBe("text/csv");
        table.Body.ShouldContain("\"Metropolis, restored \"\"cut\"\"\"");
        table.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeGreaterThanOrEqualTo(2);
        (await Bob.GetAsync($"/api/votes/history/room/{_table.Id}/export?format=json")).EnumerateArray().Single()
            .Text("title").ShouldBe("Metropolis, restored \"cut\"");
    }

    [Fact]
    public async Task A_voting_round_is_started_looked_at_and_closed_over_rest()
    {
        await Alice.AddAsync("Metropolis");
        var round = $"/api/queue/room/{_table.Id}/voting-round";

        var started = (await Bob.CallAsync("POST", $"{round}?duration_seconds=600")).Expect(HttpStatusCode.OK);
        (started.Text("room_id"), started.Json.Number("duration_seconds"), started.Text("status")).ShouldBe((_table.Id, 600, "voting"));
        started.Text("start_time").ShouldNotBeEmpty();
        (await Alice.GetAsync(round)).GetProperty("open").Number("duration_seconds").ShouldBe(600);
        (await Bob.CallAsync("POST", $"{round}/done")).Expect(HttpStatusCode.OK);
        (await Alice.CallAsync("POST", $"{round}/close")).Expect(HttpStatusCode.OK);
        (await Alice.GetAsync(round)).GetProperty("last").Text("reason").ShouldBe("closed");
    }
}
