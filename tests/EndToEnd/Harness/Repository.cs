namespace AkkaParty.EndToEnd.Harness;

/// <summary>Where things are in this checkout.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The server's executable, as <c>./test</c> and <c>./run</c> build it.</summary>
    public static string Server { get; } = Path.Combine(Root, "artifacts", "bin", "Node", "release", "akkaparty");

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
