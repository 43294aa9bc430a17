using System.CommandLine;
using AkkaParty.Bench.Measuring;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite;

namespace AkkaParty.Bench.Runtime;

/// <summary><c>bench runtime</c>.</summary>
internal static class RuntimeVerb
{
    private static readonly string[] Parts = ["asks", "links", "remote", "persist", "sqlite", "postgres", "memory", "recovery"];

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds")
        {
            Description = "How many windows each figure is measured in.",
            DefaultValueFactory = _ => 5,
        };
        var window = new Option<double>("--window") { Description = "Seconds of a window.", DefaultValueFactory = _ => 2 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds before the first window.", DefaultValueFactory = _ => 4 };
        var only = new Option<string[]>("--only")
        {
            Description = $"Only these parts: {string.Join(", ", Parts)}.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => Parts,
        };
        only.AcceptOnlyFromAmong(Parts);
        var directory = new Option<DirectoryInfo>("--directory")
        {
            Description = "Where SQLite's databases are made (and removed again): a folder on the disk to be measured.",
            DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()),
        };
        var command = new Command("runtime", "Asks, persisted commands, memory and recovery of the actor runtime.")
        {
            rounds, window, warmUp, only, directory,
        };
        command.SetAction(async (parsed, _) => await RunAsync(
            new Rounds(
                parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(window)), TimeSpan.FromSeconds(parsed.GetValue(warmUp))),
            parsed.GetValue(only)!,
            parsed.GetValue(directory)!));
        return command;
    }

    private static async Task RunAsync(Rounds rounds, string[] only, DirectoryInfo directory)
    {
        Console.WriteLine(Machine.Describe());
        using var metrics = new MetricsReader();
        if (only.Contains("asks"))
        {
            await AskBench.RunAsync(rounds);
        }

        if (only.Contains("links"))
        {
            await LinkBench.RunAsync(rounds);
        }

        if (only.Contains("remote"))
        {
            await RemoteBench.RunAsync(rounds);
        }

        if (only.Contains("persist"))
        {
            await PersistBench.RunAsync(rounds);
        }

        if (only.Contains("sqlite"))
        {
            await SqliteBench.RunAsync(rounds, directory);
        }

        if (only.Contains("postgres"))
        {
            await PostgresBench.RunAsync(rounds);
        }

        if (only.Contains("memory"))
        {
            await MemoryBench.RunAsync();
        }

        if (only.Contains("recovery"))
        {
            var table = RecoveryBench.NewTable();
            await RecoveryBench.MeasureAsync(table, "in memory", new InMemoryJournal(), new InMemorySnapshotStore());
            await OnSqliteAsync(table, directory);
            table.Print();
        }
    }

    private static async Task OnSqliteAsync(Table table, DirectoryInfo directory)
    {
        using var folder = new ScratchFolder(directory);
        await using var store = SqliteStore.Open(new SqliteOptions { DataDirectory = folder.Path });
        await RecoveryBench.MeasureAsync(table, "SQLite FULL", store.Journal, store.Snapshots);
    }
}
