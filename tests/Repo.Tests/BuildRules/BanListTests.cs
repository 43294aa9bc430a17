using System.Text;

namespace AkkaParty.Repo.Tests.BuildRules;

/// <summary>
/// The ban lists bite. An analyzer passes over a list that is not wired, and over an entry with a typing error, without a word:
/// only a build that must fail tells.
/// </summary>
public sealed class BanListTests
{
    private const string General = "eng/BannedSymbols.txt";
    private const string Deterministic = "eng/BannedSymbols.Deterministic.txt";
    private const string Tests = "eng/BannedSymbols.Tests.txt";

    private const string Project = """<Project Sdk="Microsoft.NET.Sdk" />""";

    // What a list cannot say, so AP0002 does: first what must fail, then what must pass.
    private static readonly string[] Unordered =
    [
        "foreach (var pair in default(ImmutableDictionary<string, int>)!) { _ = pair; }",
        "foreach (var pair in default(ImmutableDictionary<string, int>.Builder)!) { _ = pair; }",
        "foreach (var item in default(ImmutableHashSet<string>)!) { _ = item; }",
        "foreach (var pair in default(ConcurrentDictionary<string, int>)!) { _ = pair; }",
        "foreach (var item in default(ConcurrentBag<string>)!) { _ = item; }",
        "foreach (var pair in default(FrozenDictionary<string, int>)!) { _ = pair; }",
        "foreach (var item in default(FrozenSet<string>)!) { _ = item; }",
        "_ = default(ImmutableDictionary<string, int>)!.Select(pair => pair.Key).ToList();",
        "_ = default(ImmutableHashSet<string>)!.ToArray();",
        "_ = string.Join(',', default(ImmutableHashSet<string>)!);",
        "List<string> spread = [.. default(ImmutableHashSet<string>)!];",
        "new List<string>().AddRange(default(ImmutableHashSet<string>)!);",
        "IEnumerable<string> sequence = default(ImmutableHashSet<string>)!;",
    ];

    private static readonly string[] Ordered =
    [
        "_ = default(ImmutableDictionary<string, int>)!.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();",
        "_ = default(ImmutableHashSet<string>)!.Union(default(ImmutableHashSet<string>)!);",
        "_ = default(ImmutableHashSet<string>)!.Any(item => item.Length > 1);",
        "_ = default(ImmutableDictionary<string, int>)!.TryGetValue(\"a\", out var found);",
        "foreach (var pair in default(ImmutableSortedDictionary<string, int>)!) { _ = pair; }",
        "foreach (var item in default(ImmutableList<string>)!) { _ = item; }",
    ];

    public static TheoryData<string> Lists => [General, Deterministic, Tests];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_entry_names_a_symbol_and_what_to_do_instead(string list)
    {
        var entries = BanList.Read(list).ToList();
        entries.ShouldNotBeEmpty();
        entries.Where(entry => BanList.Resolve(entry) is null).Select(entry => $"{entry.Place}: {entry.Id}")
            .ShouldBeNone("An entry's documentation id resolves to a symbol of the framework.");
        entries.Where(entry => entry.Reason.Length == 0).Select(entry => $"{entry.Place}: {entry.Id}")
            .ShouldBeNone("An entry says what to do instead.");
        entries.GroupBy(entry => entry.Id).Where(group => group.Count() > 1).Select(group => $"{group.Last().Place}: {group.Key}")
            .ShouldBeNone("An entry is listed once.");
    }

    [Fact]
    public void Every_entry_fails_the_build_of_a_deterministic_project() =>
        BuildFails("ban-src", "src", "Runtime", [General, Deterministic]);

    [Fact]
    public void Every_entry_fails_the_build_of_a_test_project() => BuildFails("ban-tests", "tests", "Scratch", [Tests]);

    [Theory]
    [InlineData("Protocol", true)]
    [InlineData("Runtime", true)]
    [InlineData("Actors", true)]
    [InlineData("Catalog", false)]
    [InlineData("Runtime.Sqlite", false)]
    [InlineData("Http", false)]
    [InlineData("Node", false)]
    public void A_source_project_reads_its_ban_lists(string project, bool isDeterministic)
    {
        var items = Tool.Run(
            Checkout.Root,
            "dotnet",
            ["msbuild", $"src/{project}/{project}.csproj", "-nodeReuse:false", "-getItem:AdditionalFiles,ProjectReference"]);
        items.ExitCode.ShouldBe(0, items.Output);
        items.Output.ShouldContain("/" + General);
        items.Output.Contains("/" + Deterministic, StringComparison.Ordinal).ShouldBe(isDeterministic);
        items.Output.Contains("\"OutputItemType\": \"Analyzer\"", StringComparison.Ordinal).ShouldBe(isDeterministic);
    }

    private static void BuildFails(string folder, string area, string name, string[] lists)
    {
        var expected = new Dictionary<int, string>();
        var source = Prologue();
        foreach (var entry in lists.SelectMany(BanList.Read))
        {
            var symbol = BanList.Resolve(entry).ShouldNotBeNull($"{entry.Place}: {entry.Id} is no symbol");
            expected.Add(AddMethod(source, BanList.Use(symbol)), "RS0030 " + entry.Reason);
        }

        foreach (var line in area == "src" ? Unordered : [])
        {
            expected.Add(AddMethod(source, line), "AP0002");
        }

        foreach (var line in Ordered)
        {
            AddMethod(source, line);
        }

        source.Append("}\n");
        var project = new ScratchProject(folder, area, name, Project);
        project.Add("Uses.cs", source.ToString());
        var build = project.Build();

        build.ExitCode.ShouldNotBe(0, "the build passed");
        build.Errors.Where(error => error.Code.StartsWith("CS", StringComparison.Ordinal) || error.Line == 0)
            .Select(error => $"{error.File}:{error.Line}: {error.Code} {error.Text}")
            .ShouldBeNone($"The generated code is C# that compiles.\n{source}");
        var lines = source.ToString().Split('\n');
        Missing(expected, build).Select(line => $"{lines[line - 1].Trim()} should fail with {expected[line]}")
            .ShouldBeNone("Every use of something banned fails the build.");
        build.Errors.Where(error => error.Code is "RS0030" or "AP0002" && !expected.ContainsKey(error.Line))
            .Select(error => $"{lines[error.Line - 1].Trim()} fails with {error.Code}")
            .ShouldBeNone("What is not banned does not fail the build.");
    }

    private static IEnumerable<int> Missing(Dictionary<int, string> expected, ScratchBuild build) =>
        expected.Keys.Where(line => !build.Errors.Any(error =>
            error.Line == line
            && expected[line].Split(' ', 2) is var parts
            && error.Code == parts[0]
            && error.Text.Contains(parts.ElementAtOrDefault(1) ?? "", StringComparison.Ordinal)));

    private static StringBuilder Prologue() => new(
        """
        using System.Collections.Concurrent;
        using System.Collections.Frozen;
        using System.Collections.Immutable;
        #nullable disable warnings
        #pragma warning disable CS0219
        namespace Scratch;
        internal static class Uses
        {

        """);

    // Returns the number of the added line, counted from 1.
    private static int AddMethod(StringBuilder source, string statement)
    {
        var line = source.ToString().Count(c => c == '\n') + 1;
        source.Append("    public static void M").Append(line).Append("() { ").Append(statement).Append(" }\n");
        return line;
    }
}
