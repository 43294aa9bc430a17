using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AkkaParty.Repo.Tests.Rules;

/// <summary>Rules on the solution, the projects and the packages.</summary>
internal static partial class ProjectRule
{
    /// <summary>
    /// The architecture: whom each project of src/ may reference at most. A project's own AllowedProjectReferences may be
    /// narrower, so that widening one of them alone is not enough.
    /// </summary>
    private static readonly Dictionary<string, string[]> Architecture = new(StringComparer.Ordinal)
    {
        ["Protocol"] = [],
        ["Runtime"] = [],
        ["Pipelines"] = [],
        ["Runtime.Sqlite"] = ["Runtime"],
        ["Runtime.Postgres"] = ["Runtime"],
        ["Runtime.Sockets"] = ["Runtime"],
        ["Catalog"] = ["Protocol", "Pipelines"],
        ["Accounts"] = [],
        ["Actors"] = ["Protocol", "Runtime", "Pipelines"],
        ["Http"] = ["Protocol", "Runtime", "Pipelines", "Catalog", "Accounts"],
        ["Node"] =
        [
            "Protocol", "Runtime", "Pipelines", "Runtime.Sqlite", "Runtime.Postgres", "Runtime.Sockets", "Catalog", "Accounts",
            "Actors", "Http",
        ],
    };

    public static IEnumerable<string> Missing(SourceFile solution, IEnumerable<string> projects)
    {
        var listed = SolutionProjectRegex().Matches(solution.Text).Select(match => match.Groups[1].Value.Replace('\\', '/')).ToList();
        return projects.Except(listed).Select(project => solution.At(1, $"{project} is not in the solution"))
            .Concat(listed.Except(projects).Select(project => solution.At(1, $"{project} is in the solution but does not exist")));
    }

    public static IEnumerable<string> References(SourceFile project)
    {
        var xml = XDocument.Parse(project.Text);
        if (xml.Descendants("AllowedProjectReferences").Count() != 1)
        {
            yield return project.At(1, "does not say its AllowedProjectReferences once (empty for none)");
            yield break;
        }

        if (!project.Path.StartsWith("src/", StringComparison.Ordinal))
        {
            yield break;
        }

        var name = Path.GetFileNameWithoutExtension(project.Path);
        var allowed = xml.Descendants("AllowedProjectReferences").Single().Value
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!Architecture.TryGetValue(name, out var atMost))
        {
            yield return project.At(1, $"{name} has no place in the architecture: ProjectRule.cs lists who may reference whom");
            yield break;
        }

        foreach (var reference in allowed.Except(atMost))
        {
            yield return project.At(1, $"{name} allows itself {reference}, which the architecture does not");
        }
    }

    public static IEnumerable<string> VersionsInProject(SourceFile project) =>
        from item in XDocument.Parse(project.Text).Descendants("PackageReference")
        from attribute in item.Attributes()
        where attribute.Name.LocalName is "Version" or "VersionOverride"
        select project.At(1, $"{item.Attribute("Include")?.Value} has a {attribute.Name}: versions are in Directory.Packages.props only");

    public static IEnumerable<string> InexactVersions(SourceFile packages) =>
        from item in XDocument.Parse(packages.Text).Descendants("PackageVersion")
        let version = item.Attribute("Version")?.Value ?? ""
        where !ExactVersionRegex().IsMatch(version)
        select packages.At(1, $"{item.Attribute("Include")?.Value} has version '{version}', which is not one exact version");

    [GeneratedRegex("""^Project\("[^"]+"\) = "[^"]+", "([^"]+\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex SolutionProjectRegex();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex ExactVersionRegex();
}
