using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Processes;

/// <summary>
/// Power loss, shown by the system calls of the real server: before an acknowledgement leaves on the socket, the write-ahead log has been
/// written and the disk has confirmed it.
/// </summary>
public sealed class DurabilityTraceTests
{
    // Few enough that no snapshot is due, which nobody waits for and which would be one more write between two acknowledgements.
    private const int CommandsCount = 80;

    [Fact]
    public async Task Every_acknowledgement_follows_its_sync()
    {
        var trace = await TraceAsync("Full");

        var acknowledgements = trace.Acknowledgements();

        acknowledgements.Count.ShouldBe(CommandsCount, trace.ToString());
        acknowledgements.Where(a => !a.IsDurable).ShouldBeEmpty("an acknowledgement left before its sync was done");
    }

    [Fact]
    public async Task Without_the_sync_the_same_check_fails()
    {
        var trace = await TraceAsync("Normal");

        var acknowledgements = trace.Acknowledgements();

        acknowledgements.Count.ShouldBe(CommandsCount, trace.ToString());
        acknowledgements.Count(a => a.IsWritten).ShouldBe(CommandsCount, "every command is written, synced or not");
        acknowledgements.Count(a => a.IsDurable).ShouldBeLessThan(CommandsCount / 10);
    }

    private static async Task<SystemCallTrace> TraceAsync(string synchronous)
    {
        File.Exists("/usr/bin/strace").ShouldBeTrue("strace is not installed: eng/setup.sh does it");
        using var folder = new DataFolder();
        var file = Path.Combine(folder.Home, "trace");
        var start = new ServerStart
        {
            Settings = new Dictionary<string, string>
            {
                ["Store__Synchronous"] = synchronous,
                ["WebSockets__MessageBurst"] = "1000",
                ["WebSockets__MessagesPerSecond"] = "1000",
            },
            Under =
            [
                "/usr/bin/strace", "-f", "--seccomp-bpf", "-y", "-s", "16384", "-o", file,
                "-e", "trace=fdatasync,fsync,write,writev,pwrite64,sendto,sendmsg",
            ],
        };
        await using (var server = await ServerProcess.StartAsync(start, folder))
        {
            await using var table = await PartyTable.SeatAsync(server, 3);
            await table.Host.DoAsync(ClientFrameTypes.StartNomination);
            await table.Host.DoAsync(ClientFrameTypes.SuggestMovie, new { tmdb_id = "900000051" });
            for (var i = 0; i < CommandsCount; i++)
            {
                var vote = i % 2 == 0 ? "yay" : "nay";
                var frame = await table.Host.Socket.AskAsync(ClientFrameTypes.VoteNomination, new { vote }, SystemCallTrace.FirstId + i);
                frame.Type.ShouldBe(ServerFrameTypes.Ack, frame.Text);
            }

            (await server.TerminateAsync()).ShouldBe(0, server.Output);
        }

        return SystemCallTrace.Read(file, CommandsCount);
    }
}
