using System.CommandLine;
using AkkaParty.Bench.Measuring;
using AkkaParty.Postgres.TestKit;

namespace AkkaParty.Bench.Rooms;

/// <summary>How <c>bench rooms</c> runs.</summary>
/// <param name="Program">The server's executable.</param>
/// <param name="Rooms">How many rooms.</param>
/// <param name="Members">How many members each has, all connected and voting.</param>
/// <param name="Items">How many films each has to vote on.</param>
/// <param name="Levels">Votes per second of all rooms together, ascending.</param>
/// <param name="Rounds">The windows of each level.</param>
/// <param name="Directory">Where SQLite's files go.</param>
internal sealed record RoomsPlan(string Program, int Rooms, int Members, int Items, int[] Levels, Rounds Rounds, DirectoryInfo Directory);

/// <summary><c>bench rooms</c>, and the peer it compares with.</summary>
internal static class RoomsVerb
{
    private static readonly string[] Stores = ["sqlite", "postgres"];

    public static Command Create()
    {
        var only = new Option<string[]>("--only")
        {
            Description = $"Only these stores: {string.Join(", ", Stores)}.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => Stores,
        };
        only.AcceptOnlyFromAmong(Stores);
        var server = new Option<FileInfo>("--server")
        {
            Description = "The server's executable.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "../../Node/release/akkaparty")),
        };
        var rooms = Number("--rooms", "Rooms.", 20);
        var members = Number("--members", "Members of each room, each with a socket.", 50);
        var items = Number("--items", "Films of each room.", 20);
        var levels = new Option<int[]>("--levels")
        {
            Description = "Votes per second of all rooms together, ascending; it ends with the first one that is not kept.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1_000, 2_500, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000],
        };
        var rounds = Number("--rounds", "How many windows each figure is measured in.", 3);
        var window = new Option<double>("--window") { Description = "Seconds of a window.", DefaultValueFactory = _ => 5 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds before the first window.", DefaultValueFactory = _ => 10 };
        var directory = new Option<DirectoryInfo>("--directory")
        {
            Description = "Where SQLite's files go: the disk that is measured.",
            DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()),
        };
        var command = new Command("rooms", "Rooms whose members all vote over sockets, on SQLite and on PostgreSQL, next to a bare peer.")
        {
            only, server, rooms, members, items, levels, rounds, window, warmUp, directory,
        };
        command.SetAction(async (parsed, _) => await RunAsync(
            new RoomsPlan(
                parsed.GetValue(server)!.FullName,
                parsed.GetValue(rooms),
                parsed.GetValue(members),
                parsed.GetValue(items),
                parsed.GetValue(levels)!,
                new Rounds(
                    parsed.GetValue(rounds),
                    TimeSpan.FromSeconds(parsed.GetValue(window)),
                    TimeSpan.FromSeconds(parsed.GetValue(warmUp))),
                parsed.GetValue(directory)!),
            parsed.GetValue(only)!));
        return command;
    }

    public static Command CreatePeer()
    {
        var port = Number("--port", "The loopback port.", 18_091);
        var bytes = Number("--payload-bytes", "How long what members see of a vote is, 130 to 65,535.", 230);
        var rooms = Number("--rooms", "How many rooms there are.", 20);
        var file = new Option<string?>("--file") { Description = "SQLite's file, a new one." };
        var database = new Option<string?>("--database") { Description = "The connection string of an empty database." };
        var command = new Command("bare-voting", "The peer of 'rooms': a bare Kestrel broadcaster behind a raw group commit.")
        {
            port, bytes, rooms, file, database,
        };
        command.SetAction(async (parsed, _) => await BareVotePeer.ServeAsync(
            parsed.GetValue(port), parsed.GetValue(bytes), parsed.GetValue(rooms), parsed.GetValue(file), parsed.GetValue(database)));
        return command;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static async Task RunAsync(RoomsPlan plan, string[] only)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine("The server's settings that differ from the defaults: "
            + string.Join(", ", RoomServer.Settings.Select(setting => $"{setting.Key}={setting.Value}")));
        Console.WriteLine("CPU: of the server's process alone, from /proc. Writes and bytes: as TCP counts them at the members' end.");
        Console.WriteLine("Latency: from the instant a vote was due; the generator looks once a millisecond, so up to 2 ms are its own.");
        Console.WriteLine("Failures: errors, lost connections, events out of order, votes that had to be held back.");
        var figures = new Figures();
        if (only.Contains("sqlite"))
        {
            await new RoomsBench(plan, figures).RunAsync("SQLite", postgres: null);
        }

        if (only.Contains("postgres"))
        {
            await using var postgres = await PostgresServer.StartNewAsync("shared_buffers=256MB", "max_wal_size=4GB");
            await new RoomsBench(plan, figures).RunAsync("PostgreSQL", postgres);
        }

        figures.Print();
    }
}
