using System.Text.RegularExpressions;

namespace AkkaParty.Repo.Tests.BuildRules;

/// <summary>
/// A project made for one test, in a folder of its own that git ignores but the build rules reach, because it is inside the
/// repository. It counts as part of the area (src, tests) it is given, and keeps its output to itself.
/// </summary>
internal sealed partial class ScratchProject
{
    private readonly string _folder;
    private readonly string _project;

    public ScratchProject(string folder, string area, string name, string projectFile)
    {
        _folder = Checkout.FullPath($"artifacts/repo-tests/{folder}");
        _project = Path.Combine(_folder, name + ".csproj");
        Directory.CreateDirectory(_folder);
        foreach (var source in Directory.EnumerateFiles(_folder, "*.cs"))
        {
            File.Delete(source);
        }

        File.WriteAllText(_project, projectFile);
        File.WriteAllText(
            Path.Combine(_folder, "Directory.Build.props"),
            $"""
            <Project>
              <PropertyGroup><ProjectArea>{area}</ProjectArea></PropertyGroup>
              <Import Project="../../../Directory.Build.props" />
              <PropertyGroup><ArtifactsPath>$(MSBuildThisFileDirectory)artifacts</ArtifactsPath></PropertyGroup>
            </Project>
            """);
    }

    public void Add(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    /// <summary>Builds the project with a compiler and build nodes that end with the build.</summary>
    public ScratchBuild Build()
    {
        var result = Tool.Run(
            _folder,
            "dotnet",
            ["build", _project, "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false"]);
        var errors = ErrorPattern().Matches(result.Output)
            .Select(match => new BuildError(
                match.Groups["file"].Value,
                match.Groups["line"].Success ? int.Parse(match.Groups["line"].Value, null) : 0,
                match.Groups["code"].Value,
                match.Groups["text"].Value))
            .Distinct()
            .ToList();
        return new ScratchBuild(result.ExitCode, errors, result.Output);
    }

    // FILE(LINE,COLUMN): error CODE: TEXT [PROJECT], where the place and the project may be missing.
    [GeneratedRegex(
        @"^\s*(?<file>[^\s(:][^(:\n]*)(\((?<line>\d+),\d+\))?\s*: error (?<code>\w+): (?<text>.*?)(\s*\[[^\]\n]*\])?$",
        RegexOptions.Multiline)]
    private static partial Regex ErrorPattern();
}

/// <summary>How a build ended, the errors it listed, and all it printed.</summary>
internal sealed record ScratchBuild(int ExitCode, IReadOnlyList<BuildError> Errors, string Output);

/// <summary>One error of a build; the line is 0 when it has none.</summary>
internal sealed record BuildError(string File, int Line, string Code, string Text);
