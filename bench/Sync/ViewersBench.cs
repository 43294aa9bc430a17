using System.Globalization;
using AkkaParty.Bench.Measuring;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Sync;

/// <summary>One party with many viewers and commands all the time, next to a bare broadcaster of frames that are as long.</summary>
internal static class ViewersBench
{
    public static async Task RunAsync(string program, int viewers, double perSecond, Rounds rounds, Figures figures)
    {
        var own = await PartyAsync(program, viewers, perSecond, rounds);
        var bytes = (int)Spread.Of(own, cost => cost.MeanBytes).Median;
        var bare = await BareAsync(viewers, perSecond, rounds, bytes);
        var table = new Table(
            $"One watch party with {viewers:N0} viewers, {perSecond:0.#} commands/s, SQLite",
            "server", "payload bytes", "deliveries/s", "p50 ms", "p99 ms", "CPU s per million", "failures", "generator CPU", "CPU ratio");
        var limit = Spread.Of(bare, cost => cost.CpuPerMillion).Median;
        Row(table, "akkaparty", own, limit);
        Row(table, "bare broadcaster", bare, limit);
        table.Print();
        var p99 = Spread.Of(own, cost => cost.P99.TotalMilliseconds).Median;
        figures.AtMost($"{viewers:N0} viewers, {perSecond:0.#} commands/s: p99 delivery", p99, 100, "F1", "ms");
    }

    private static async Task<List<TrafficCost>> PartyAsync(string program, int viewers, double perSecond, Rounds rounds)
    {
        using var folder = new ScratchFolder(new DirectoryInfo(Path.GetTempPath()));
        var port = ServerProcess.FreePort();
        var settings = new Dictionary<string, string>(SyncParty.Settings)
        {
            ["AkkaParty__RateLimits__ConnectPerMinute"] = "0",
            ["AkkaParty__DataDirectory"] = folder.Path,
            ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        };
        using var server = await ServerProcess.StartAsync(program, [], port, settings);
        // The host is one of them.
        var party = await SyncParty.CreateAsync(new Uri($"http://{server.Address}"), viewers - 1);
        var targets = party.Guests.Prepend(party.Host)
            .Select(token => $"/api/v1/watch-parties/{party.Id}/ws?messages=none&token={token}")
            .ToList();
        return Windows(server, [targets], perSecond, rounds);
    }

    private static async Task<List<TrafficCost>> BareAsync(int viewers, double perSecond, Rounds rounds, int payloadBytes)
    {
        using var server = await BarePeer.StartAsync(payloadBytes);
        using var fleet = new Fleet<PartyRoom>(new Traffic(), traffic => new PartyRoom(traffic));
        fleet.Connect(server.Address, BarePeer.Targets(rooms: 1, viewers));
        fleet.Settle(TimeSpan.FromMilliseconds(500));
        var load = new OpenLoad(fleet.Rooms, perSecond, senders: 1, events: false);
        fleet.Run(load, rounds.WarmUp);
        return [.. Enumerable.Range(0, rounds.Count).Select(_ => TrafficCost.Measure(server, fleet, load, rounds.Window))];
    }

    private static List<TrafficCost> Windows(
        ServerProcess server, IReadOnlyList<IReadOnlyList<string>> targets, double perSecond, Rounds rounds)
    {
        using var fleet = new Fleet<ViewersRoom>(new Traffic(), traffic => new ViewersRoom(traffic));
        fleet.Connect(server.Address, targets);
        fleet.Settle(TimeSpan.FromSeconds(3));
        fleet.Rooms[0].Open();
        var load = new CommandLoad(fleet.Rooms[0], perSecond);
        fleet.Run(load, rounds.WarmUp);
        return [.. Enumerable.Range(0, rounds.Count).Select(_ => TrafficCost.Measure(server, fleet, load, rounds.Window))];
    }

    private static void Row(Table table, string what, List<TrafficCost> costs, double limit)
    {
        var cpu = Spread.Of(costs, cost => cost.CpuPerMillion);
        table.Add(
            what,
            Spread.Of(costs, cost => cost.MeanBytes).ShowMedian("N0"),
            Spread.Of(costs, cost => cost.PerSecond).Show("N0"),
            Spread.Of(costs, cost => cost.P50.TotalMilliseconds).ShowMedian("F2"),
            Spread.Of(costs, cost => cost.P99.TotalMilliseconds).Show("F1"),
            cpu.Show("F2"),
            costs.Sum(cost => cost.Failures).ToString("N0"),
            Spread.Of(costs, cost => cost.GeneratorCpu / cost.Elapsed).ShowMedian("P0"),
            (cpu.Median / limit).ToString("F2"));
    }
}
