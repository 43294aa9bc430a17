using System.Globalization;
using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>Everybody whom one client process plays: creates the parties, lets all work, and ends in order.</summary>
internal sealed class Crowd(ClientPlan plan) : IDisposable
{
    private const int Films = 8;
    private readonly HistoryFile _history = new(plan.History);
    private readonly List<Person> _people = [];

    /// <summary>Plays until told to stop.</summary>
    /// <param name="output">Gets a line of progress a few times a second.</param>
    /// <param name="stop">Told to stop.</param>
    public async Task PlayAsync(TextWriter output, CancellationToken stop)
    {
        using var calls = new NodeCalls(plan.Nodes, 0);
        var pool = await FindFilmsAsync(calls);
        var parties = await Task.WhenAll(Enumerable.Range(0, plan.Parties).Select(number => OpenPartyAsync(number, pool)));
        _people.AddRange(parties.SelectMany(people => people));
        await output.WriteLineAsync("ready");
        using var finished = new CancellationTokenSource();
        var reporting = ReportAsync(output, finished.Token);
        try
        {
            await Task.WhenAll(_people.Select(person => person.WorkAsync(stop)));
            await Task.WhenAll(_people.Select(person => person.FinishAsync()));
        }
        finally
        {
            await finished.CancelAsync();
            await reporting;
        }

        await output.WriteLineAsync("finished");
    }

    public void Dispose()
    {
        _people.ForEach(person => person.Dispose());
        _history.Dispose();
    }

    private static async Task<List<string>> FindFilmsAsync(NodeCalls calls)
    {
        var films = await calls.UntilAnsweredAsync("GET", "/api/movies/search?q=a", null, null, null);
        return [.. films.GetProperty("movies").EnumerateArray().Take(Films).Select(film => film.GetProperty("id").GetString()!)];
    }

    private async Task<List<Person>> OpenPartyAsync(int number, IReadOnlyList<string> pool)
    {
        using var calls = new NodeCalls(plan.Nodes, number);
        var created = await calls.UntilAnsweredAsync("POST", "/api/party", new { name = "Chaos", username = "Host" }, null, NewKey());
        var party = created.GetProperty("party_id").GetString()!;
        List<Seat> seats = [new(party, Text(created, "host_id"), Text(created, "auth_token"), true)];
        while (seats.Count < plan.People)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Guest {seats.Count}");
            var joined = await calls.UntilAnsweredAsync("POST", $"/api/party/{party}/join", new { username = name }, null, NewKey());
            seats.Add(new Seat(party, Text(joined, "user_id"), Text(joined, "auth_token"), false));
        }

        await RankingAsync(calls, seats, pool);
        var first = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).AddDays(10);
        return [.. seats.Select((seat, index) => new Person(
            plan, seat, _history, new CommandSource(seat.IsHost, pool, first), (number * plan.People) + index, number % 3 == index))];
    }

    /// <summary>Brings a party into the phase in which ballots are handed in. The host never ranks, so it stays there.</summary>
    private static async Task RankingAsync(NodeCalls calls, List<Seat> seats, IReadOnlyList<string> pool)
    {
        Task<JsonElement> Do(Seat seat, string method, string path, object? body = null) =>
            calls.UntilAnsweredAsync(method, $"/api/party/{seat.Party}/{path}", body, seat.Token, NewKey());
        var host = seats[0];
        await Do(host, "POST", "start-nomination");
        foreach (var film in pool)
        {
            await Do(host, "POST", "nominations", new { tmdb_id = film });
            foreach (var seat in seats.Take((seats.Count / 2) + 1))
            {
                await Do(seat, "PUT", "nominations/current/vote", new { vote = "yay", tmdb_id = film });
            }
        }

        await Do(host, "POST", "finalize-nominations");
    }

    private async Task ReportAsync(TextWriter output, CancellationToken finished)
    {
        while (!finished.IsCancellationRequested)
        {
            var oldest = _people.Min(person => person.OldestOpen ?? long.MaxValue);
            var acknowledged = _people.Sum(person => person.Acknowledged);
            _history.Flush();
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"progress {acknowledged} {(oldest == long.MaxValue ? 0 : oldest)}"));
            await Pace.UpToAsync(300, finished);
        }
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
