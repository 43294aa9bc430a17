using AkkaParty.Bench.Measuring;

namespace AkkaParty.Bench.Sockets;

/// <summary>How <c>bench sockets</c> runs.</summary>
internal sealed record SocketsPlan(
    string Program,
    int Rooms,
    int Members,
    double PerSecond,
    int Senders,
    int Rounds,
    TimeSpan Window,
    TimeSpan WarmUp,
    int IdleConnections,
    int[] Bursts);

/// <summary>Rooms of members behind real sockets: what a delivery costs the server, next to a bare broadcaster.</summary>
internal sealed class SocketsBench(SocketsPlan plan)
{
    private const int BurstRooms = 20;
    private const int BurstMembers = 50;

    public async Task BroadcastAsync()
    {
        var table = NewTable($"Broadcast, {plan.Rooms} rooms x {plan.Members} members, {plan.PerSecond:0.#} messages/s each");
        foreach (var events in new[] { false, true })
        {
            var what = events ? "event (a vote; the whole party to everybody)" : "signal (a reaction)";
            var own = await PartiesAsync(plan.Rooms, plan.Members, plan.PerSecond, events);
            var bytes = (int)Spread.Of(own, cost => cost.MeanBytes).Median;
            var bare = await BareAsync(plan.Rooms, plan.Members, plan.PerSecond, bytes);
            Row(table, what, own, bare);
        }

        table.Print();
    }

    public async Task BurstAsync()
    {
        var table = NewTable($"Burst of signals, {BurstRooms} rooms x {BurstMembers} members, open loop");
        foreach (var target in plan.Bursts)
        {
            var perRoom = (double)target / BurstRooms / BurstMembers;
            var own = await PartiesAsync(BurstRooms, BurstMembers, perRoom, events: false);
            var bytes = (int)Spread.Of(own, cost => cost.MeanBytes).Median;
            var bare = await BareAsync(BurstRooms, BurstMembers, perRoom, bytes);
            Row(table, $"{target:N0}/s wanted", own, bare);
        }

        table.Print();
    }

    public async Task IdleAsync()
    {
        var rooms = plan.IdleConnections / plan.Members;
        var table = new Table(
            $"Idle connections, {rooms * plan.Members:N0} in parties of {plan.Members} (private resident memory after forced collections)",
            "server", "before MB", "with connections MB", "KB per connection", "must be at most KB");
        using (var folder = new ScratchFolder(new DirectoryInfo(Path.GetTempPath())))
        {
            using var server = await PartyServer.StartAsync(plan.Program, folder.Path);
            var targets = await PartyServer.FillAsync(server, rooms, plan.Members);
            await IdleRowAsync(table, "akkaparty", server, targets, "17");
        }

        using (var server = await BarePeer.StartAsync(payloadBytes: 150))
        {
            await IdleRowAsync(table, "bare broadcaster", server, BarePeer.Targets(rooms, plan.Members), "");
        }

        table.Print();
    }

    private static async Task IdleRowAsync(
        Table table, string name, ServerProcess server, IReadOnlyList<IReadOnlyList<string>> targets, string limit)
    {
        // One connection first, so that the code of connecting is not counted as memory of connections.
        using (var first = PartyFleet())
        {
            first.Connect(server.Address, [[targets[0][0]]]);
            first.Settle(TimeSpan.FromSeconds(1));
        }

        await ForcedCollection.RunAsync(server.Id);
        var before = server.PrivateBytes;
        using var fleet = PartyFleet();
        fleet.Connect(server.Address, targets);
        fleet.Settle(TimeSpan.FromSeconds(3));
        await ForcedCollection.RunAsync(server.Id);
        fleet.Settle(TimeSpan.FromSeconds(1));
        await ForcedCollection.RunAsync(server.Id);
        var after = server.PrivateBytes;
        var connections = targets.Sum(room => room.Count) - fleet.Lost;
        table.Add(
            name,
            (before / 1048576.0).ToString("F1"),
            (after / 1048576.0).ToString("F1"),
            ((after - before) / 1024.0 / connections).ToString("F1"),
            limit);
    }

    private async Task<List<TrafficCost>> PartiesAsync(int rooms, int members, double perSecond, bool events)
    {
        using var folder = new ScratchFolder(new DirectoryInfo(Path.GetTempPath()));
        using var server = await PartyServer.StartAsync(plan.Program, folder.Path);
        var targets = await PartyServer.FillAsync(server, rooms, members);
        using var fleet = PartyFleet();
        fleet.Connect(server.Address, targets);
        fleet.Settle(TimeSpan.FromSeconds(1));
        if (events)
        {
            await PartyServer.NominateAsync(server, fleet, targets);
            fleet.Settle(TimeSpan.FromSeconds(1));
            fleet.Rooms.ForEach(room => room.ExpectFromHere());
        }

        return Windows(server, fleet, new OpenLoad(fleet.Rooms, perSecond, plan.Senders, events));
    }

    private async Task<List<TrafficCost>> BareAsync(int rooms, int members, double perSecond, int payloadBytes)
    {
        using var server = await BarePeer.StartAsync(payloadBytes);
        using var fleet = PartyFleet();
        fleet.Connect(server.Address, BarePeer.Targets(rooms, members));
        fleet.Settle(TimeSpan.FromMilliseconds(500));
        return Windows(server, fleet, new OpenLoad(fleet.Rooms, perSecond, plan.Senders, events: false));
    }

    private static Fleet<PartyRoom> PartyFleet() => new(new Traffic(), traffic => new PartyRoom(traffic));

    private List<TrafficCost> Windows(ServerProcess server, Fleet<PartyRoom> fleet, ILoad load)
    {
        fleet.Run(load, plan.WarmUp);
        return [.. Enumerable.Range(0, plan.Rounds).Select(_ => TrafficCost.Measure(server, fleet, load, plan.Window))];
    }

    private static Table NewTable(string title) => new(
        title,
        "message", "payload bytes", "deliveries/s", "p50 ms", "p99 ms", "CPU s per million", "failures", "generator CPU",
        "bare deliveries/s", "bare p99 ms", "bare CPU s per million", "CPU ratio");

    private static void Row(Table table, string what, List<TrafficCost> own, List<TrafficCost> bare)
    {
        var cpu = Spread.Of(own, cost => cost.CpuPerMillion);
        var bareCpu = Spread.Of(bare, cost => cost.CpuPerMillion);
        table.Add(
            what,
            Spread.Of(own, cost => cost.MeanBytes).ShowMedian("N0"),
            Spread.Of(own, cost => cost.PerSecond).Show("N0"),
            Spread.Of(own, cost => cost.P50.TotalMilliseconds).ShowMedian("F2"),
            Spread.Of(own, cost => cost.P99.TotalMilliseconds).Show("F1"),
            cpu.Show("F2"),
            own.Sum(cost => cost.Failures).ToString("N0"),
            Spread.Of(own, cost => cost.GeneratorCpu / cost.Elapsed).ShowMedian("P0"),
            Spread.Of(bare, cost => cost.PerSecond).ShowMedian("N0"),
            Spread.Of(bare, cost => cost.P99.TotalMilliseconds).ShowMedian("F1"),
            bareCpu.Show("F2"),
            (cpu.Median / bareCpu.Median).ToString("F2"));
    }
}
