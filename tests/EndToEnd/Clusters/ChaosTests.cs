using AkkaParty.Chaos.Checking;
using AkkaParty.Chaos.Faults;
using AkkaParty.Chaos.Machines;
using AkkaParty.Chaos.Running;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>
/// The short run of real faults: real processes over a real PostgreSQL are killed, frozen, cut off and restarted under load. Afterwards
/// what the client processes saw is compared with the raw journal. <c>eng/chaos</c> is the long run, with the times.
/// </summary>
[Collection(ChaosTestGroup.Name)]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int AcknowledgedMin = 500;

    [Fact]
    public async Task Nothing_is_lost_doubled_or_missed_whatever_happens_to_nodes_network_and_database()
    {
        Fault[] faults =
        [
            AllFaults.KillNode, AllFaults.PauseNode, AllFaults.CutFromPeers, AllFaults.KillAndRestartNode, AllFaults.CutFromDatabase,
            AllFaults.RestartDatabase, AllFaults.CutFromBoth, AllFaults.AddAndRemoveNode, AllFaults.KillDatabaseShortly,
            AllFaults.RollNodes,
        ];
        await using var cluster = await Cluster.StartAsync(new ClusterPlan { Isolated = true, LeaseSeconds = 3 });
        using var load = await LoadClients.StartAsync(cluster, new LoadPlan(Processes: 2, Parties: 3, People: 3, Rate: 6.4, Rooms: 2));
        var run = new ChaosRun(cluster, load, output.WriteLine);
        for (var i = 0; i < faults.Length; i++)
        {
            // Another node each time, so that each of them was the victim of several.
            var running = cluster.Running.ToList();
            await run.InjectAsync(faults[i], running[i % running.Count]);
        }

        var report = await run.FinishAsync();

        output.WriteLine(ReportText.Of(report));
        report.Check.Findings.ShouldBeEmpty();
        report.Check.Parties.Acknowledged.ShouldBeGreaterThan(AcknowledgedMin / 2);
        report.Check.Rooms.Acknowledged.ShouldBeGreaterThan(AcknowledgedMin / 3);
        report.Check.Parties.Connections.ShouldBeGreaterThan(2 * 3 * 3, "faults cut connections");
        report.Check.Rooms.Connections.ShouldBeGreaterThan(2 * 2 * 3, "faults cut connections");
        report.Check.Count(Breach.Lost).ShouldBe(0);
    }
}
