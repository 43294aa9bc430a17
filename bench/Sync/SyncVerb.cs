using System.CommandLine;
using AkkaParty.Bench.Cluster;
using AkkaParty.Bench.Measuring;
using AkkaParty.Postgres.TestKit;

namespace AkkaParty.Bench.Sync;

/// <summary><c>bench sync</c>.</summary>
internal static class SyncVerb
{
    private const string ViewersPart = "viewers";

    public static Command Create()
    {
        string[] names = [.. Networks.All.Select(networks => networks.Name), ViewersPart];
        var only = new Option<string[]>("--only")
        {
            Description = $"Only these networks, or many viewers of one party: {string.Join(", ", names)}.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => names,
        };
        only.AcceptOnlyFromAmong(names);
        var server = new Option<FileInfo>("--server")
        {
            Description = "The server's executable.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "../../Node/release/akkaparty")),
        };
        var nodes = Number("--nodes", "Nodes of the cluster.", 3);
        var clients = Number("--clients", "Clients that are connected at a time.", 50);
        var seed = Number("--seed", "Decides chance, as far as a real network lets it.", 1);
        var minutes = new Option<double>("--minutes") { Description = "How long each evening takes.", DefaultValueFactory = _ => 10 };
        var kill = new Option<double>("--kill-every")
        {
            Description = "Seconds after which a node is killed, again and again; 0 for never.",
            DefaultValueFactory = _ => 60,
        };
        var stalled = new Option<double>("--stalled")
        {
            Description = "The share of messages that are held up for two seconds.",
            DefaultValueFactory = _ => 0.01,
        };
        var viewers = Number("--viewers", "Viewers of the one party that has many.", 1_000);
        var command = new Command("sync", "How far apart the players of a watch party are, on bad networks and with nodes that die.")
        {
            only, server, nodes, clients, minutes, kill, stalled, seed, viewers,
        };
        command.SetAction(async (parsed, _) => await RunAsync(
            new SyncPlan(
                parsed.GetValue(server)!.FullName,
                parsed.GetValue(nodes),
                parsed.GetValue(clients),
                parsed.GetValue(minutes),
                TimeSpan.FromSeconds(parsed.GetValue(kill)),
                parsed.GetValue(stalled),
                parsed.GetValue(seed)),
            parsed.GetValue(only)!,
            parsed.GetValue(viewers)));
        return command;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static async Task RunAsync(SyncPlan plan, string[] only, int viewers)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(
            $"{plan.Nodes} nodes, {plan.Clients} clients; clocks up to 10 s and 100 ppm off; jitter: exponential, a tenth of the delay; " +
            $"{plan.Stalled:P0} of the messages held up for 2 s; a node killed every {plan.KillEvery.TotalSeconds:N0} s (0: never).");
        Console.WriteLine("Settled: follows the command in effect, and has stayed within 80 ms for a second; counts from then on, however");
        Console.WriteLine("far it strays, until the next command or the loss of its connection. Settling counts from the first packet.");
        Console.WriteLine("Free: only where nothing of the client's was held up meanwhile.");
        var figures = new Figures();
        if (only.Any(part => part != ViewersPart))
        {
            await EveningsAsync(plan, only, figures);
        }

        if (only.Contains(ViewersPart))
        {
            var rounds = new Rounds(3, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
            await ViewersBench.RunAsync(plan.Program, viewers, perSecond: 10, rounds, figures);
        }

        figures.Print();
    }

    private static async Task EveningsAsync(SyncPlan plan, string[] only, Figures figures)
    {
        var report = new SyncReport(figures);
        await using var postgres = await PostgresServer.StartNewAsync("shared_buffers=128MB", "max_connections=400");
        foreach (var networks in Networks.All.Where(networks => only.Contains(networks.Name)))
        {
            await using var cluster = await PartyCluster.StartAsync(plan.Program, plan.Nodes, postgres, SyncParty.Settings);
            await cluster.WholeAsync();
            var party = await SyncParty.CreateAsync(cluster.Nodes[0].Url, SyncEvening.GuestsOf(plan));
            using var agenda = new Agenda();
            var evening = new SyncEvening(plan, networks, agenda, party, [.. cluster.Nodes.Select(node => node.Url)]);
            await evening.RunAsync(cluster);
            report.Add(networks, evening, agenda);
        }

        report.Print();
    }
}
