namespace AkkaParty.Chaos.Machines;

/// <summary>The server's executable and this program's own, as the build leaves them.</summary>
internal static class ServerProgram
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The server.</summary>
    public static string Server => Built(Path.Combine("Node", "release", "akkaparty"), "src/Node");

    /// <summary>This program.</summary>
    public static string Chaos => Built(Path.Combine("Chaos", "release", "AkkaParty.Chaos"), "tests/Chaos");

    private static string Built(string program, string project)
    {
        var path = Path.Combine(Root, "artifacts", "bin", program);
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException($"{path} was not built: 'dotnet build {project} -c Release' does it.");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AkkaParty.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has the file AkkaParty.sln.");
    }
}
