using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using AkkaParty.Node.Cli;
using AkkaParty.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AkkaParty.Node.Tests.Operators;

/// <summary>The operators' command line against a whole server of this process.</summary>
public sealed class OperatorVerbTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SettingsFixture _given = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _admin = $"127.0.0.1:{FreePort()}";
    private WebApplication _app = null!;
    private string _partyId = "";

    public async ValueTask InitializeAsync()
    {
        _given.Env("AkkaParty__DataDirectory", Data).Env("PORT", "0").Env("LOG_LEVEL", "none").Env("AkkaParty__Admin__Listen", _admin);
        var settings = _given.Load();
        settings.Problems.ShouldBeEmpty();
        _app = Composition.Build(settings);
        await _app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(Public), Timeout = Patience };
        using var created = await client.PostAsJsonAsync("/api/party", new { name = "Friday" });
        var body = await created.Content.ReadFromJsonAsync<JsonElement>();
        _partyId = body.GetProperty("party_id").GetString()!;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public void Dispose()
    {
        _given.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private string Data => Path.Combine(_given.Working, "data");

    private string Public => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    [Fact]
    public async Task The_members_are_shown_as_a_table_and_as_json()
    {
        (await RunAsync("cluster", "show")).ShouldBe(0);
        _output.ToString().ShouldContain("node-1");
        var view = await JsonAsync("cluster", "show");
        var member = view.GetProperty("members").EnumerateArray().ShouldHaveSingleItem();
        member.GetProperty("name").GetString().ShouldBe("node-1");
        member.GetProperty("phase").GetString().ShouldBe("serving");
        member.GetProperty("shards").GetInt32().ShouldBe(256);
        member.GetProperty("entities").GetInt32().ShouldBe(1);
        view.GetProperty("shards_without_home").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task The_shards_are_shown_with_what_is_in_them()
    {
        (await RunAsync("sharding", "stats")).ShouldBe(0);
        var shards = (await JsonAsync("sharding", "stats")).GetProperty("shards").EnumerateArray().ToList();
        shards.Count.ShouldBe(256);
        shards.Sum(shard => shard.GetProperty("entities").GetInt32()).ShouldBe(1);
        var regions = (await JsonAsync("sharding", "regions")).GetProperty("regions").EnumerateArray().ToList();
        regions.Select(kind => kind.GetProperty("kind").GetString())
            .ShouldBe(["party", "room", "room-code", "watch-party", "watch-party-code"]);
        var region = regions[0];
        region.GetProperty("kind").GetString().ShouldBe("party");
        (await RunAsync("sharding", "rebalance")).ShouldBe(0);
    }

    [Fact]
    public async Task An_entity_is_found_and_folded_from_its_events()
    {
        var where = await JsonAsync("sharding", "where", "party", _partyId);
        where.GetProperty("owner").GetString().ShouldBe("node-1");
        where.GetProperty("in_memory").GetProperty("seq").GetInt64().ShouldBe(1);

        var story = await JsonAsync("entity", "show", "party", _partyId);
        story.GetProperty("seq").GetInt64().ShouldBe(1);
        story.GetProperty("state").GetProperty("name").GetString().ShouldBe("Friday");

        var events = (await JsonAsync("entity", "events", "party", _partyId)).GetProperty("events").EnumerateArray();
        events.ShouldHaveSingleItem().GetProperty("event").GetString().ShouldBe("party.created.v1");
        (await JsonAsync("entity", "events", "party", _partyId, "--from", "2")).GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_journal_is_shown_from_its_end_or_from_a_place()
    {
        (await RunAsync("journal", "tail", "--once", "--json")).ShouldBe(0);
        var record = JsonDocument.Parse(_output.ToString()).RootElement;
        record.GetProperty("id").GetString().ShouldBe(_partyId);
        var offset = record.GetProperty("offset").GetInt64();
        _output.GetStringBuilder().Clear();
        (await RunAsync("journal", "tail", "--once", "--from", $"{offset}")).ShouldBe(0);
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_rest_answers_too()
    {
        foreach (var verb in (string[][])[["cluster", "tail", "--once"], ["feeds"], ["feeds", "--json"]])
        {
            (await RunAsync(verb)).ShouldBe(0, string.Join(' ', verb) + _error);
        }

        (await RunAsync("cluster", "join-info")).ShouldBe(1, "there is no cluster to join");
    }

    [Theory]
    [InlineData("entity", "show", "party", "00000000-0000-0000-0000-000000000000")]
    [InlineData("entity", "events", "party", "00000000-0000-0000-0000-000000000000")]
    [InlineData("entity", "show", "film", "1")]
    [InlineData("cluster", "down", "nobody")]
    [InlineData("cluster", "leave", "nobody")]
    public async Task What_is_not_there_is_exit_code_3(params string[] verb)
    {
        (await RunAsync(verb)).ShouldBe(3);
        _error.ToString().TrimEnd().ShouldNotContain("\n");
        _output.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cluster")]
    [InlineData("cluster", "down")]
    [InlineData("entity", "show", "party")]
    [InlineData("cluster", "show", "--admin", "nonsense://x", "--token", "t")]
    public async Task A_wrong_command_line_is_exit_code_2(params string[] verb) => (await RunAsync(verb)).ShouldBe(2);

    [Fact]
    public async Task Nobody_there_is_exit_code_1() =>
        (await RunAsync("cluster", "show", "--admin", $"127.0.0.1:{FreePort()}", "--token", "x")).ShouldBe(1);

    [Fact]
    public async Task A_wrong_token_is_exit_code_1_and_no_token_is_misuse()
    {
        (await RunAsync("cluster", "show", "--token", "wrong")).ShouldBe(1);
        (await RunAsync("cluster", "show", "--data", Path.Combine(_given.Working, "elsewhere"))).ShouldBe(2);
        _error.ToString().ShouldContain("admin.token");
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_token_is_made_once_and_only_its_owner_may_read_it()
    {
        var path = Path.Combine(Data, "admin.token");
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var token = await File.ReadAllTextAsync(path);
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = Composition.Build(_given.Load());
        await _app.StartAsync();
        (await File.ReadAllTextAsync(path)).ShouldBe(token);
    }

    [Theory]
    [InlineData("/cluster", null)]
    [InlineData("/cluster", "Bearer wrong")]
    [InlineData("/nowhere", null)]
    public async Task Without_the_token_nothing_is_told(string path, string? authorization)
    {
        using var client = new HttpClient { BaseAddress = new Uri("http://" + _admin), Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        using var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nothing_of_it_is_on_the_public_port()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Public), Timeout = Patience };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(Data, "admin.token"))).Trim());
        foreach (var path in (string[])["/cluster", "/sharding/shards", "/feeds", "/journal", "/entity"])
        {
            using var answer = await client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private static int FreePort()
    {
        // Below the range from which the system takes ports for clients.
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }

    private async Task<JsonElement> JsonAsync(params string[] args)
    {
        _output.GetStringBuilder().Clear();
        (await RunAsync([.. args, "--json"])).ShouldBe(0, _error.ToString());
        using var document = JsonDocument.Parse(_output.ToString());
        return document.RootElement.Clone();
    }

    private Task<int> RunAsync(params string[] args) => AkkaPartyCommand.RunAsync(
        args,
        _output,
        _error,
        settings => _given.Sources([.. settings]),
        (_, _, _) => Task.FromResult(0)).WaitAsync(Patience);
}
