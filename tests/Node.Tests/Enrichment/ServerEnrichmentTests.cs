using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaParty.Catalog.Tests;
using AkkaParty.Node.Hosting;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Node.Tests.Enrichment;

/// <summary>The whole server, from the film that somebody queues to what everybody sees of it.</summary>
public sealed class ServerEnrichmentTests : IDisposable
{
    private readonly SettingsFixture _given = new();

    public ServerEnrichmentTests() => _given.Env("AkkaParty__DataDirectory", Path.Combine(_given.Working, "data"))
        .Env("PORT", "0").Env("LOG_LEVEL", "none").Env("AkkaParty__Admin__Listen", "0");

    public void Dispose() => _given.Dispose();

    [Fact]
    public async Task A_film_that_somebody_queues_is_looked_up_in_the_built_in_catalogue()
    {
        await using var app = await StartAsync();
        using var client = Client(app);
        var room = await CreateAsync(client);
        await QueueAsync(client, room, "Nosferatu (1922)");

        var item = await Follow(app, room).EnrichedAsync();

        item.GetProperty("enrichment").GetString().ShouldBe("done");
        item.GetProperty("title").GetString().ShouldBe("Nosferatu (1922)");
        item.GetProperty("year").GetInt32().ShouldBe(1922);
        item.GetProperty("runtime_minutes").GetInt32().ShouldBeGreaterThan(60);
        item.GetProperty("genres").EnumerateArray().Select(genre => genre.GetString()).ShouldContain("Horror");
    }

    [Fact]
    public async Task A_film_that_nobody_knows_says_so_and_can_be_asked_for_again()
    {
        await using var app = await StartAsync();
        using var client = Client(app);
        var room = await CreateAsync(client);
        var itemId = await QueueAsync(client, room, "Our holidays");
        var frames = Follow(app, room);
        (await frames.EnrichedAsync()).GetProperty("enrichment").GetString().ShouldBe("not_found");

        using var again = await client.PostAsync($"/api/queue/{itemId}/enrich", null);

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await frames.EnrichedAsync()).GetProperty("enrichment").GetString().ShouldBe("not_found");
    }

    [Fact]
    public async Task What_was_under_way_when_the_server_stopped_is_looked_up_after_the_next_start()
    {
        await using var tmdb = await StubAsync();
        _given.Env("TMDB_API_KEY", "0123456789abcdef").Env("TMDB_BASE_URL", tmdb.App.Urls.Single() + "/3/");
        string room;
        await using (var app = await StartAsync())
        {
            using var client = Client(app);
            room = await CreateAsync(client);
            await QueueAsync(client, room, "Metropolis");
            await tmdb.Asked.Task.Within("the first look-up");
            await app.StopAsync().Within("the stop");
        }

        tmdb.Answers = true;
        await using var next = await StartAsync();
        var item = await Follow(next, room).EnrichedAsync();

        item.GetProperty("tmdb_id").GetInt64().ShouldBe(19);
        item.GetProperty("streaming_on").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Streamer"]);
        item.GetProperty("providers_by_region").GetProperty("DE").EnumerateArray().Select(name => name.GetString())
            .ShouldBe(["Streamer"]);
    }

    private static Frames Follow(WebApplication app, string room)
    {
        var frames = new Frames();
        app.Services.GetRequiredService<IEntityRegions>()[RoomAddress.Kind]
            .Subscribe(room, new Audience(RoomAddress.SocketAudience), since: 0, frames);
        return frames;
    }

    private static async Task<string> CreateAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync(
            "/api/rooms", new { name = "Friday", members = new[] { new { user_id = "ann", name = "Ann", region = "DE" } } });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var room = await answer.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", room.GetProperty("token").GetString());
        return room.GetProperty("_id").GetString()!;
    }

    private static async Task<string> QueueAsync(HttpClient client, string room, string title)
    {
        using var answer = await client.PostAsJsonAsync("/api/queue", new { room_id = room, title, added_by = "ann" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var item = await answer.Content.ReadFromJsonAsync<JsonElement>();
        item.GetProperty("enrichment").GetString().ShouldBe("pending");
        return item.GetProperty("_id").GetString()!;
    }

    private static HttpClient Client(WebApplication app) => new()
    {
        BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
    };

    private async Task<WebApplication> StartAsync()
    {
        var settings = _given.Load();
        settings.Problems.ShouldBeEmpty();
        var app = Composition.Build(settings);
        await app.StartAsync();
        return app;
    }

    private static async Task<Stub> StubAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new Stub(builder.Build());
        stub.App.Run(stub.HandleAsync);
        await stub.App.StartAsync();
        return stub;
    }

    /// <summary>Stands in for TMDB: does not answer at first, then knows one film.</summary>
    private sealed class Stub(WebApplication app) : IAsyncDisposable
    {
        private volatile bool _answers;

        public WebApplication App => app;

        public bool Answers
        {
            get => _answers;
            set => _answers = value;
        }

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task HandleAsync(HttpContext context)
        {
            Asked.TrySetResult();
            if (!Answers)
            {
                var aborted = new TaskCompletionSource();
                await using var registration = context.RequestAborted.Register(aborted.SetResult);
                await aborted.Task;
                return;
            }

            var offer = new JsonArray(new JsonObject { ["provider_name"] = "Streamer" });
            var film = new JsonObject
            {
                ["id"] = 19,
                ["title"] = "Metropolis",
                ["release_date"] = "1927-02-06",
                ["watch/providers"] = new JsonObject
                {
                    ["results"] = new JsonObject { ["DE"] = new JsonObject { ["flatrate"] = offer } },
                },
            };
            await context.Response.WriteAsJsonAsync<JsonNode>(
                context.Request.Path.Value!.EndsWith("/search/movie", StringComparison.Ordinal)
                    ? new JsonObject { ["results"] = new JsonArray(film) }
                    : film);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
