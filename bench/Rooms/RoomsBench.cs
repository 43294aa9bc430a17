using AkkaParty.Bench.Measuring;
using AkkaParty.Bench.Sockets;
using AkkaParty.Postgres.TestKit;

namespace AkkaParty.Bench.Rooms;

/// <summary>
/// Rooms in which everybody votes at a fixed pace, faster level by level, until the server cannot keep up; next to a bare peer, by turns.
/// In the end the server is killed and started again, and every count must be what was acknowledged.
/// </summary>
internal sealed class RoomsBench(RoomsPlan plan, Figures figures)
{
    private const double AckP99Max = 50;
    private const int Goal = 5_000;
    private const double Kept = 0.98;

    public async Task RunAsync(string store, PostgresServer? postgres)
    {
        await using var database = postgres is null ? null : await postgres.CreateDatabaseAsync();
        await using var peerDatabase = postgres is null ? null : await postgres.CreateDatabaseAsync();
        using var folder = new ScratchFolder(plan.Directory);
        var program = new RoomServer(
            plan.Program, folder.Path, database is null ? null : (database.ConnectionString, postgres!.ProcessId));
        using var own = await program.StartAsync(plan.Rooms, plan.Members, plan.Items);
        own.Connect();
        own.Warm(plan.Levels[0], plan.Rounds.WarmUp);
        var bytes = (int)own.Measure(plan.Levels[0], plan.Rounds.WarmUp / 10).MeanBytes;
        using var peer = await BareVotePeer.StartAsync(
            bytes, peerDatabase?.ConnectionString ?? Path.Combine(folder.Path, "raw.db"), postgres?.ProcessId, own.Items, plan.Members);
        peer.Connect();
        peer.Warm(plan.Levels[0], plan.Rounds.WarmUp / 2);
        var levels = await LevelsAsync(own, peer);
        own.Process.Kill();
        var wrong = await program.CountWrongAsync(own.Fleet);
        Print(store, levels);
        Judge(store, levels, wrong);
    }

    private async Task<List<VoteLevel>> LevelsAsync(VotingServer own, VotingServer peer)
    {
        List<VoteLevel> levels = [];
        foreach (var wanted in plan.Levels)
        {
            var level = new VoteLevel(wanted);
            levels.Add(level);
            for (var round = 0; round < plan.Rounds.Count; round++)
            {
                // By turns, so that whatever else the machine does meets both.
                own.Warm(wanted, plan.Rounds.WarmUp / 5);
                var before = await own.ReadMetricsAsync();
                level.Own.Add(own.Measure(wanted, plan.Rounds.Window));
                level.Counted.Add(VoteLevel.Count(before, await own.ReadMetricsAsync(), plan.Members));
                peer.Warm(wanted, plan.Rounds.WarmUp / 10);
                level.Peer.Add(peer.Measure(wanted, plan.Rounds.Window));
            }

            if (!IsKept(level))
            {
                break;
            }
        }

        return levels;
    }

    /// <summary>Whether the server kept up, however long a vote took.</summary>
    private static bool IsKept(VoteLevel level) =>
        level.Rate.Median >= Kept * level.Wanted && level.Own.Sum(cost => cost.Failures) == 0;

    private static bool IsSustained(VoteLevel level) => IsKept(level) && level.AckP99.Median <= AckP99Max;

    private void Print(string store, List<VoteLevel> levels)
    {
        var title = $"{plan.Rooms} rooms x {plan.Members} members, {store}";
        var table = new Table(
            $"Votes over sockets, {title}", "votes/s wanted", "votes/s", "ack p50 ms", "ack p99 ms", "all have seen it p50 ms", "p99 ms",
            "frames/s", "votes per turn", "votes per commit", "failures", "server CPU", "generator CPU", "database CPU");
        var costs = new Table(
            $"What a vote costs, {title}", "votes/s wanted", "server CPU us", "writes", "bytes", "database CPU us",
            "bare votes/s", "bare ack p99 ms", "bare CPU us", "bare writes", "bare bytes", "CPU ratio");
        foreach (var level in levels)
        {
            Row(table, level);
            CostRow(costs, level);
        }

        table.Print();
        costs.Print();
    }

    private static void Row(Table table, VoteLevel level) => table.Add(
        level.Wanted.ToString("N0"),
        level.Rate.Show("N0"),
        Spread.Of(level.Own, cost => cost.AckP50.TotalMilliseconds).ShowMedian("F1"),
        level.AckP99.Show("F1"),
        Spread.Of(level.Own, cost => cost.SeenP50.TotalMilliseconds).ShowMedian("F1"),
        Spread.Of(level.Own, cost => cost.SeenP99.TotalMilliseconds).Show("F1"),
        level.Frames.ShowMedian("N0"),
        Spread.Of(level.Counted, count => count.VotesPerTurn).ShowMedian("F1"),
        Spread.Of(level.Counted, count => count.VotesPerCommit).ShowMedian("F1"),
        level.Own.Sum(cost => cost.Failures).ToString("N0"),
        Spread.Of(level.Own, cost => cost.ServerCpu / cost.Elapsed).ShowMedian("P0"),
        Spread.Of(level.Own, cost => cost.GeneratorCpu / cost.Elapsed).ShowMedian("P0"),
        Spread.Of(level.Own, cost => cost.DatabaseCpu / cost.Elapsed).ShowMedian("P0"));

    private static void CostRow(Table table, VoteLevel level)
    {
        var cpu = Spread.Of(level.Own, cost => cost.CpuPerVote);
        var peerCpu = Spread.Of(level.Peer, cost => cost.CpuPerVote);
        table.Add(
            level.Wanted.ToString("N0"),
            cpu.Show("F0"),
            Spread.Of(level.Own, cost => cost.WritesPerVote).ShowMedian("F1"),
            Spread.Of(level.Own, cost => cost.BytesPerVote).ShowMedian("N0"),
            Spread.Of(level.Own, cost => cost.DatabaseCpuPerVote).ShowMedian("F0"),
            Spread.Of(level.Peer, cost => cost.VotesPerSecond).ShowMedian("N0"),
            Spread.Of(level.Peer, cost => cost.AckP99.TotalMilliseconds).ShowMedian("F1"),
            peerCpu.Show("F0"),
            Spread.Of(level.Peer, cost => cost.WritesPerVote).ShowMedian("F1"),
            Spread.Of(level.Peer, cost => cost.BytesPerVote).ShowMedian("N0"),
            (cpu.Median / peerCpu.Median).ToString("F2"));
    }

    private void Judge(string store, List<VoteLevel> levels, int wrong)
    {
        var kept = levels.LastOrDefault(IsKept);
        figures.AtLeast($"{store}: votes/s stored and seen by all of the room, all in order", kept?.Rate.Median ?? 0, Goal, "N0", "/s");
        figures.AtLeast($"{store}: frames/s that reached members there", kept?.Frames.Median ?? 0, Goal * plan.Members, "N0", "/s");
        var sustained = levels.LastOrDefault(IsSustained);
        figures.AtLeast(
            $"{store}: votes/s with an ack p99 of at most {AckP99Max:F0} ms", sustained?.Rate.Median ?? 0, Kept * Goal, "N0", "/s");
        if (levels.Find(level => level.Wanted == Goal) is { } goal)
        {
            figures.AtMost($"{store}: at {Goal:N0} votes/s, ack p99", goal.AckP99.Median, AckP99Max, "F1", "ms");
        }

        figures.AtMost($"{store}: items with other counts than was acknowledged, after kill -9", wrong, 0, "F0", "items");
    }
}
