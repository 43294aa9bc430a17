using AkkaParty.Chaos;
using AkkaParty.Chaos.Machines;
using AkkaParty.Chaos.Running;
using Npgsql;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>Wall clocks jump, and nothing happens: neither the database's nor any node's is what the cluster lives by.</summary>
[Collection(ClusterTestGroup.Name)]
public sealed class ClockTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Jump = TimeSpan.FromHours(1);
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_wall_clock_that_jumps_by_an_hour_either_way_disturbs_nobody()
    {
        using var folder = new Scratch();
        var ofDatabase = new FakeClock(folder.At("database-clock"));
        var ofNode = new FakeClock(folder.At("node-clock"));
        var begin = DateTimeOffset.UtcNow;
        await using var cluster = await Cluster.StartAsync(new ClusterPlan
        {
            Nodes = 2,
            NodesMax = 2,
            LeaseSeconds = 3,
            Database = new DatabaseSetup { Environment = ofDatabase.Environment },
            EnvironmentOf = number => number == 1 ? ofNode.Environment : new Dictionary<string, string>(),
        });
        using var load = await LoadClients.StartAsync(cluster, new LoadPlan(1, 4, 3, 10));
        var members = await MembersAsync(cluster);

        foreach (var clock in (FakeClock[])[ofDatabase, ofNode])
        {
            foreach (var jump in (TimeSpan[])[Jump, -Jump, TimeSpan.Zero])
            {
                clock.Jump(jump);
                // Twice the time in which somebody who believed the clock would act: a heartbeat, a lease.
                await Pace.PassAsync(TimeSpan.FromSeconds(1));
                await load.ServedSinceAsync(Pace.Now);
            }
        }

        (await MembersAsync(cluster)).ShouldBe(members, "nobody was taken for dead, and nobody joined anew");
        await load.FinishAsync();
        var report = await new ChaosRun(cluster, load, output.WriteLine).CompareAsync();
        output.WriteLine(ReportText.Of(report.Check));
        report.Check.Findings.ShouldBeEmpty();
        var (first, last) = await TimesAsync(cluster);
        first.ShouldBeGreaterThan(begin - Slack);
        last.ShouldBeLessThan(DateTimeOffset.UtcNow + Slack);
    }

    private static async Task<string> MembersAsync(Cluster cluster)
    {
        await using var connection = await cluster.Database.ConnectAsync();
        await using var command = new NpgsqlCommand(
            "SELECT string_agg(name || ' ' || incarnation, ', ' ORDER BY name) FROM akkaparty.members", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<(DateTimeOffset First, DateTimeOffset Last)> TimesAsync(Cluster cluster)
    {
        await using var connection = await cluster.Database.ConnectAsync();
        await using var command = new NpgsqlCommand("SELECT min(at), max(at) FROM akkaparty.events", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (At(reader.GetInt64(0)), At(reader.GetInt64(1)));
    }

    private static DateTimeOffset At(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);
}
