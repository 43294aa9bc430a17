namespace AkkaParty.EndToEnd.Harness;

/// <summary>A folder of its own for one test's server; gone afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("akkaparty-e2e-");

    /// <summary>The server's working directory: empty, so that no settings file of this machine is found.</summary>
    public string Home => _home.FullName;

    /// <summary>The server's data directory; created by the server.</summary>
    public string Data => Path.Combine(Home, "data");

    /// <summary>The database's file.</summary>
    public string Database => Path.Combine(Data, "akkaparty.db");

    public void Dispose() => _home.Delete(recursive: true);
}
