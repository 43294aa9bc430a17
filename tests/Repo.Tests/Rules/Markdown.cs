using System.Text.RegularExpressions;

namespace AkkaParty.Repo.Tests.Rules;

/// <summary>The parts of a Markdown page that rules look at, with their line numbers.</summary>
internal static partial class Markdown
{
    private static readonly Regex LinkPattern = LinkRegex();
    private static readonly Regex HeadingPattern = HeadingRegex();
    private static readonly Regex NotInAnchor = NotInAnchorRegex();

    public static IEnumerable<(int Line, string Target)> Links(SourceFile page) =>
        from line in Prose(page)
        from Match match in LinkPattern.Matches(line.Text)
        select (line.Number, match.Groups[1].Value);

    public static IEnumerable<(int Line, string Title)> Headings(SourceFile page) =>
        from line in Prose(page)
        let match = HeadingPattern.Match(line.Text)
        where match.Success
        select (line.Number, match.Groups[1].Value.Trim());

    /// <summary>The names a link may put behind '#', made of the headings as the usual renderers make them.</summary>
    public static IReadOnlySet<string> Anchors(SourceFile page)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, title) in Headings(page))
        {
            var anchor = NotInAnchor.Replace(title.ToLowerInvariant(), "").Replace(' ', '-');
            var count = 0;
            while (!anchors.Add(count == 0 ? anchor : $"{anchor}-{count}"))
            {
                count++;
            }
        }

        return anchors;
    }

    public static IEnumerable<(int Number, string Text)> Fenced(SourceFile page) =>
        Lines(page).Where(line => line.InFence).Select(line => (line.Number, line.Text));

    /// <summary>The cells of every row of every table, headers and rulers left out.</summary>
    public static IEnumerable<(int Line, string[] Cells)> TableRows(SourceFile page)
    {
        var previous = "";
        var inBody = false;
        foreach (var (number, text) in Prose(page))
        {
            var isRow = text.StartsWith('|');
            var isRuler = isRow && text.All(c => c is '|' or '-' or ':' or ' ');
            inBody = isRow && (inBody || (isRuler && previous.StartsWith('|')));
            if (inBody && !isRuler)
            {
                yield return (number, text.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());
            }

            previous = text;
        }
    }

    private static IEnumerable<(int Number, string Text)> Prose(SourceFile page) =>
        Lines(page).Where(line => !line.InFence).Select(line => (line.Number, line.Text));

    private static IEnumerable<(int Number, string Text, bool InFence)> Lines(SourceFile page)
    {
        var inFence = false;
        for (var i = 0; i < page.Lines.Length; i++)
        {
            if (page.Lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                inFence = !inFence;
            }
            else
            {
                yield return (i + 1, page.Lines[i], inFence);
            }
        }
    }

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)(?:\s+""[^""]*"")?\)")]
    private static partial Regex LinkRegex();

    [GeneratedRegex(@"^#{1,6}\s+(.+)$")]
    private static partial Regex HeadingRegex();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchorRegex();
}
