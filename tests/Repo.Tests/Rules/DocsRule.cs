using System.Text.RegularExpressions;

namespace AkkaParty.Repo.Tests.Rules;

/// <summary>Rules on what the documentation points at.</summary>
internal static partial class DocsRule
{
    private static readonly string[] DecisionHeadings = ["Status", "Context", "Decision", "Consequences"];
    private static readonly Regex DecisionFile = DecisionFileRegex();
    private static readonly Regex IndexEntry = IndexEntryRegex();

    /// <summary>Every link that is not to another site names an existing file, and an existing heading where it has an anchor.</summary>
    public static IEnumerable<string> BrokenLinks(SourceFile page, Func<string, SourceFile?> find, Func<string, bool> folderExists)
    {
        foreach (var (line, target) in Markdown.Links(page))
        {
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            var parts = target.Split('#', 2);
            var path = parts[0].Length == 0 ? page.Path : Resolve(page.Path, Uri.UnescapeDataString(parts[0]));
            if (find(path) is not { } file)
            {
                if (!folderExists(path))
                {
                    yield return page.At(line, $"links to {target}, which does not exist");
                }
            }
            else if (parts.Length == 2 && file.HasExtension(".md") && !Markdown.Anchors(file).Contains(parts[1]))
            {
                yield return page.At(line, $"links to {target}, but {path} has no such heading");
            }
        }
    }

    /// <summary>Every fenced line that starts a program of the repository names an executable file.</summary>
    public static IEnumerable<string> MissingCommands(SourceFile page, Func<string, bool> isExecutable)
    {
        foreach (var (line, text) in Markdown.Fenced(page))
        {
            var words = text.TrimStart('$', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var command = words.SkipWhile(word => word.Contains('=', StringComparison.Ordinal)).FirstOrDefault();
            if (command?.StartsWith("./", StringComparison.Ordinal) == true && !isExecutable(command[2..]))
            {
                yield return page.At(line, $"names {command}, which is no executable file");
            }
        }
    }

    /// <summary>Decision records are numbered without gaps, have their four parts, and the index lists each once by its title.</summary>
    public static IEnumerable<string> Decisions(SourceFile index, IReadOnlyList<SourceFile> records)
    {
        var listed = new List<(int Line, string Name, string Text)>();
        for (var i = 0; i < index.Lines.Length; i++)
        {
            if (IndexEntry.Match(index.Lines[i]) is { Success: true } match)
            {
                listed.Add((i + 1, match.Groups[2].Value, match.Groups[1].Value));
            }
        }

        foreach (var entry in listed.Where(entry => records.All(record => record.Name != entry.Name)))
        {
            yield return index.At(entry.Line, $"lists {entry.Name}, which does not exist");
        }

        var expected = 1;
        foreach (var record in records)
        {
            var number = expected++.ToString("D4", null);
            foreach (var finding in Decision(record, number))
            {
                yield return finding;
            }

            var entries = listed.Where(entry => entry.Name == record.Name).ToList();
            if (entries.Count != 1)
            {
                yield return index.At(1, $"lists {record.Name} {entries.Count} times instead of once");
            }
            else if (record.Lines.FirstOrDefault() is var title && title != $"# ADR {entries[0].Text}")
            {
                yield return index.At(entries[0].Line, $"calls {record.Name} '{entries[0].Text}', its title is '{title}'");
            }
        }
    }

    private static IEnumerable<string> Decision(SourceFile record, string number)
    {
        if (!DecisionFile.IsMatch(record.Name))
        {
            yield return record.At(1, "is not named NNNN-words-with-dashes.md");
        }
        else if (!record.Name.StartsWith(number, StringComparison.Ordinal))
        {
            yield return record.At(1, $"should have number {number}: records are numbered without gaps");
        }

        if (record.Lines.FirstOrDefault()?.StartsWith($"# ADR {record.Name[..4]}: ", StringComparison.Ordinal) != true)
        {
            yield return record.At(1, $"should start with '# ADR {record.Name[..4]}: ' and a title");
        }

        var headings = Markdown.Headings(record).Select(heading => heading.Title).ToList();
        foreach (var missing in DecisionHeadings.Except(headings))
        {
            yield return record.At(1, $"has no heading {missing}");
        }
    }

    private static string Resolve(string page, string target)
    {
        var folder = Path.GetDirectoryName("/" + page)!;
        return Path.GetFullPath(target, folder).TrimStart('/').TrimEnd('/');
    }

    [GeneratedRegex(@"^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$")]
    private static partial Regex DecisionFileRegex();

    [GeneratedRegex(@"\[(\d{4}: [^\]]+)\]\(([^)]+)\)")]
    private static partial Regex IndexEntryRegex();
}
