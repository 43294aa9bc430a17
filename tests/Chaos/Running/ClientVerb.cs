using System.CommandLine;
using AkkaParty.Chaos.Clients;

namespace AkkaParty.Chaos.Running;

/// <summary><c>client</c>: one process of clients. It works until its input ends.</summary>
internal static class ClientVerb
{
    public static Command Create()
    {
        var nodes = new Option<string[]>("--nodes") { Description = "The nodes' addresses", AllowMultipleArgumentsPerToken = true };
        var history = new Option<string>("--history") { Description = "The file to write what happens to", Required = true };
        var parties = new Option<int>("--parties") { Description = "Parties", DefaultValueFactory = _ => 8 };
        var rooms = new Option<int>("--rooms") { Description = "Rooms", DefaultValueFactory = _ => 0 };
        var people = new Option<int>("--people") { Description = "People in each", DefaultValueFactory = _ => 3 };
        var rate = new Option<double>("--rate") { Description = "Commands a second of one person", DefaultValueFactory = _ => 10 };
        var command = new Command("client", "Plays people who give commands until the input ends.")
        {
            nodes, history, parties, rooms, people, rate,
        };
        command.SetAction(async (parsed, _) =>
        {
            var plan = new ClientPlan(
                [.. parsed.GetValue(nodes)!.Select(node => new Uri(node))],
                parsed.GetValue(history)!,
                parsed.GetValue(parties),
                parsed.GetValue(rooms),
                parsed.GetValue(people),
                parsed.GetValue(rate));
            using var stop = new CancellationTokenSource();
            using var crowd = new Crowd(plan);
            var waiting = StopAtEndOfInputAsync(stop);
            await crowd.PlayAsync(Console.Out, stop.Token);
            await waiting;
            return 0;
        });
        return command;
    }

    private static async Task StopAtEndOfInputAsync(CancellationTokenSource stop)
    {
        // The console's own reader blocks its caller, whatever its methods are called.
        await Task.Run(Console.In.ReadToEnd);
        await stop.CancelAsync();
    }
}
