using System.Text.RegularExpressions;
using AkkaParty.Repo.Tests.Rules;

namespace AkkaParty.Repo.Tests;

/// <summary>The error codes that the server itself gives stand in docs/protocol.md, each with the statuses it has in the code.</summary>
public sealed partial class ServerErrorsTests
{
    private const string Heading = "Of the server";

    [Fact]
    public void The_page_lists_every_code_of_the_server_and_no_other()
    {
        var documented = Documented().Select(row => row.Code).ToList();
        documented.ShouldBeUnique();
        documented.ShouldBe(InCode().Select(given => given.Code).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void The_page_gives_each_code_the_statuses_it_has()
    {
        var documented = Documented().ToDictionary(row => row.Code, row => row.Statuses, StringComparer.Ordinal);
        InCode()
            .Where(given => given.Status is not null && documented.TryGetValue(given.Code, out var row) && !row.Contains(given.Status))
            .Select(given => $"docs/protocol.md: {given.Code} has status {given.Status} in the code")
            .ShouldBeNone("An error has the status that the page says.");
    }

    private static IEnumerable<(string Code, string[] Statuses)> Documented()
    {
        var page = Checkout.Read("docs/protocol.md");
        var begin = Markdown.Headings(page).Single(heading => heading.Title == Heading).Line;
        return Markdown.TableRows(page)
            .Where(row => row.Line > begin)
            .Select(row => (row.Cells[0].Trim('`'), row.Cells[1].Split(", ")));
    }

    /// <summary>Codes as they are written where errors are made; those of parties come from their own table and are not.</summary>
    private static IEnumerable<(string Code, string? Status)> InCode() =>
        from file in Checkout.Under("src/Http", "src/Runtime", "src/Node")
        where file.HasExtension(".cs")
        from pattern in (Regex[])[StatusAndCode(), CodeAndStatus(), OtherCode()]
        from Match match in pattern.Matches(file.Text)
        let status = match.Groups["status"].Value
        select (match.Groups["code"].Value, status.Length == 0 ? null : status == "Unavailable" ? "503" : status);

    /// <summary><c>new ApiError(403, "code"</c>.</summary>
    [GeneratedRegex("""(ApiError|new)\(\s*(?<status>[45]\d\d),\s*"(?<code>[a-z_]+)"[,)]""", RegexOptions.ExplicitCapture)]
    private static partial Regex StatusAndCode();

    /// <summary><c>["code"] = StatusCodes.Status409Conflict</c>.</summary>
    [GeneratedRegex("""\["(?<code>[a-z_]+)"\] = StatusCodes\.Status(?<status>\d{3})""", RegexOptions.ExplicitCapture)]
    private static partial Regex CodeAndStatus();

    /// <summary>
    /// <c>AskResult.Unavailable("code"</c>, which is a 503; and, without a status of their own, <c>new Rejection("code"</c>, an error
    /// frame's <c>SendError(new("text", "code"</c> and a problem's extension.
    /// </summary>
    [GeneratedRegex(
        """((?<status>Unavailable)\(\s*|Rejection\(\s*|SendError\(new\(\$?"[^"]*",\s*|\["code"\] = )"(?<code>[a-z_]+)"[,) ]""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex OtherCode();
}
