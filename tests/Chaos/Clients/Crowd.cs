using System.Globalization;
using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>Everybody whom one client process plays: creates the parties and rooms, lets all work, and ends in order.</summary>
internal sealed class Crowd(ClientPlan plan) : IDisposable
{
    private const int Films = 8;
    private const int FirstItems = 6;
    private readonly HistoryFile _history = new(plan.History);
    private readonly List<Person> _people = [];

    /// <summary>Plays until told to stop.</summary>
    /// <param name="output">Gets a line of progress a few times a second.</param>
    /// <param name="stop">Told to stop.</param>
    public async Task PlayAsync(TextWriter output, CancellationToken stop)
    {
        using var calls = new NodeCalls(plan.Nodes, 0);
        var pool = await FindFilmsAsync(calls);
        var groups = await Task.WhenAll(
            [
                .. Enumerable.Range(0, plan.Parties).Select(number => OpenPartyAsync(number, pool)),
                .. Enumerable.Range(plan.Parties, plan.Rooms).Select(OpenRoomAsync),
            ]);
        _people.AddRange(groups.SelectMany(people => people));
        await output.WriteLineAsync("ready");
        using var finished = new CancellationTokenSource();
        var reporting = ReportAsync(output, finished.Token);
        try
        {
            await Task.WhenAll(_people.Select(person => person.WorkAsync(stop)));
            await Task.WhenAll(groups.Select(FinishAsync));
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
        var films = await calls.UntilAnsweredAsync(new PlainCall("GET", "/api/movies/search?q=a"));
        return [.. films.Body.GetProperty("movies").EnumerateArray().Take(Films).Select(film => film.GetProperty("id").GetString()!)];
    }

    private async Task<List<Person>> OpenPartyAsync(int number, IReadOnlyList<string> pool)
    {
        using var calls = new NodeCalls(plan.Nodes, number);
        var created = await PostAsync(calls, "/api/party", new { name = "Chaos", username = "Host" });
        var party = Text(created, "party_id");
        List<Seat> seats = [new(party, Text(created, "host_id"), Text(created, "auth_token"))];
        while (seats.Count < plan.People)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Guest {seats.Count}");
            var joined = await PostAsync(calls, $"/api/party/{party}/join", new { username = name });
            seats.Add(new Seat(party, Text(joined, "user_id"), Text(joined, "auth_token")));
        }

        await RankingAsync(calls, seats, pool);
        var first = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).AddDays(10);
        return [.. seats.Select((seat, index) => new Person(
            plan, new PartyPart(seat, index == 0, pool, first), _history, (number * plan.People) + index, number % 3 == index))];
    }

    /// <summary>Brings a party into the phase in which ballots are handed in. The host never ranks, so it stays there.</summary>
    private static async Task RankingAsync(NodeCalls calls, List<Seat> seats, IReadOnlyList<string> pool)
    {
        Task<CallAnswer> Do(Seat seat, string method, string path, object? body = null) =>
            calls.UntilAnsweredAsync(new PlainCall(method, $"/api/party/{seat.Entity}/{path}", body, seat.Token), NewKey());
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

    // The second of them follows the event stream and calls, the others have sockets.
    private async Task<List<Person>> OpenRoomAsync(int number)
    {
        using var calls = new NodeCalls(plan.Nodes, number);
        var members = Enumerable.Range(0, plan.People)
            .Select(index => new { user_id = $"u{index}", name = $"Member {index}" })
            .ToList();
        var created = await PostAsync(calls, "/api/rooms", new { name = "Chaos", members = members.Take(1) });
        List<Seat> seats = [new(Text(created, "_id"), members[0].user_id, Text(created, "token"))];
        foreach (var member in members.Skip(1))
        {
            var joined = await PostAsync(calls, $"/api/rooms/{Text(created, "code")}/join", member);
            seats.Add(new Seat(seats[0].Entity, member.user_id, Text(joined, "token")));
        }

        List<string> items = [];
        while (items.Count < FirstItems)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"{RoomPart.FirstFilms} {items.Count}");
            items.Add(Text((await calls.UntilAnsweredAsync(RoomPart.Adding(seats[0], title), NewKey())).Body, "_id"));
        }

        return [.. seats.Select((seat, index) => new Person(
            plan, new RoomPart(seat, items, index == 1), _history, (number * plan.People) + index, index == 1))];
    }

    private static async Task FinishAsync(IReadOnlyList<Person> people)
    {
        // The last event of a room may be one that somebody is not told of, such as their own coming: a command comes after it.
        var last = people[1].ShowsEvents ? await people[1].GiveLastAsync() : 0;
        await Task.WhenAll(people.Select(person => person.FinishAsync(last)));
    }

    private static async Task<JsonElement> PostAsync(NodeCalls calls, string path, object body) =>
        (await calls.UntilAnsweredAsync(new PlainCall("POST", path, body), NewKey())).Body;

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
