using System.Globalization;
using System.Text.Json;
using AkkaParty.Chaos;
using AkkaParty.Chaos.Machines;
using AkkaParty.EndToEnd.Clusters;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms.Crowds;

namespace AkkaParty.EndToEnd.Rooms.Enrichment;

/// <summary>Films are added on all nodes; one of them looks all of them up, and another goes on where it dies.</summary>
[Collection(ClusterTestGroup.Name)]
public sealed class EnrichmentTests(ITestOutputHelper output)
{
    private const int NodesCount = 3;
    private const int SharedCount = 10;
    private const int OwnCount = 6;
    private const int FreeAnswers = 12;
    private const int LookupsMax = 4;
    private const int TriesMax = 2;

    [Fact]
    public async Task Every_film_that_is_added_on_any_node_is_looked_up_once_though_the_node_that_does_it_is_killed()
    {
        await using var tmdb = await StandInTmdb.StartAsync(FreeAnswers, IsBroken, IsUnknown);
        await using var cluster = await Cluster.StartAsync(PlanOf(tmdb));
        using var site = new RoomSite(cluster);
        var rooms = await Task.WhenAll(Enumerable.Range(0, NodesCount).Select(node => RoomAtAsync(site, node)));
        try
        {
            await Task.WhenAll(rooms.Select((room, node) => AddAsync(room.Admin, node)));

            await tmdb.UntilWaitingAsync(LookupsMax);
            var before = tmdb.Requests;
            var victim = before.Select(r => r.Node).Distinct().ShouldHaveSingleItem("one node looks everything up");
            await cluster.Nodes[victim - 1].Kill9Async();
            tmdb.GoOn();

            foreach (var room in rooms)
            {
                await ShouldAllEndAsync(room.Admin, victim);
            }

            // What the victim asked in its last moment may be among it.
            var after = tmdb.Requests.Skip(before.Count).Where(r => r.Node != victim).ToList();
            after.ShouldNotBeEmpty("another node goes on");
            output.WriteLine($"Node {victim} was killed after {before.Count} requests; "
                + $"{string.Join(", ", after.Select(r => r.Node).Distinct())} went on with {after.Count}.");
            ShouldAskOnce(tmdb.Requests);
            await ShouldBeStoredOnceAsync(cluster);
        }
        finally
        {
            foreach (var room in rooms)
            {
                await room.DisposeAsync();
            }
        }
    }

    private static bool IsBroken(int film) => film % 8 == 5;

    private static bool IsUnknown(int film) => film % 8 == 7;

    private static ClusterPlan PlanOf(StandInTmdb tmdb) => new()
    {
        Nodes = NodesCount,
        NodesMax = NodesCount,
        LeaseSeconds = 2,
        Settings = new Dictionary<string, string>
        {
            ["Tmdb__ApiKey"] = "0123456789abcdef",
            ["Tmdb__TimeoutSeconds"] = "60",
            ["Enrichment__LookupsMax"] = LookupsMax.ToString(CultureInfo.InvariantCulture),
            ["Enrichment__TriesMax"] = TriesMax.ToString(CultureInfo.InvariantCulture),
        },
        EnvironmentOf = node => new Dictionary<string, string> { ["AkkaParty__Tmdb__BaseUrl"] = tmdb.AddressFor(node) },
    };

    // A room whose only member speaks to one node.
    private static async Task<RoomTable> RoomAtAsync(RoomSite site, int node)
    {
        var room = await RoomTable.SeatAsync(site, "ann");
        room.Admin.Node = node;
        return room;
    }

    // Some films are in every room, others in one.
    private static async Task AddAsync(RoomClient person, int room) =>
        await Task.WhenAll(FilmsOf(room).Select(film => person.AddAsync(StandInTmdb.TitleOf(film))));

    private static IEnumerable<int> FilmsOf(int room) =>
        Enumerable.Range(1, SharedCount).Concat(Enumerable.Range(100 * (room + 1), OwnCount));

    private static async Task ShouldAllEndAsync(RoomClient person, int victim)
    {
        person.Node += person.Node == victim - 1 ? 1 : 0;
        var items = new List<JsonElement>();
        await Pace.UntilAsync(
            "every film to be looked up",
            Patience.Process,
            async () =>
            {
                items = await QueueAsync(person) ?? items;
                return items.Count > 0 && items.TrueForAll(item => Text(item, "enrichment") != "pending");
            },
            () => string.Join(Environment.NewLine, items));
        items.Count.ShouldBe(SharedCount + OwnCount);
        foreach (var item in items)
        {
            var film = int.Parse(Text(item, "title").Split(' ')[^1], CultureInfo.InvariantCulture);
            Text(item, "enrichment").ShouldBe(IsBroken(film) ? "failed" : IsUnknown(film) ? "not_found" : "done", item.ToString());
            if (IsBroken(film))
            {
                Text(item, "enrichment_error").ShouldNotBeNullOrWhiteSpace();
            }
            else if (!IsUnknown(film))
            {
                item.GetProperty("tmdb_id").GetInt32().ShouldBe(film);
                item.GetProperty("runtime_minutes").GetInt32().ShouldBe(80 + film);
            }
        }
    }

    // Nothing while the room moves.
    private static async Task<List<JsonElement>?> QueueAsync(RoomClient person)
    {
        try
        {
            var answer = await person.CallAsync("GET", $"/api/queue/room/{person.RoomId}?limit=1000");
            return answer.Status == System.Net.HttpStatusCode.ServiceUnavailable
                ? null
                : [.. answer.Expect(System.Net.HttpStatusCode.OK).Json.EnumerateArray()];
        }
        catch (Exception exception) when (Follower.IsLoss(exception))
        {
            return null;
        }
    }

    private static void ShouldAskOnce(IReadOnlyList<TmdbRequest> requests)
    {
        foreach (var same in requests.GroupBy(request => request))
        {
            var most = IsBroken(same.Key.Film) ? TriesMax : 1;
            same.Count().ShouldBeLessThanOrEqualTo(most, $"a node asks once for a title, however many rooms have it: {same.Key}");
        }
    }

    private static async Task ShouldBeStoredOnceAsync(Cluster cluster)
    {
        var ends = (await cluster.JournalAsync())
            .Where(each => each.Manifest.StartsWith("room.item-enriched.", StringComparison.Ordinal))
            .Select(each => JsonDocument.Parse(each.Payload).RootElement.GetProperty("item").GetProperty("id").GetString())
            .ToList();
        ends.Count.ShouldBe(NodesCount * (SharedCount + OwnCount));
        ends.Distinct().Count().ShouldBe(ends.Count, "each item's look-up ends once");
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
