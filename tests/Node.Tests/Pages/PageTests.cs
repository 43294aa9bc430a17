using System.Text.RegularExpressions;
using AkkaParty.Node.Pages;

namespace AkkaParty.Node.Tests.Pages;

public sealed partial class PageTests
{
    public static TheoryData<string> Names { get; } = ["index.html", "404.html", "site.css", "site.js", "favicon.svg"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_refers_to_nothing_outside_this_server(string name) =>
        ExternalReference().Matches(Read(name)).Select(match => match.Value)
            .Where(reference => reference != "http://www.w3.org/2000/svg")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("index.html")]
    [InlineData("404.html")]
    public void A_page_has_no_inline_script_or_style(string name)
    {
        var html = Read(name);
        html.ShouldNotContain("<style");
        html.ShouldNotContain("style=");
        html.ShouldNotContain("onclick");
        html.ShouldNotContain("<script>");
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("404.html")]
    public void A_page_is_for_everybody(string name)
    {
        var html = Read(name);
        html.ShouldContain("<html lang=\"en\">");
        html.ShouldContain("name=\"viewport\"");
        html.ShouldContain("<main");
        html.ShouldContain("<h1>");
        ImageWithoutText().IsMatch(html).ShouldBeFalse();
    }

    [Fact]
    public void The_start_page_leads_to_the_documentation()
    {
        Read("index.html").ShouldContain("href=\"/docs\"");
        Read("index.html").ShouldContain("href=\"/openapi/v1.json\"");
        Read("site.js").ShouldContain("'/health'");
    }

    [Fact]
    public void The_start_page_lists_chosen_films_without_making_markup_of_their_titles()
    {
        Read("index.html").ShouldContain("id=\"chosen\"");
        var script = Read("site.js");
        script.ShouldContain("/api/movies/chosen");
        script.ShouldContain("textContent");
        foreach (var sink in (string[])["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("])
        {
            script.ShouldNotContain(sink);
        }
    }

    [Fact]
    public void The_policy_allows_nothing_inline_and_nothing_foreign()
    {
        SitePages.ContentSecurityPolicy.ShouldStartWith("default-src 'none'");
        SitePages.ContentSecurityPolicy.ShouldNotContain("unsafe");
        SitePages.ContentSecurityPolicy.ShouldNotContain("http");
        SitePages.ContentSecurityPolicy.ShouldNotContain("*");
    }

    [Theory]
    [InlineData("/api", true)]
    [InlineData("/api/x", true)]
    [InlineData("/WS/party/1", true)]
    [InlineData("/health/x", true)]
    [InlineData("/metrics", true)]
    [InlineData("/openapi/x", true)]
    [InlineData("/apiary", false)]
    [InlineData("/", false)]
    public void Pages_never_answer_for_programs(string path, bool isOfPrograms) => SitePages.IsProgramPath(path).ShouldBe(isOfPrograms);

    private static string Read(string name)
    {
        using var stream = typeof(SitePages).Assembly.GetManifestResourceStream("Pages/" + name).ShouldNotBeNull();
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(https?:)?//[a-z0-9][^\s""'<)]*|@import|url\([^)]*\)", RegexOptions.IgnoreCase)]
    private static partial Regex ExternalReference();

    [GeneratedRegex(@"<img(?![^>]*\balt=)", RegexOptions.IgnoreCase)]
    private static partial Regex ImageWithoutText();
}
