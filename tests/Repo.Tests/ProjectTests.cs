using AkkaParty.Repo.Tests.Rules;

namespace AkkaParty.Repo.Tests;

/// <summary>The solution holds every project, and each project keeps to the architecture.</summary>
public sealed class ProjectTests
{
    private static IEnumerable<SourceFile> Projects => Checkout.Files.Where(file => file.HasExtension(".csproj"));

    [Fact]
    public void Every_project_is_in_the_solution() =>
        ProjectRule.Missing(Checkout.Read("AkkaParty.sln"), Projects.Select(project => project.Path))
            .ShouldBeNone("What is not in the solution is not built and not tested.");

    [Fact]
    public void Every_project_says_whom_it_may_reference() =>
        Projects.SelectMany(ProjectRule.References).ShouldBeNone("References follow the architecture.");

    [Fact]
    public void Versions_are_kept_in_one_place() =>
        Projects.SelectMany(ProjectRule.VersionsInProject).ShouldBeNone("Package versions are managed centrally.");

    [Fact]
    public void Versions_are_exact() =>
        ProjectRule.InexactVersions(Checkout.Read("Directory.Packages.props"))
            .ShouldBeNone("A build tomorrow restores what a build today restores.");
}
