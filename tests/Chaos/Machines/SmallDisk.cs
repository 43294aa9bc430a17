using System.Globalization;

namespace AkkaParty.Chaos.Machines;

/// <summary>A disk that is small enough to be filled. Takes root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Chunk = 64 * 1024;

    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Makes one.</summary>
    /// <param name="path">Where to mount it, made here.</param>
    /// <param name="megabytes">How large.</param>
    public static async Task<SmallDisk> MountAsync(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        await Tool.RunAsync(
            "mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=700"), "tmpfs", path);
        return new SmallDisk(path);
    }

    /// <summary>Takes everything that is left of it.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append);
        var chunk = new byte[Chunk];
        try
        {
            while (true)
            {
                file.Write(chunk);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full: what was wanted.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync() => await Tool.RunAsync("umount", "--lazy", Path);
}
