using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Postgres.Tests;

public sealed class FullDiskTests : PostgresTest
{
    private const int PayloadBytes = 256 * 1024;
    private const int CommitsMax = 400;
    private const int FailuresMax = 3;

    [Fact]
    public async Task A_disk_too_full_for_the_tables_is_a_refusal_and_all_goes_on_when_there_is_room()
    {
        await using var disk = await SmallDisk.CreateAsync(160);
        await using var server = await PostgresServer.StartNewInAsync(disk.Folder);

        var outcomes = await FillAndFreeAsync(server, disk);

        outcomes.ShouldAllBe(outcome => outcome == AppendOutcome.Refused);
        Said(server).ShouldContain("Check free disk space", customMessage: Said(server));
    }

    [Fact]
    public async Task A_disk_too_full_for_the_log_stops_the_server_and_nothing_acknowledged_is_lost()
    {
        await using var disk = await SmallDisk.CreateAsync(64);
        await using var server = await PostgresServer.StartNewWithWalInAsync(
            Path.Combine(disk.Folder, "wal"), "max_wal_size=32MB", "min_wal_size=32MB");

        var outcomes = await FillAndFreeAsync(server, disk);

        outcomes[0].ShouldBe(AppendOutcome.Unknown);
        Said(server).ShouldContain("No space left on device", customMessage: Said(server));
    }

    // The head moves only with what was acknowledged. Returns how the commits ended that were not.
    private static async Task<List<AppendOutcome>> FillAndFreeAsync(PostgresServer server, SmallDisk disk)
    {
        await using var store = await OpenOnAsync(server.ConnectionString("postgres"), commandSeconds: 2);
        (await CommitAsync(store, Large("a", 0))).ShouldBe(AppendOutcome.Appended);
        disk.Fill(leaveBytes: 1024 * 1024);
        long head = 1;
        var failed = new List<AppendOutcome>();
        for (var i = 0; i < CommitsMax && failed.Count < FailuresMax; i++)
        {
            var outcome = await CommitAsync(store, Large("a", head));
            if (outcome == AppendOutcome.Appended)
            {
                head++;
            }
            else
            {
                failed.Add(outcome);
            }
        }

        failed.Count.ShouldBe(FailuresMax, "the disk never was full");
        disk.Free();
        await server.StartAsync();
        await CommitAsync(store, Append("settled", 0));

        var stored = await ReadAsync(store, "a");
        stored.Length.ShouldBeGreaterThanOrEqualTo((int)head);
        stored.ShouldBe(Enumerable.Range(1, stored.Length).Select(seq => (long)seq));
        (await CommitAsync(store, Append("a", stored.Length))).ShouldBe(AppendOutcome.Appended);
        return failed;
    }

    private static string Said(PostgresServer server) => string.Join('\n', server.Said);

    // Bytes that cannot be packed, so that they take room.
    private static AppendOperation Large(string id, long head)
    {
        var payload = new byte[PayloadBytes];
        new Random((int)head).NextBytes(payload);
        var append = Append(id, head);
        append.Entries = [append.Entries[0] with { Payload = payload }];
        return append;
    }
}
