using AkkaParty.Repo.Tests.Rules;

namespace AkkaParty.Repo.Tests;

/// <summary>The documentation is true where a program can tell.</summary>
public sealed class DocsTests
{
    private const string Decisions = "docs/adr";

    private static IEnumerable<SourceFile> Pages =>
        Checkout.Under("docs").Where(file => file.HasExtension(".md")).Prepend(Checkout.Read("README.md"));

    [Fact]
    public void Every_link_leads_somewhere() =>
        Pages.SelectMany(page => DocsRule.BrokenLinks(page, Find, path => Directory.Exists(Checkout.FullPath(path))))
            .ShouldBeNone("A relative link names an existing file, and an existing heading in it.");

    [Fact]
    public void Every_command_exists() =>
        Pages.SelectMany(page => DocsRule.MissingCommands(page, IsExecutable))
            .ShouldBeNone("A command that a page tells to run can be run.");

    [Fact]
    public void The_readme_names_the_two_commands()
    {
        var lines = Markdown.Fenced(Checkout.Read("README.md")).Select(line => line.Text.TrimStart('$', ' ').Split(' ')[0]).ToList();
        lines.ShouldContain("./run");
        lines.ShouldContain("./test");
    }

    [Fact]
    public void Decision_records_are_complete_and_indexed()
    {
        var records = Checkout.Under(Decisions)
            .Where(file => file.HasExtension(".md") && file.Name != "README.md")
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        records.ShouldNotBeEmpty();
        DocsRule.Decisions(Checkout.Read($"{Decisions}/README.md"), records)
            .ShouldBeNone("Decision records are numbered from 0001, have their four parts and are in the index.");
    }

    [Fact]
    public void The_glossary_explains_each_term_once()
    {
        var terms = GlossaryRule.Terms(Checkout.Read("docs/glossary.md")).ToList();
        terms.Count.ShouldBeGreaterThan(20);
        terms.Select(term => term.Name).ShouldBeUnique();
        terms.ShouldAllBe(term => term.Name.Length > 0 && term.Meaning.Length > 0);
    }

    [Fact]
    public void Names_are_those_of_the_glossary()
    {
        var terms = GlossaryRule.Terms(Checkout.Read("docs/glossary.md")).ToList();
        Checkout.Under("src").Where(file => file.HasExtension(".cs"))
            .SelectMany(file => GlossaryRule.WrongNames(file, terms))
            .ShouldBeNone("One word for one thing, and it is the glossary's.");
    }

    private static SourceFile? Find(string path) => Checkout.Files.SingleOrDefault(file => file.Path == path);

    private static bool IsExecutable(string path)
    {
        var full = Checkout.FullPath(path);
        return File.Exists(full) && (OperatingSystem.IsWindows() || File.GetUnixFileMode(full).HasFlag(UnixFileMode.UserExecute));
    }
}
