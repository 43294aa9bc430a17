namespace AkkaParty.Repo.Tests.BuildRules;

/// <summary>A reference that a project does not list fails its build.</summary>
public sealed class ReferenceRuleTests
{
    private const string Forbidden = """<ProjectReference Include="$(RepoRoot)src/Actors/Actors.csproj" />""";

    [Fact]
    public void Http_that_references_Actors_does_not_build()
    {
        var http = Checkout.Read("src/Http/Http.csproj").Text;
        http.ShouldNotContain("Actors.csproj");
        var widened = http.Replace("</Project>", $"<ItemGroup>{Forbidden}</ItemGroup></Project>", StringComparison.Ordinal);
        var project = new ScratchProject("references", "src", "Http", widened);

        var build = project.Build();

        build.ExitCode.ShouldNotBe(0, "the build passed");
        var error = build.Errors.ShouldHaveSingleItem(build.Output);
        error.Code.ShouldBe("AP0001");
        error.Text.ShouldStartWith("Http may not reference Actors:");
    }
}
