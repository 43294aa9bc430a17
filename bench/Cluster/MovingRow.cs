using System.Diagnostics;
using AkkaParty.Bench.Measuring;
using AkkaParty.Bench.Runtime;
using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.TestKit.Counters;

namespace AkkaParty.Bench.Cluster;

/// <summary>
/// Moves 1,000 entities that are in memory, with events in the journal, to a node in another process, while each is asked ten times
/// a second.
/// </summary>
internal static class MovingRow
{
    private const int Entities = 1_000;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(int rounds, PostgresServer postgres, Figures figures)
    {
        var table = new Table(
            "1,000 live entities move to another node, each asked every 100 ms",
            "round", "all answered there after ms", "shards handed over after ms", "longest pause of an entity ms", "asks", "asks refused");
        List<double> totals = [];
        List<double> pauses = [];
        for (var round = 1; round <= rounds; round++)
        {
            var moved = await MoveAsync(postgres);
            totals.Add(moved.Answered.TotalMilliseconds);
            pauses.Add(moved.LongestPause.TotalMilliseconds);
            table.Add(
                round.ToString(),
                moved.Answered.TotalMilliseconds.ToString("N0"),
                moved.HandedOver.TotalMilliseconds.ToString("N0"),
                moved.LongestPause.TotalMilliseconds.ToString("N0"),
                moved.Asks.ToString("N0"),
                moved.Refused.ToString("N0"));
        }

        table.Print();
        figures.AtMost("moving 1,000 live entities, longest round", totals.Max() / 1000, 2, "F2", "s");
        figures.AtMost("moving 1,000 live entities, longest pause of one", pauses.Max(), 300, "F0", "ms");
    }

    private static async Task<Moved> MoveAsync(PostgresServer postgres)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var here = await CounterMember.StartAsync("here", database.ConnectionString);
        using var there = await CounterProcess.StartAsync("there", database.ConnectionString);
        await here.BalancedAsync(2);
        var ids = here.IdsAt("here", Entities);
        await Task.WhenAll(ids.Select(async id => CounterNode.Check(await here.Region.AskAsync(id, new AddMany(1, 5)))));

        using var over = new CancellationTokenSource();
        var askers = ids.Select((id, index) => AskAsync(here, id, index, over.Token)).ToArray();
        await Patiently.PassAsync(TimeSpan.FromSeconds(1));
        var startedAt = Stopwatch.GetTimestamp();
        if (!await here.Runtime.DrainAsync(TimeSpan.FromSeconds(30)))
        {
            throw new TimeoutException("The shards were not handed over within 30 s.");
        }

        var handedOver = Stopwatch.GetElapsedTime(startedAt);
        await Task.WhenAll(ids.Select(async id => CounterNode.Check(await here.Region.QueryAsync(id, GetValue.Instance))));
        var answered = Stopwatch.GetElapsedTime(startedAt);
        await Patiently.PassAsync(TimeSpan.FromMilliseconds(500));
        await over.CancelAsync();
        var asked = await Task.WhenAll(askers);
        return new Moved(
            handedOver, answered, asked.Max(one => one.Longest), asked.Sum(one => one.Asks), asked.Sum(one => one.Refused));
    }

    private static async Task<(TimeSpan Longest, long Asks, long Refused)> AskAsync(
        CounterMember here, string id, int index, CancellationToken over)
    {
        var longest = TimeSpan.Zero;
        long asks = 0;
        long refused = 0;
        await Patiently.PassAsync(Pace * ((index + 1.0) / Entities));
        using var ticks = new PeriodicTimer(Pace);
        while (!over.IsCancellationRequested)
        {
            var startedAt = Stopwatch.GetTimestamp();
            while (await here.Region.QueryAsync(id, GetValue.Instance) is { Outcome: not AskOutcome.Replied })
            {
                refused++;
                await Patiently.PassAsync(TimeSpan.FromMilliseconds(10));
            }

            var pause = Stopwatch.GetElapsedTime(startedAt);
            longest = pause > longest ? pause : longest;
            asks++;
            await ticks.WaitForNextTickAsync(CancellationToken.None);
        }

        return (longest, asks, refused);
    }

    private readonly record struct Moved(TimeSpan HandedOver, TimeSpan Answered, TimeSpan LongestPause, long Asks, long Refused);
}
