using System.Diagnostics;
using System.Globalization;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Crashes;

/// <summary>
/// The server is killed at random moments while many clients work. In the end every acknowledged command is there exactly once.
/// The seed is printed; <c>AKKAPARTY_CRASH_SEED</c> sets it.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int CrashesCount = 24;
    private const int AcknowledgedBetweenMax = 400;

    [Fact]
    public async Task Every_acknowledged_command_is_there_exactly_once_after_two_dozen_crashes()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("AKKAPARTY_CRASH_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.TickCount;
        output.WriteLine($"Seed {seed}: AKKAPARTY_CRASH_SEED={seed} gives the same moments, counted in acknowledged commands.");
        await using var process = await ServerProcess.StartAsync(
            ("Parties__AwaySeconds", "86400"), ("Parties__NominationSeconds", "86400"),
            ("WebSockets__MessagesPerSecond", "10000"), ("WebSockets__MessageBurst", "10000"), ("Logging__Level", "Warning"));
        var server = new CrashingServer(process);
        List<CrashWorker> workers =
        [
            new VoteWorker(server), new VoteWorker(server), new VoteWorker(server), new BallotWorker(server), new BallotWorker(server),
            new JoinWorker(server), new JoinWorker(server), new SocketWorker(server), new SocketWorker(server), new SocketWorker(server),
        ];
        var begin = Stopwatch.GetTimestamp();
        var work = workers.Select(w => w.RunAsync()).ToList();

        await CrashAsync(server, work, new Random(seed));

        workers.ForEach(w => w.Stop());
        await Patience.For(Task.WhenAll(work), "the clients' last answers", Patience.Process);
        output.WriteLine(
            $"{CrashesCount} crashes, {server.Acknowledged} acknowledged commands, {server.Retries} calls repeated, "
            + $"{workers.OfType<SocketWorker>().Sum(w => w.Reconnections)} connections, "
            + $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s");
        await Task.WhenAll(workers.Where(w => w is not SocketWorker).Select(w => w.VerifyAsync()));
        (await process.TerminateAsync()).ShouldBe(0, process.Output);
        await process.RestartAsync();
        await Task.WhenAll(workers.Select(w => w.VerifyAsync()));
    }

    private static async Task CrashAsync(CrashingServer server, List<Task> work, Random random)
    {
        for (var crash = 0; crash < CrashesCount; crash++)
        {
            // At times it hardly gets to work, or dies again while it starts.
            var more = random.Next(4) == 0 ? random.Next(5) : random.Next(AcknowledgedBetweenMax);
            var reached = server.UntilAcknowledgedAsync(server.Acknowledged + more);
            var first = await Task.WhenAny([reached, .. work]);
            await first;
            await server.CrashAsync(before: random.Next(8) == 0 ? 1 : 0);
        }
    }
}
