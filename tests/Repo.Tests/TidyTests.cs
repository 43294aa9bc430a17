using System.Text.Json;
using AkkaParty.Repo.Tests.Rules;

namespace AkkaParty.Repo.Tests;

/// <summary>The repository keeps its own rules on code and text.</summary>
public sealed class TidyTests(ITestOutputHelper output)
{
    private static readonly string[] CodeFolders = ["src", "tests", "bench", "eng"];
    private static readonly string[] SourceExtensions =
        [".cs", ".ts", ".tsx", ".js", ".css", ".html", ".sql", ".sh", ".props", ".targets", ".csproj"];

    private static IEnumerable<SourceFile> Sources =>
        Checkout.Files.Where(file => file.HasExtension(SourceExtensions) || file.Path is "run" or "test" or ".ci/run");

    private static IEnumerable<SourceFile> Texts => Checkout.Files.Where(file => !file.IsBinary);

    [Fact]
    public void Files_are_short()
    {
        var measures = SizeRule.Files(Sources).ToList();
        foreach (var measure in measures.Where(measure => measure.Lines > SizeRule.FileSoftMax).OrderByDescending(measure => measure.Lines))
        {
            output.WriteLine($"{measure.Place}: {measure.Lines} lines, better below {SizeRule.FileSoftMax}");
        }

        SizeRule.Check(measures, SizeRule.FileMax, Ratchet("files")).ShouldBeNone($"A file has at most {SizeRule.FileMax} lines.");
    }

    [Fact]
    public void Methods_are_short() =>
        SizeRule.Check(CSharp().SelectMany(SizeRule.Methods), SizeRule.MethodMax, Ratchet("methods"))
            .ShouldBeNone($"A method has at most {SizeRule.MethodMax} lines.");

    [Fact]
    public void Lines_are_short() =>
        Sources.SelectMany(TextRule.LongLines).ShouldBeNone($"A line has at most {TextRule.LineMax} columns.");

    [Fact]
    public void Nothing_is_left_unfinished() =>
        Texts.SelectMany(TextRule.UnfinishedWork).ShouldBeNone("What is begun is finished, or not begun.");

    [Fact]
    public void No_test_is_skipped() =>
        CSharp().SelectMany(CodeRule.SkippedTests).ShouldBeNone("A test runs, or it is removed.");

    [Fact]
    public void No_exception_is_swallowed() =>
        CSharp().SelectMany(CodeRule.SwallowedExceptions).ShouldBeNone("A catch block does something or says why not.");

    [Fact]
    public void Program_only_composes() =>
        Checkout.CSharpFiles.Where(file => file.Name == "Program.cs" && file.Path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(CodeRule.ProgramSize)
            .ShouldBeNone("Program.cs composes and nothing else.");

    [Fact]
    public void Rules_of_the_domain_are_pure() =>
        Checkout.CSharpFiles.Where(CodeRule.IsPure).SelectMany(CodeRule.PureFileImports)
            .ShouldBeNone("Deciders, states and algorithms of src/Actors import nothing that has effects.");

    [Fact]
    public void No_path_of_one_machine_is_named() =>
        Texts.SelectMany(TextRule.MachinePaths).ShouldBeNone("Nothing depends on where one machine keeps its files.");

    [Fact]
    public void No_package_registry_is_named() =>
        Texts.SelectMany(TextRule.Registries).ShouldBeNone("Which registry serves packages is the machine's setting.");

    private static IEnumerable<SourceFile> CSharp() => Checkout.Under(CodeFolders).Where(file => file.HasExtension(".cs"));

    private static Dictionary<string, int> Ratchet(string section)
    {
        var json = JsonDocument.Parse(Checkout.Read("tests/Repo.Tests/ratchet.json").Text);
        return json.RootElement.GetProperty(section).EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
    }
}
