namespace AkkaParty.Chaos.Machines;

/// <summary>A folder of its own, which other users may pass through; gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly bool _keep;

    /// <param name="path">Where to keep it; null for a temporary one.</param>
    public Scratch(string? path = null)
    {
        _keep = path is not null;
        Path = path is null ? Directory.CreateTempSubdirectory("akkaparty-chaos-").FullName : Directory.CreateDirectory(path).FullName;
        File.SetUnixFileMode(
            Path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Something in it.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (!_keep)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
