namespace AkkaParty.Bench.Measuring;

/// <summary>A folder that is removed again.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder(DirectoryInfo parent) => Path = parent.CreateSubdirectory($"akkaparty-bench-{Guid.NewGuid():N}").FullName;

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
