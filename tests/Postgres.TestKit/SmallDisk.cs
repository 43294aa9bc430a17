using System.Diagnostics;
using System.Globalization;

namespace AkkaParty.Postgres.TestKit;

/// <summary>A disk in memory that can be filled up; mounting it takes root, or sudo.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _mount;

    private SmallDisk(string mount) => _mount = mount;

    /// <summary>A folder on it for a server to live in.</summary>
    public string Folder => Path.Combine(_mount, "server");

    private string Ballast => Path.Combine(_mount, "ballast");

    /// <summary>Makes a disk.</summary>
    /// <param name="mebibytes">Its size.</param>
    /// <returns>The empty disk.</returns>
    public static async Task<SmallDisk> CreateAsync(int mebibytes)
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("akkaparty-disk-").FullName);
        await RunAsync(
            "mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m,mode=777"), "tmpfs", disk._mount);
        Directory.CreateDirectory(disk.Folder);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", disk.Folder);
        }

        return disk;
    }

    /// <summary>Fills it up.</summary>
    /// <param name="leaveBytes">How much stays free.</param>
    public void Fill(long leaveBytes)
    {
        using var file = new FileStream(Ballast, FileMode.Create);
        var block = new byte[64 * 1024];
        while (new DriveInfo(_mount).AvailableFreeSpace > leaveBytes + block.Length)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Ballast);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "--lazy", _mount);
        Directory.Delete(_mount);
    }

    private static async Task RunAsync(params string[] command)
    {
        string[] all = Environment.IsPrivilegedProcess ? command : ["sudo", "-n", .. command];
        using var process = Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', all)} ended with {process.ExitCode}: {said}");
        }
    }
}
