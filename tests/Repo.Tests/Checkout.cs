using System.Runtime.CompilerServices;

namespace AkkaParty.Repo.Tests;

/// <summary>The files of this repository: what git tracks, and what it would track if it were added now.</summary>
internal static class Checkout
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> AllFiles = new(ListFiles);

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files => AllFiles.Value;

    public static IEnumerable<SourceFile> CSharpFiles => Files.Where(file => file.HasExtension(".cs"));

    public static IEnumerable<SourceFile> Under(params string[] folders) =>
        Files.Where(file => folders.Any(folder => file.Path.StartsWith(folder + "/", StringComparison.Ordinal)));

    public static SourceFile Read(string path) =>
        Files.SingleOrDefault(file => file.Path == path) ?? throw new InvalidOperationException($"The repository has no file {path}.");

    public static string FullPath(string path) => Path.Combine(Root, path);

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AkkaParty.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AkkaParty.sln (compiled from {thisFile}).");
    }

    private static List<SourceFile> ListFiles()
    {
        var listed = Tool.Run(Root, "git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        listed.ExitCode.ShouldBe(0, listed.Output);
        return listed.Output
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal)
            .Where(path => File.Exists(FullPath(path)))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(FullPath(path))))
            .ToList();
    }
}
