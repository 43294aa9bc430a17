namespace AkkaParty.Runtime.Sqlite.Tests;

/// <summary>A folder of its own for one test.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("akkaparty-").FullName;

    public string Database => System.IO.Path.Combine(Path, "akkaparty.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
