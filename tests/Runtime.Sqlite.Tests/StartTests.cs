using System.Buffers.Binary;
using System.Globalization;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite.Raw;

namespace AkkaParty.Runtime.Sqlite.Tests;

/// <summary>What stops a start, and that nothing is touched then.</summary>
public sealed class StartTests : SqliteTest
{
    [Fact]
    public async Task A_second_opener_is_refused_and_told_who_has_the_directory()
    {
        await using (Open())
        {
            Should.Throw<StoreStartException>(() => Open()).Message.ShouldBe(
                $"Another AkkaParty (process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}) " +
                $"is using the data directory {DataDirectory}; " +
                "stop it or choose another with AkkaParty__DataDirectory.");
        }

        await using var again = Open();
    }

    [Fact]
    public void A_directory_that_cannot_be_created_is_named()
    {
        var file = Path.Combine(DataDirectory, "file");
        File.WriteAllText(file, "");
        var directory = Path.Combine(file, "data");

        var message = Should.Throw<StoreStartException>(() => SqliteStore.Open(new SqliteOptions { DataDirectory = directory })).Message;

        message.ShouldStartWith($"The data directory {directory} cannot be created");
        message.ShouldEndWith("choose another with AkkaParty__DataDirectory.");
    }

    [Fact]
    public void A_directory_whose_lock_file_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(Path.Combine(DataDirectory, "akkaparty.lock"));

        Should.Throw<StoreStartException>(() => Open()).Message.ShouldStartWith($"The data directory {DataDirectory} cannot be written");
    }

    [Fact]
    public void An_option_out_of_range_is_named() =>
        Should.Throw<StoreStartException>(() => Open(checkpointPages: 1)).Message
            .ShouldBe("The option CheckpointPages is 1; it must be from 16 to 1000000.");

    [Fact]
    public async Task A_newer_schema_is_refused_and_not_touched()
    {
        await FillAsync();
        await ChangeFileAsync(bytes => BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(60), SchemaScripts.Version + 1));

        await ShouldRefuseAsync("was written by a newer AkkaParty (schema 2, this one knows 1)");
    }

    [Fact]
    public async Task A_newer_schema_that_stands_only_in_the_write_ahead_log_is_refused_and_not_touched()
    {
        await using (Open())
        {
            using (var other = Database.Open(DatabaseFile, readOnly: false, Patience))
            {
                other.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 2");
            }

            CrashTo("crashed");
        }

        var crashed = Path.Combine(DataDirectory, "crashed");
        var before = await ReadFilesAsync(crashed);
        Should.Throw<StoreStartException>(() => SqliteStore.Open(new SqliteOptions { DataDirectory = crashed })).Message
            .ShouldContain("newer AkkaParty");
        (await ReadFilesAsync(crashed)).ShouldBe(before);
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_not_touched()
    {
        using (var other = Database.Open(DatabaseFile, readOnly: false, Patience))
        {
            other.Execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
        }

        await ShouldRefuseAsync("belongs to another program");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_not_touched()
    {
        await File.WriteAllTextAsync(DatabaseFile, string.Concat(Enumerable.Repeat("These are my notes. ", 50)));

        await ShouldRefuseAsync("is damaged (it is not an SQLite database); nothing was changed");
    }

    [Fact]
    public async Task A_truncated_database_is_refused_and_not_touched()
    {
        await FillAsync();
        await using (var file = File.OpenWrite(DatabaseFile))
        {
            file.SetLength(file.Length / 2);
        }

        await ShouldRefuseAsync("is damaged");
    }

    [Fact]
    public async Task A_database_with_a_damaged_page_is_refused_and_not_touched()
    {
        await FillAsync();
        await ChangeFileAsync(bytes => bytes.AsSpan(bytes.Length / PageBytes / 2 * PageBytes, PageBytes).Fill(0xA5));

        await ShouldRefuseAsync("is damaged");
    }

    [Fact]
    public async Task A_log_without_its_database_is_refused_and_not_touched()
    {
        await File.WriteAllTextAsync(DatabaseFile + "-wal", "left behind");

        Should.Throw<StoreStartException>(() => Open()).Message.ShouldContain("is missing but its write-ahead log is there");
        (await File.ReadAllTextAsync(DatabaseFile + "-wal")).ShouldBe("left behind");
        File.Exists(DatabaseFile).ShouldBeFalse();
    }

    [Fact]
    public async Task An_empty_file_is_a_new_database()
    {
        await File.WriteAllTextAsync(DatabaseFile, "");

        await using var store = Open();
        (await CommitAsync(store, Append("a", 0))).ShouldBe(AppendOutcome.Appended);
    }

    [Fact]
    public async Task Every_acknowledged_event_is_there_exactly_once_after_a_crash()
    {
        const int Rounds = 40;
        var images = new List<string>();
        await using (var store = Open(checkpointPages: 16))
        {
            for (var head = 0; head < Rounds; head++)
            {
                (await CommitAsync(store, Append("a", head, payloadBytes: 3000))).ShouldBe(AppendOutcome.Appended);
                CrashTo($"crash-{head}");
                images.Add(Path.Combine(DataDirectory, $"crash-{head}"));
            }
        }

        for (var head = 0; head < Rounds; head++)
        {
            await using var crashed = SqliteStore.Open(new SqliteOptions { DataDirectory = images[head] });
            (await ReadAsync(crashed, "a")).ShouldBe(Enumerable.Range(1, head + 1).Select(i => (long)i));
            (await crashed.Journal.ReadAllAsync(0, 1000, CancellationToken.None)).Count.ShouldBe(head + 1);
            (await CommitAsync(crashed, Append("a", head + 1))).ShouldBe(AppendOutcome.Appended);
        }
    }

    // What the disk holds now is what a crash now would leave.
    private void CrashTo(string name)
    {
        var image = Directory.CreateDirectory(Path.Combine(DataDirectory, name)).FullName;
        foreach (var suffix in new[] { "", "-wal" })
        {
            File.Copy(DatabaseFile + suffix, Path.Combine(image, "akkaparty.db" + suffix));
        }
    }

    private async Task ChangeFileAsync(Action<byte[]> change)
    {
        var bytes = await File.ReadAllBytesAsync(DatabaseFile);
        change(bytes);
        await File.WriteAllBytesAsync(DatabaseFile, bytes);
    }

    private async Task ShouldRefuseAsync(string message)
    {
        var before = await ReadFilesAsync(DataDirectory);
        var refusal = Should.Throw<StoreStartException>(() => Open());
        refusal.Message.ShouldContain(message);
        refusal.Message.ShouldContain(DatabaseFile);
        refusal.Message.ShouldNotContain("\n");
        (await ReadFilesAsync(DataDirectory)).ShouldBe(before);

        // The refused start let go of the directory.
        Should.Throw<StoreStartException>(() => Open()).Message.ShouldContain(message);
    }

    private static async Task<string> ReadFilesAsync(string directory)
    {
        // Reading leaves an empty log and its index beside the database; neither holds anything.
        var files = Directory.GetFiles(directory, "akkaparty.db*")
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && new FileInfo(file).Length > 0).Order();
        var hashes = new List<string>();
        foreach (var file in files)
        {
            var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file)));
            hashes.Add($"{Path.GetFileName(file)} {hash}");
        }

        return string.Join('\n', hashes);
    }
}
