using AkkaParty.Repo.Tests.Rules;

namespace AkkaParty.Repo.Tests;

/// <summary>Each rule finds what it is there to find, and leaves alone what is right. Forbidden words are put together here.</summary>
public sealed class RulesBiteTests
{
    [Fact]
    public void A_long_file_is_found_and_a_ratchet_may_only_shrink()
    {
        Measure[] measures = [new("a.cs", "a.cs", 401), new("b.cs", "b.cs", 400)];
        SizeRule.Check(measures, 400, Ratchet()).ShouldBe(["a.cs: 401 lines, at most 400 are allowed"]);
        SizeRule.Check(measures, 400, Ratchet(("a.cs", 401))).ShouldBeEmpty();
        SizeRule.Check(measures, 400, Ratchet(("a.cs", 400))).ShouldHaveSingleItem().ShouldContain("grew to 401");
        SizeRule.Check(measures, 400, Ratchet(("a.cs", 402))).ShouldHaveSingleItem().ShouldContain("shrank to 401");
        SizeRule.Check(measures[1..], 400, Ratchet(("b.cs", 400))).ShouldHaveSingleItem().ShouldContain("remove");
        SizeRule.Check(measures[1..], 400, Ratchet(("gone.cs", 500))).ShouldHaveSingleItem().ShouldContain("remove");
    }

    [Fact]
    public void A_method_is_measured_from_its_signature_to_its_last_brace()
    {
        var file = Code(
            """
            class C
            {
                // A comment before it does not count,
                [Obsolete] // nor does an attribute.
                public void M()
                {
                    void Local()
                    {
                    }
                }

                int P => 1;
                C() { }
            }
            """);
        SizeRule.Methods(file).ShouldBe(
        [
            new Measure("src/a.cs::M", "src/a.cs:5", 6),
            new Measure("src/a.cs::Local", "src/a.cs:7", 3),
            new Measure("src/a.cs::P", "src/a.cs:12", 1),
            new Measure("src/a.cs::C.ctor", "src/a.cs:13", 1),
        ]);
    }

    [Fact]
    public void A_line_of_141_columns_is_found() =>
        TextRule.LongLines(Code($"{new string('/', 140)}\n{new string('/', 141)}\n"))
            .ShouldBe(["src/a.cs:2: 141 columns, at most 140 are allowed"]);

    [Theory]
    [InlineData("// TO" + "DO later")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    [InlineData("x(); // FIX" + "ME")]
    public void Unfinished_work_is_found(string line) => TextRule.UnfinishedWork(Code(line)).Count().ShouldBe(1);

    [Fact]
    public void A_word_that_only_contains_another_is_not_unfinished_work() =>
        TextRule.UnfinishedWork(Code("// HA" + "CKATHON")).ShouldBeEmpty();

    [Theory]
    [InlineData("/wo" + "rk/main/src", 1)]
    [InlineData("cd /ro" + "ot/.config", 1)]
    [InlineData("\"/ho" + "me/alice/x\"", 1)]
    [InlineData("src/home/work/here and ./work/x and $ROOT/root/", 0)]
    public void A_path_of_one_machine_is_found(string line, int count) => TextRule.MachinePaths(Code(line)).Count().ShouldBe(count);

    [Fact]
    public void A_package_registry_is_found() => TextRule.Registries(Code("https://api.nuget" + ".org/v3")).Count().ShouldBe(1);

    [Theory]
    [InlineData("[Fact(Skip = \"later\")] void M() { }", 1)]
    [InlineData("void M() { Assert.Skip(\"later\"); }", 1)]
    [InlineData("[Fact] void M() { list.Skip(1); Assert.Equal(1, 1); }", 0)]
    public void A_skipped_test_is_found(string member, int count) =>
        CodeRule.SkippedTests(Code($"class C {{ {member} }}")).Count().ShouldBe(count);

    [Theory]
    [InlineData("catch { }", 1)]
    [InlineData("catch (IOException) { }", 1)]
    [InlineData("catch (IOException) { /* the file is gone already */ }", 0)]
    [InlineData("catch (IOException)\n{\n    // The file is gone already.\n}", 0)]
    [InlineData("catch (IOException) { throw; }", 0)]
    public void A_swallowed_exception_is_found(string clause, int count) =>
        CodeRule.SwallowedExceptions(Code($"class C {{ void M() {{ try {{ }} {clause} }} }}")).Count().ShouldBe(count);

    [Fact]
    public void A_program_of_80_lines_is_found()
    {
        CodeRule.ProgramSize(Code(new string('\n', 80))).Count().ShouldBe(1);
        CodeRule.ProgramSize(Code(new string('\n', 79))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("using System.Collections.Immutable;", 0)]
    [InlineData("using AkkaParty.Protocol.Parties;", 0)]
    [InlineData("using AkkaParty.Runtime.Entities;", 0)]
    [InlineData("using AkkaParty.Runtime.Journal;", 1)]
    [InlineData("using Microsoft.Extensions.Logging;", 1)]
    [InlineData("using static AkkaParty.Catalog.Films;", 1)]
    public void An_import_with_effects_is_found(string import, int count) => CodeRule.PureFileImports(Code(import)).Count().ShouldBe(count);

    [Fact]
    public void A_broken_link_is_found()
    {
        var page = new SourceFile(
            "docs/page.md",
            """
            [a](there.md) [b](there.md#the-heading) [c](../src) [d](https://example.com/x) [e](#here)
            ## Here
            [f](gone.md)
            [g](there.md#gone)
            ```
            [not a link](gone.md)
            ```
            """);
        var there = new SourceFile("docs/there.md", "# The heading!\n");
        DocsRule.BrokenLinks(page, path => path == there.Path ? there : path == page.Path ? page : null, path => path == "src").ShouldBe(
        [
            "docs/page.md:3: links to gone.md, which does not exist",
            "docs/page.md:4: links to there.md#gone, but docs/there.md has no such heading",
        ]);
    }

    [Fact]
    public void A_command_that_does_not_exist_is_found() =>
        DocsRule.MissingCommands(new("README.md", "./prose\n```\n./run --lan\nPORT=1 ./gone x\ncurl ./x\n```\n"), path => path == "run")
            .ShouldBe(["README.md:4: names ./gone, which is no executable file"]);

    [Fact]
    public void A_decision_record_out_of_order_or_incomplete_is_found()
    {
        var first = new SourceFile("docs/adr/0001-first.md", "# ADR 0001: First\n## Status\n## Context\n## Decision\n## Consequences\n");
        var third = new SourceFile("docs/adr/0003-third.md", "# ADR 0003: Third\n## Status\n## Context\n## Decision\n");
        var index = new SourceFile("docs/adr/README.md", "- [0001: Firstly](0001-first.md)\n- [0002: Gone](0002-gone.md)\n");
        DocsRule.Decisions(index, [first, third]).ShouldBe(
        [
            "docs/adr/README.md:2: lists 0002-gone.md, which does not exist",
            "docs/adr/README.md:1: calls 0001-first.md '0001: Firstly', its title is '# ADR 0001: First'",
            "docs/adr/0003-third.md:1: should have number 0002: records are numbered without gaps",
            "docs/adr/0003-third.md:1: has no heading Consequences",
            "docs/adr/README.md:1: lists 0003-third.md 0 times instead of once",
        ]);
    }

    [Theory]
    [InlineData("EventStore", "EventStore", true)]
    [InlineData("IEventStoreOptions", "EventStore", true)]
    [InlineData("_eventStore", "EventStore", true)]
    [InlineData("EventStored", "EventStore", false)]
    [InlineData("StoreEvent", "EventStore", false)]
    [InlineData("Topical", "Topic", false)]
    [InlineData("HTTPTopic", "Topic", true)]
    public void A_synonym_is_found_by_its_words(string name, string synonym, bool found) =>
        GlossaryRule.HasWord(name, synonym).ShouldBe(found);

    [Fact]
    public void A_name_against_the_glossary_is_found()
    {
        var glossary = new SourceFile("docs/glossary.md", "| Term | Meaning | Not |\n|---|---|---|\n| journal | All. | `EventStore` |\n");
        var terms = GlossaryRule.Terms(glossary).ToList();
        var file = Code("class PartyManager { IEventStore eventStore; protected override void OnEventStore() { } void Journal() { } }");
        GlossaryRule.WrongNames(file, terms).ShouldBe(
        [
            "src/a.cs:1: PartyManager: a name ending in Manager does not say what the type is",
            "src/a.cs:1: eventStore: the glossary says journal, not EventStore",
        ]);
    }

    [Fact]
    public void A_project_out_of_order_is_found()
    {
        var solution = new SourceFile("A.sln", """Project("{1}") = "A", "src\A\A.csproj", "{2}" """);
        ProjectRule.Missing(solution, ["src/A/A.csproj"]).ShouldBeEmpty();
        ProjectRule.Missing(solution, ["src/B/B.csproj"]).Count().ShouldBe(2);

        ProjectRule.References(Project("Http", "<AllowedProjectReferences>Runtime;Actors</AllowedProjectReferences>"))
            .ShouldBe(["src/Http/Http.csproj:1: Http allows itself Actors, which the architecture does not"]);
        ProjectRule.References(Project("Http", "")).Count().ShouldBe(1);
        ProjectRule.References(Project("Other", "<AllowedProjectReferences />")).Count().ShouldBe(1);

        ProjectRule.VersionsInProject(Project("Http", """<PackageReference Include="X" Version="1.0.0" />""")).Count().ShouldBe(1);
        ProjectRule.VersionsInProject(Project("Http", """<PackageReference Include="X" />""")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1.2.3", 0)]
    [InlineData("1.2.3.4", 0)]
    [InlineData("1.2.3-rc.1", 0)]
    [InlineData("1.2.*", 1)]
    [InlineData("[1.0.0,2.0.0)", 1)]
    [InlineData("", 1)]
    public void An_inexact_version_is_found(string version, int count) =>
        ProjectRule.InexactVersions(Project("Any", $"""<PackageVersion Include="X" Version="{version}" />""")).Count().ShouldBe(count);

    private static Dictionary<string, int> Ratchet(params (string Key, int Lines)[] entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Lines, StringComparer.Ordinal);

    private static SourceFile Code(string text) => new("src/a.cs", text);

    private static SourceFile Project(string name, string content) =>
        new($"src/{name}/{name}.csproj", $"<Project><ItemGroup>{content}</ItemGroup></Project>");
}
