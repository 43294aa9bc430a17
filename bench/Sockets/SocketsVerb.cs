using System.CommandLine;
using AkkaParty.Bench.Measuring;

namespace AkkaParty.Bench.Sockets;

/// <summary><c>bench sockets</c>, and the peer it compares with.</summary>
internal static class SocketsVerb
{
    private static readonly string[] Parts = ["broadcast", "burst", "idle"];

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
        var rooms = Number("--rooms", "Rooms of the broadcast.", 10);
        var members = Number("--members", "Members of each room (a party takes 100).", 100);
        var rate = new Option<double>("--rate") { Description = "Messages per room and second.", DefaultValueFactory = _ => 10 };
        var senders = Number("--senders", "How many members of a room send, in turn.", 1);
        var rounds = Number("--rounds", "How many windows each figure is measured in.", 5);
        var window = new Option<double>("--window") { Description = "Seconds of a window.", DefaultValueFactory = _ => 5 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds before the first window.", DefaultValueFactory = _ => 10 };
        var idle = Number("--idle", "Idle connections.", 5_000);
        var bursts = new Option<int[]>("--bursts")
        {
            Description = "Deliveries per second wanted of the bursts.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [500_000, 1_000_000, 2_000_000],
        };
        var command = new Command("sockets", "Broadcasts, bursts and idle connections over sockets, next to a bare Kestrel broadcaster.")
        {
            only, server, rooms, members, rate, senders, rounds, window, warmUp, idle, bursts,
        };
        command.SetAction(async (parsed, _) => await RunAsync(
            new SocketsPlan(
                parsed.GetValue(server)!.FullName,
                parsed.GetValue(rooms),
                parsed.GetValue(members),
                parsed.GetValue(rate),
                parsed.GetValue(senders),
                parsed.GetValue(rounds),
                TimeSpan.FromSeconds(parsed.GetValue(window)),
                TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
                parsed.GetValue(idle),
                parsed.GetValue(bursts)!),
            parsed.GetValue(only)!));
        return command;
    }

    public static Command CreatePeer()
    {
        var port = Number("--port", "The loopback port.", 18_090);
        var bytes = Number("--payload-bytes", "How long each broadcast payload is.", 120);
        var command = new Command("bare-broadcaster", "The peer of 'sockets': bare Kestrel, one send per member per room turn.")
        {
            port, bytes,
        };
        command.SetAction(async (parsed, _) => await BareBroadcaster.RunAsync(
            parsed.GetValue(port), _ => new BareRoom(parsed.GetValue(bytes))));
        return command;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static async Task RunAsync(SocketsPlan plan, string[] only)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine("The server's settings that differ from the defaults: "
            + string.Join(", ", PartyServer.Settings.Select(setting => $"{setting.Key}={setting.Value}")));
        Console.WriteLine("CPU: of the server's process alone, from /proc.");
        Console.WriteLine("Latency: from the instant a message was due to its arrival, so the generator's own delay is in it.");
        CheckDescriptors(plan);
        var bench = new SocketsBench(plan);
        if (only.Contains("broadcast"))
        {
            await bench.BroadcastAsync();
        }

        if (only.Contains("burst"))
        {
            await bench.BurstAsync();
        }

        if (only.Contains("idle"))
        {
            await bench.IdleAsync();
        }
    }

    private static void CheckDescriptors(SocketsPlan plan)
    {
        var line = File.ReadLines("/proc/self/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var limit = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        if (long.TryParse(limit, out var count) && count < plan.IdleConnections + 200)
        {
            throw new InvalidOperationException(
                $"This shell allows {count} open files; {plan.IdleConnections} connections need more: see 'ulimit -n', or --idle.");
        }
    }
}
