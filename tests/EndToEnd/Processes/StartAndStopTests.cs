using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Postgres.TestKit;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Processes;

/// <summary>Starting where one must not, and stopping in order.</summary>
public sealed class StartAndStopTests
{
    private const int Failure = 1;
    private const int Misuse = 2;
    private const int VersionOffset = 60;
    private const int ApplicationOffset = 68;

    [Fact]
    public async Task A_second_process_on_the_same_data_is_refused_and_harms_nothing()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var table = await PartyTable.SeatAsync(server, 2);

        var (code, output) = await ServerProcess.RunToEndAsync(new ServerStart(), server.Folder);

        code.ShouldBe(Failure);
        OneLine(output).ShouldContain("Another AkkaParty");
        output.ShouldContain(server.Folder.Data);
        await table.Host.DoAsync(ClientFrameTypes.StartNomination);
    }

    [Theory]
    [InlineData("text instead of a database")]
    [InlineData("a page overwritten")]
    [InlineData("cut off")]
    [InlineData("written by a newer version")]
    [InlineData("another program's")]
    public async Task A_database_that_cannot_be_trusted_is_refused_and_left_as_it_is(string what)
    {
        using var folder = new DataFolder();
        await using (var server = await ServerProcess.StartAsync(new ServerStart(), folder))
        {
            await using var table = await PartyTable.SeatAsync(server, 8, connected: false);
            await server.TerminateAsync();
        }

        var expected = Spoil(folder.Database, what);
        var before = HashOf(folder.Database);

        var (code, output) = await ServerProcess.RunToEndAsync(new ServerStart(), folder);

        code.ShouldBe(Failure, output);
        OneLine(output).ShouldContain(expected);
        output.ShouldContain(folder.Database);
        HashOf(folder.Database).ShouldBe(before);
    }

    [Fact]
    public async Task Every_unknown_or_bad_setting_is_told_in_a_line_of_its_own()
    {
        using var folder = new DataFolder();
        var settings = new Dictionary<string, string>
        {
            ["Partys__AwaySeconds"] = "5",
            ["Parties__AwaySecond"] = "5",
            ["Parties__AwaySeconds"] = "soon",
            ["Parties__MaxParticipants"] = "0",
        };

        var (code, output) = await ServerProcess.RunToEndAsync(new ServerStart { Settings = settings }, folder);

        code.ShouldBe(Misuse);
        var lines = output.Split(Environment.NewLine);
        lines.Length.ShouldBe(settings.Count, output);
        foreach (var name in settings.Keys)
        {
            lines.ShouldContain(line => line.Contains("AkkaParty__" + name), output);
        }

        Directory.Exists(folder.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task Checking_the_configuration_does_not_start_anything()
    {
        using var folder = new DataFolder();

        var good = await ServerProcess.RunToEndAsync(new ServerStart { Arguments = ["config", "check"] }, folder);
        var bad = await ServerProcess.RunToEndAsync(
            new ServerStart
            {
                Arguments = ["config", "check"],
                Settings = new Dictionary<string, string> { ["Nonsense"] = "1" },
            },
            folder);

        good.ExitCode.ShouldBe(0, good.Output);
        bad.ExitCode.ShouldBe(Misuse);
        bad.Output.ShouldContain("AkkaParty__Nonsense");
        Directory.Exists(folder.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        using var folder = new DataFolder();
        using var other = new TcpListener(IPAddress.Loopback, FreePort.Next());
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, output) = await ServerProcess.RunToEndAsync(new ServerStart(), folder, port);

        code.ShouldBe(Failure);
        OneLine(output).ShouldContain($"127.0.0.1:{port}");
        output.ShouldContain("in use");
    }

    [Fact]
    public async Task On_sigterm_sockets_are_told_to_come_back_and_nothing_is_lost()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var table = await PartyTable.SeatAsync(server, 4);
        var seq = await table.Host.DoAsync(ClientFrameTypes.StartNomination);
        var begin = Stopwatch.GetTimestamp();

        var code = await server.TerminateAsync();

        Stopwatch.GetElapsedTime(begin).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        code.ShouldBe(0, server.Output);
        foreach (var person in table.People)
        {
            (await person.Socket.EndAsync()).Code.ShouldBe(CloseCodes.Restarting.Code);
        }

        File.Exists(server.Folder.Database + "-wal").ShouldBeFalse("an orderly stop leaves one file that can be copied");
        await server.RestartAsync();
        await table.ReconnectAllAsync();
        var party = await table.Host.PartyAsync();
        party.ShouldSatisfyAllConditions(p => p.Phase.ShouldBe(PartyPhase.Nominating), p => p.Seq.ShouldBeGreaterThanOrEqualTo(seq));
        party.Participants.Count.ShouldBe(4);
    }

    private static string OneLine(string output)
    {
        output.Split(Environment.NewLine).Length.ShouldBe(1, output);
        return output;
    }

    private static string Spoil(string path, string what)
    {
        var bytes = File.ReadAllBytes(path);
        switch (what)
        {
            case "text instead of a database":
                File.WriteAllText(path, string.Concat(Enumerable.Repeat("not a database\n", 1000)));
                return "damaged";
            case "a page overwritten":
                Encoding.UTF8.GetBytes(new string('x', 4096 * 3)).CopyTo(bytes, 4096 * 2);
                break;
            case "cut off":
                bytes = bytes[..(bytes.Length / 2)];
                break;
            case "written by a newer version":
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(VersionOffset), 999);
                File.WriteAllBytes(path, bytes);
                return "newer AkkaParty";
            default:
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(ApplicationOffset), 1);
                File.WriteAllBytes(path, bytes);
                return "another program";
        }

        File.WriteAllBytes(path, bytes);
        return "damaged";
    }

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
