using AkkaParty.Chaos.Checking;
using AkkaParty.Chaos.Faults;
using AkkaParty.Chaos.Histories;
using AkkaParty.Chaos.Machines;

namespace AkkaParty.Chaos.Running;

/// <summary>What a run came to.</summary>
/// <param name="Faults">The faults in their order.</param>
/// <param name="Check">The comparison with the journal.</param>
/// <param name="Pauses">For each fault, the longest pause of each party and room, in milliseconds, sorted.</param>
internal sealed record ChaosReport(IReadOnlyList<FaultRecord> Faults, CheckReport Check, IReadOnlyList<IReadOnlyList<double>> Pauses);

/// <summary>Breaks a cluster under load again and again, and compares in the end.</summary>
internal sealed class ChaosRun(Cluster cluster, LoadClients load, Action<string> say)
{
    private readonly List<FaultRecord> _faults = [];

    /// <summary>Injects a fault into a node and waits until the cluster is whole and everybody was served.</summary>
    public async Task InjectAsync(Fault fault, ClusterNode node)
    {
        var injected = Pace.Now;
        say($"{fault.Name} ({node.Name})");
        await fault.InjectAsync(new FaultScene(cluster, node, () => load.ServedSinceAsync(Pace.Now)));
        await cluster.WholeAsync();
        await load.ServedSinceAsync(Pace.Now);
        _faults.Add(new FaultRecord(fault.Name, node.Name, injected, Pace.Now));
    }

    /// <summary>Ends the load and compares.</summary>
    public async Task<ChaosReport> FinishAsync()
    {
        await load.FinishAsync();
        return await CompareAsync();
    }

    /// <summary>Compares what a finished load saw with the journal.</summary>
    public async Task<ChaosReport> CompareAsync()
    {
        var journal = await cluster.JournalAsync();
        JournalFile.Write(Path.Combine(cluster.Folder, "journal.tsv"), journal);
        await File.WriteAllLinesAsync(Path.Combine(cluster.Folder, "faults.txt"), _faults.Select(fault => fault.ToString()));
        var histories = load.Histories.SelectMany(HistoryFormat.ReadFile).ToList();
        return new ChaosReport(_faults, Checker.Check(histories, journal), Pauses.Of(histories, _faults));
    }
}
