using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Cluster;

/// <summary>Many parties whose hosts give commands, spread over all nodes.</summary>
internal sealed class PartyLoad : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private const int MakersCount = 8;
    private readonly CancellationTokenSource _over = new();
    private readonly List<PartyClient> _clients;
    private readonly List<Task> _running;

    private PartyLoad(List<PartyClient> clients)
    {
        _clients = clients;
        _running = [.. clients.Select(client => client.RunAsync(_over.Token))];
    }

    public IReadOnlyList<PartyClient> Clients => _clients;

    /// <summary>How often commands were sent again so far.</summary>
    public int Retries => _clients.Sum(client => client.Retries);

    /// <summary>How many commands failed for good so far.</summary>
    public int Failures => _clients.Sum(client => client.Failures);

    public static async Task<PartyLoad> StartAsync(PartyCluster cluster, int parties, double perSecond)
    {
        var seats = new PartySeat[parties];
        await Parallel.ForAsync(0, parties, new ParallelOptions { MaxDegreeOfParallelism = MakersCount }, async (number, _) =>
            seats[number] = await CreateAsync(cluster.Nodes[number % cluster.Nodes.Count].Url));
        List<Uri> urls = [.. cluster.Nodes.Select(node => node.Url)];
        var load = new PartyLoad(
            [.. seats.Select((seat, index) => new PartyClient(urls, index, seat, TimeSpan.FromSeconds(1 / perSecond)))]);
        await load.AnsweredAsync(Stamp.Now);
        return load;
    }

    /// <summary>Spreads the clients over all nodes as in the beginning.</summary>
    public void SpreadAgain() => _clients.ForEach(client => client.GoHome());

    /// <summary>Waits until every party has acknowledged a command that was sent after an instant.</summary>
    public Task AnsweredAsync(long instant) => Patiently.UntilAsync(
        "every party to answer",
        Patience,
        () => Task.FromResult(_clients.TrueForAll(client => client.AnswersSince(instant).Exists(answer => answer.SentAt >= instant))));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_running);
        _clients.ForEach(client => client.Dispose());
        _over.Dispose();
    }

    /// <summary>Makes a party and brings it into the phase in which its host can set a deadline again and again.</summary>
    private static async Task<PartySeat> CreateAsync(Uri node)
    {
        using var http = new HttpClient { BaseAddress = node };
        var films = await http.GetFromJsonAsync<JsonElement>(new Uri("/api/movies/search?q=n", UriKind.Relative));
        var film = films.GetProperty("movies")[0].GetProperty("id").GetString()!;
        var created = await CallAsync(http, HttpMethod.Post, "/api/party", new { name = "Bench", username = "Host" });
        var party = $"/api/party/{created.GetProperty("party_id").GetString()}";
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", created.GetProperty("auth_token").GetString());
        await CallAsync(http, HttpMethod.Post, $"{party}/start-nomination");
        await CallAsync(http, HttpMethod.Post, $"{party}/nominations", new { tmdb_id = film });
        await CallAsync(http, HttpMethod.Put, $"{party}/nominations/current/vote", new { vote = "yay", tmdb_id = film });
        await CallAsync(http, HttpMethod.Post, $"{party}/finalize-nominations");
        return new PartySeat(
            party["/api/party/".Length..], created.GetProperty("auth_token").GetString()!, DateTimeOffset.UtcNow.AddDays(10));
    }

    private static async Task<JsonElement> CallAsync(HttpClient http, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>()
            : throw new InvalidOperationException($"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
    }
}
