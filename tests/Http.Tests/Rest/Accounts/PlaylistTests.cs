using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Accounts;

public sealed class PlaylistTests
{
    private const string Playlists = "/api/v1/playlists";

    [Fact]
    public async Task Makes_shows_changes_and_deletes_a_playlist()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");

        var made = await host.PostAsync(
            Playlists,
            new
            {
                name = "Friday",
                description = "Silent films",
                items = new object[]
                {
                    new { title = "Metropolis", url = "https://example.org/m.mp4", tmdb_id = 19, duration_ms = 9_180_000 },
                    new { title = "Nosferatu", media_id = "01890000-0000-7000-8000-000000000001" },
                },
            },
            ada.Access);
        made.Status.ShouldBe(201, made.Text);
        var id = made["id"]!;
        made.Headers["Location"].ShouldBe($"{Playlists}/{id}");
        made.Headers["ETag"].ShouldBe("\"1\"");
        made.Json.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "name", "description", "items", "item_count", "version", "created_at", "updated_at"]);
        var items = made.Json.GetProperty("items");
        (items[0].GetProperty("title").GetString(), items[0].GetProperty("duration_ms").GetInt64()).ShouldBe(("Metropolis", 9_180_000));
        items[1].GetProperty("media_id").GetString().ShouldBe("01890000-0000-7000-8000-000000000001");
        Guid.TryParse(items[0].GetProperty("id").GetString(), out _).ShouldBeTrue();

        var list = await host.GetAsync(Playlists, ada.Access);
        list.Json.GetProperty("playlists")[0].EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "name", "description", "item_count", "version", "created_at", "updated_at"]);
        (await host.SendAsync(HttpMethod.Get, $"{Playlists}/{id}", null, ada.Access, ("If-None-Match", "\"1\""))).Status.ShouldBe(304);

        var reversed = new[] { items[1], items[0] };
        var changed = await host.PatchAsync($"{Playlists}/{id}", new { items = reversed }, ada.Access, ("If-Match", "\"1\""));
        changed.Status.ShouldBe(200, changed.Text);
        (changed["name"], changed["version"], changed.Headers["ETag"]).ShouldBe(("Friday", "2", "\"2\""));
        changed.Json.GetProperty("items")[0].ToString().ShouldBe(items[1].ToString(), "an item keeps its id when it moves");
        (await host.PatchAsync($"{Playlists}/{id}", new { name = "Saturday" }, ada.Access, ("If-Match", "\"1\"")))
            .ShouldBeProblem(412, "playlist_changed");
        (await host.PatchAsync($"{Playlists}/{id}", new { name = "Saturday" }, ada.Access))["name"].ShouldBe("Saturday");
        (await host.GetAsync($"{Playlists}/{id}", ada.Access))["version"].ShouldBe("3");

        (await host.DeleteAsync($"{Playlists}/{id}", ada.Access)).Status.ShouldBe(204);
        (await host.GetAsync($"{Playlists}/{id}", ada.Access)).ShouldBeProblem(404, "playlist_not_found");
        (await host.DeleteAsync($"{Playlists}/{id}", ada.Access)).ShouldBeProblem(404, "playlist_not_found");
    }

    [Fact]
    public async Task A_playlist_is_its_owners_alone()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var (ada, bob) = (await host.EnterAsync("ada"), await host.EnterAsync("bob"));
        var id = (await host.PostAsync(Playlists, new { name = "Friday" }, ada.Access))["id"];

        (await host.GetAsync($"{Playlists}/{id}", bob.Access)).ShouldBeProblem(404, "playlist_not_found");
        (await host.PatchAsync($"{Playlists}/{id}", new { name = "Mine" }, bob.Access)).ShouldBeProblem(404, "playlist_not_found");
        (await host.DeleteAsync($"{Playlists}/{id}", bob.Access)).ShouldBeProblem(404, "playlist_not_found");
        (await host.GetAsync(Playlists, bob.Access)).Json.GetProperty("playlists").GetArrayLength().ShouldBe(0);
        (await host.GetAsync($"{Playlists}/{id}")).ShouldBeProblem(401, "token_required");
    }

    [Theory]
    [InlineData("""{}""", "invalid_playlist", "name")]
    [InlineData("""{"name":" "}""", "invalid_playlist", "name")]
    [InlineData("""{"name":"x","items":[{}]}""", "invalid_playlist", "items[0]")]
    [InlineData("""{"name":"x","items":[null]}""", "invalid_playlist", "items[0]")]
    [InlineData("""{"name":"x","items":[{"title":"a","url":"file:///etc/passwd"}]}""", "invalid_playlist", "items[0]")]
    [InlineData("""{"name":"x","items":[{"title":"a","media_id":"7"}]}""", "invalid_playlist", "items[0].media_id")]
    [InlineData("""{"name":"x","items":[{"title":"a"},{"title":"b","id":"7"}]}""", "invalid_playlist", "items[1].id")]
    [InlineData("""{"name":"x","items":7}""", "invalid_request_body", "items")]
    public async Task A_wrong_playlist_is_400_and_names_the_field(string body, string code, string field)
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");
        (await host.SendAsync(HttpMethod.Post, Playlists, body, ada.Access)).ShouldBeProblem(400, code, field);
    }

    [Fact]
    public async Task A_creation_with_a_key_can_be_repeated()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var ada = await host.EnterAsync("ada");
        (string, string) key = ("Idempotency-Key", "0123456789abcdef");
        var first = await host.PostAsync(Playlists, new { name = "Friday" }, ada.Access, key);
        var again = await host.PostAsync(Playlists, new { name = " Friday " }, ada.Access, key);
        (again.Status, again.Text).ShouldBe((201, first.Text));
        (await host.PostAsync(Playlists, new { name = "Other" }, ada.Access, key))
            .ShouldBeProblem(422, "idempotency_key_reused", "Idempotency-Key");
        (await host.GetAsync(Playlists, ada.Access)).Json.GetProperty("playlists").GetArrayLength().ShouldBe(1);
        (await host.PatchAsync($"{Playlists}/{first["id"]}", new { name = "x" }, ada.Access, ("If-Match", "one")))
            .ShouldBeProblem(400, "invalid_request", "If-Match");
    }
}
