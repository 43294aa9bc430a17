using System.Diagnostics;
using System.Globalization;
using AkkaParty.Chaos.Machines;
using AkkaParty.EndToEnd.Clusters;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms;
using AkkaParty.EndToEnd.WatchParties.Crowds;
using AkkaParty.Postgres.TestKit;

namespace AkkaParty.EndToEnd.WatchParties;

/// <summary>
/// Forty people play, pause, seek, talk, vote and change the playlist and the roles of a watch party at once while servers are killed. In
/// the end everybody agrees on playback, playlist, people and chat; nothing that was acknowledged is lost or there twice; and each client
/// was told of each event once, in order. The seed is printed; <c>AKKAPARTY_CRASH_SEED</c> sets it.
/// </summary>
[Collection(ClusterTestGroup.Name)]
public sealed class WatchCrowdTests(ITestOutputHelper output)
{
    private const int AccountsCount = 20;
    private const int GuestsCount = 20;
    private const int TimesEach = 15;
    private const int CrashesCount = 3;
    private const int AnsweredBetween = (AccountsCount + GuestsCount) * TimesEach / (CrashesCount + 2);

    // All of them have one address, and passwords are hashed as often as it takes and no more.
    private static readonly (string Name, string Value)[] Settings =
    [
        ("RateLimits__ProvePerMinute", "0"), ("RateLimits__RegisterPerHour", "0"), ("RateLimits__WatchRequestsPerHour", "0"),
        ("Accounts__PasswordIterations", "10000"), ("Admin__Token", PartyJournal.OperatorToken), ("Logging__Level", "Warning"),
    ];

    private readonly int _seed =
        int.TryParse(Environment.GetEnvironmentVariable("AKKAPARTY_CRASH_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.TickCount;

    [Fact]
    public async Task On_one_server_that_is_killed_and_restarted_everybody_sees_the_same()
    {
        var admin = Local(FreePort.Next());
        await using var server = await ServerProcess.StartAsync([.. Settings, ("Admin__Listen", admin.Authority)]);
        using var site = new RoomSite(server);

        await CrashAsync(site, 1, admin, async (_, _) =>
        {
            await server.Kill9Async();
            await server.RestartAsync();
        });
    }

    [Fact]
    public async Task On_three_nodes_that_are_killed_one_after_the_other_everybody_sees_the_same()
    {
        int[] ports = [FreePort.Next(), FreePort.Next(), FreePort.Next()];
        await using var cluster = await Cluster.StartAsync(new ClusterPlan
        {
            NodesMax = 3,
            LeaseSeconds = 2,
            Settings = Settings.ToDictionary(s => s.Name, s => s.Value),
            EnvironmentOf = number => new Dictionary<string, string>
            {
                ["AkkaParty__Admin__Listen"] = Local(ports[number - 1]).Authority,
            },
        });
        using var site = new RoomSite(cluster);

        await CrashAsync(site, 3, Local(ports[0]), async (crash, go) =>
        {
            // Each node once, so that the party's own is among them. The others go on before it comes back.
            var node = cluster.Nodes[crash % cluster.Nodes.Count];
            await node.Kill9Async();
            await go();
            node.Start();
            await node.ReadyAsync();
        });
    }

    private async Task CrashAsync(RoomSite site, int nodes, Uri admin, Func<int, Func<Task>, Task> crash)
    {
        output.WriteLine($"Seed {_seed}: AKKAPARTY_CRASH_SEED={_seed} lets them do the same.");
        var begin = Stopwatch.GetTimestamp();
        await using var crowd = await WatchCrowd.GatherAsync(site, AccountsCount, GuestsCount, _seed);
        var gathered = Stopwatch.GetElapsedTime(begin);
        var work = crowd.WorkAsync(TimesEach);
        for (var i = 0; i < CrashesCount; i++)
        {
            await GoOnAsync(crowd, work, AnsweredBetween);
            await crash(i, () => GoOnAsync(crowd, work, crowd.Users.Count));
        }

        await Patience.For(work, "the crowd's last answers", 2 * Patience.Process);
        var worked = Stopwatch.GetElapsedTime(begin);
        var end = await crowd.SettleAsync();
        for (var node = 0; node < nodes; node++)
        {
            await crowd.AgreeAsync(node);
        }

        var journal = await PartyJournal.ReadAsync(admin, crowd.PartyId);
        new JournalCheck(journal, [.. crowd.Users.SelectMany(user => user.Deeds)]).Run();
        journal.Count(e => e.Kind == "co-host-changed").ShouldBe(crowd.Roles.Changes, "each change of a role was made once");
        new FeedCheck([.. crowd.Users.Select(user => user.Follower)], journal, end).Run();
        Tell(crowd, journal, gathered, worked, Stopwatch.GetElapsedTime(begin));
        crowd.Users.ShouldAllBe(user => user.Follower.Connections >= 2, "every connection was cut");
    }

    private void Tell(WatchCrowd crowd, IReadOnlyList<PartyEvent> journal, TimeSpan gathered, TimeSpan worked, TimeSpan settled)
    {
        var kinds = crowd.Users.SelectMany(user => user.Deeds).CountBy(deed => deed.Kind).OrderBy(k => k.Key, StringComparer.Ordinal);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{CrashesCount} crashes, {crowd.Acknowledged} answered commands "
            + $"({string.Join(", ", kinds.Select(k => $"{k.Key} {k.Value}"))}), {crowd.Users.Sum(u => u.Refused)} refused, "
            + $"{crowd.Users.Sum(u => u.Follower.Connections)} connections, {journal.Count} events; "
            + $"gathered {gathered.TotalSeconds:0.0} s, worked {worked.TotalSeconds:0.0} s, checked {settled.TotalSeconds:0.0} s"));
    }

    private static Uri Local(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    // The crowd goes on, or has failed: then the test says why.
    private static async Task GoOnAsync(WatchCrowd crowd, Task work, int count)
    {
        var first = await Task.WhenAny(crowd.UntilMoreAsync(count), work);
        await first;
    }
}
