using System.CommandLine;
using AkkaParty.Bench.Measuring;
using AkkaParty.Bench.Runtime;
using AkkaParty.Postgres.TestKit;

namespace AkkaParty.Bench.Cluster;

/// <summary>How <c>bench cluster</c> runs.</summary>
/// <param name="Program">The server's executable.</param>
/// <param name="Rounds">Windows of the rows that have some.</param>
/// <param name="Parties">How many parties there are while nodes fail.</param>
/// <param name="PerSecond">How many commands each party gets in a second.</param>
/// <param name="Faults">How many faults of each kind.</param>
internal sealed record ClusterPlan(string Program, Rounds Rounds, int Parties, double PerSecond, int Faults);

/// <summary><c>bench cluster</c>, and the node it starts beside itself.</summary>
internal static class ClusterVerb
{
    private static readonly string[] Parts = ["persist", "asks", "moving", "kill", "hang", "drain", "start"];

    public static Command Create()
    {
        var only = new Option<string[]>("--only")
        {
            Description = $"Only these parts: {string.Join(", ", Parts)}.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => Parts,
        };
        only.AcceptOnlyFromAmong(Parts);
        var server = new Option<FileInfo>("--server")
        {
            Description = "The server's executable.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "../../Node/release/akkaparty")),
        };
        var rounds = new Option<int>("--rounds")
        {
            Description = "How many windows each rate is measured in, and how often entities are moved and nodes started.",
            DefaultValueFactory = _ => 3,
        };
        var window = new Option<double>("--window") { Description = "Seconds of a window.", DefaultValueFactory = _ => 3 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds before the first window.", DefaultValueFactory = _ => 4 };
        var parties = new Option<int>("--parties")
        {
            Description = "Parties under load while nodes fail.",
            DefaultValueFactory = _ => 200,
        };
        var rate = new Option<double>("--rate") { Description = "Commands per party and second.", DefaultValueFactory = _ => 5 };
        var faults = new Option<int>("--faults") { Description = "Faults of each kind.", DefaultValueFactory = _ => 3 };
        var command = new Command("cluster", "Nodes over one PostgreSQL: failing, draining, starting, moving, asking each other, storing.")
        {
            only, server, rounds, window, warmUp, parties, rate, faults,
        };
        command.SetAction(async (parsed, _) => await RunAsync(
            new ClusterPlan(
                parsed.GetValue(server)!.FullName,
                new Rounds(
                    parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(window)), TimeSpan.FromSeconds(parsed.GetValue(warmUp))),
                parsed.GetValue(parties),
                parsed.GetValue(rate),
                parsed.GetValue(faults)),
            parsed.GetValue(only)!));
        return command;
    }

    public static Command CreateMember()
    {
        var name = new Option<string>("--name") { Description = "The node's name.", Required = true };
        var database = new Option<string>("--database") { Description = "The connection string.", Required = true };
        var command = new Command("cluster-member", "A node with counters in a process of its own: the other side of 'cluster'.")
        {
            name, database,
        };
        command.SetAction(async (parsed, _) => await CounterMember.ServeAsync(parsed.GetValue(name)!, parsed.GetValue(database)!));
        return command;
    }

    private static async Task RunAsync(ClusterPlan plan, string[] only)
    {
        Console.WriteLine(Machine.Describe());
        var figures = new Figures();
        if (only.Contains("persist"))
        {
            await PostgresBench.RunAsync(plan.Rounds, figures);
        }

        await using var postgres = await PostgresServer.StartNewAsync("shared_buffers=256MB", "max_connections=400");
        if (only.Contains("asks"))
        {
            await RemoteAskRows.RunAsync(plan.Rounds, postgres, figures);
        }

        if (only.Contains("moving"))
        {
            await MovingRow.RunAsync(plan.Rounds.Count, postgres, figures);
        }

        var faults = new FaultRows(plan, postgres, figures);
        if (only.Contains("kill") || only.Contains("hang") || only.Contains("drain"))
        {
            await faults.RunAsync(only);
        }

        if (only.Contains("start"))
        {
            await StartRow.RunAsync(plan, postgres, figures);
        }

        figures.Print();
    }
}
