using System.CommandLine;
using System.Globalization;
using AkkaParty.Chaos.Faults;
using AkkaParty.Chaos.Machines;

namespace AkkaParty.Chaos.Running;

/// <summary><c>run</c>: the long run.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long", DefaultValueFactory = _ => 30 };
        var nodes = new Option<int>("--nodes") { Description = "Nodes at first", DefaultValueFactory = _ => 3 };
        var lease = new Option<int>("--lease") { Description = "LeaseSeconds of the nodes", DefaultValueFactory = _ => 5 };
        var clients = new Option<int>("--clients") { Description = "Client processes", DefaultValueFactory = _ => 2 };
        var parties = new Option<int>("--parties") { Description = "Parties of each client process", DefaultValueFactory = _ => 8 };
        var rooms = new Option<int>("--rooms") { Description = "Rooms of each client process", DefaultValueFactory = _ => 4 };
        var seed = new Option<int?>("--seed") { Description = "Chooses faults and nodes; printed, random without" };
        var only = new Option<string[]>("--only")
        {
            Description = "Only faults whose name has one of these words",
            AllowMultipleArgumentsPerToken = true,
        };
        var folder = new Option<string?>("--folder") { Description = "Where to keep logs, histories and the journal; temporary without" };
        var command = new Command("run", "Breaks a cluster under load until the time is up, then compares and reports.")
        {
            minutes, nodes, lease, clients, parties, rooms, seed, only, folder,
        };
        command.SetAction(async (parsed, _) =>
        {
            var words = parsed.GetValue(only) ?? [];
            var isolated = Environment.IsPrivilegedProcess;
            if (!isolated)
            {
                Console.Error.WriteLine("Not root: nodes get no networks of their own, and none is cut off.");
            }

            var faults = AllFaults.List
                .Where(fault => isolated || !fault.NeedsNetworks)
                .Where(fault => words.Length == 0 || words.Any(word => fault.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .ToList();
            var plan = new ClusterPlan
            {
                Nodes = parsed.GetValue(nodes),
                NodesMax = parsed.GetValue(nodes) + 1,
                Isolated = isolated,
                LeaseSeconds = parsed.GetValue(lease),
                Folder = parsed.GetValue(folder),
            };
            var load = new LoadPlan(parsed.GetValue(clients), parsed.GetValue(parties), 3, 10, parsed.GetValue(rooms));
            return await RunAsync(
                plan, load, faults, TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(seed) ?? Environment.TickCount);
        });
        return command;
    }

    private static async Task<int> RunAsync(ClusterPlan plan, LoadPlan loadPlan, List<Fault> faults, TimeSpan time, int seed)
    {
        Say(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {faults.Count} kinds of faults, {time.TotalMinutes} minutes"));
        var random = new Random(seed);
        await using var cluster = await Cluster.StartAsync(plan);
        using var load = await LoadClients.StartAsync(cluster, loadPlan);
        var run = new ChaosRun(cluster, load, Say);
        var end = Pace.Now + (long)time.TotalNanoseconds;
        try
        {
            while (Pace.Now < end)
            {
                // Each kind once in every round, in another order each time.
                var round = faults.ToArray();
                random.Shuffle(round);
                foreach (var fault in round.TakeWhile(_ => Pace.Now < end))
                {
                    var running = cluster.Running.ToList();
                    await run.InjectAsync(fault, running[random.Next(running.Count)]);
                }
            }
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            // What can still be compared is worth more than the exception alone.
            Say($"The run stopped: {exception.Message}");
            foreach (var node in cluster.Nodes.Where(node => File.Exists(node.LogFile)))
            {
                Say($"--- {node.Name}{Environment.NewLine}{node.Process.Output}");
            }

            return 1;
        }

        var report = await run.FinishAsync();
        Console.Out.WriteLine(ReportText.Of(report));
        return report.Check.Findings.Count == 0 ? 0 : 1;
    }

    private static void Say(string line) =>
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss} {line}"));
}
