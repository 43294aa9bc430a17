namespace AkkaParty.Repo.Tests;

/// <summary>What <c>./test</c> reads from the reports of its suites: eng/reports.sh.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly string _report = Path.Combine(Path.GetTempPath(), $"akkaparty-report-{Path.GetRandomFileName()}.xml");

    public void Dispose() => File.Delete(_report);

    [Fact]
    public void Every_test_that_did_not_pass_is_named_as_people_write_it()
    {
        Write(
            Test("Ns.A.Passes", "Pass"),
            Test("Ns.A.Takes_a_row(text: &quot;a &lt; b &amp;&amp; c&quot;, other: 'x')", "Fail"),
            Test("Ns.A.Has&#xD;&#xA;two_lines", "Fail"),
            Test("Ns.A.Is_left_out", "Skip"));

        Run("read_failures \"$1\" | list_failures Http.Tests 3").ShouldBe(
            [
                "Http.Tests: Ns.A.Takes_a_row(text: \"a < b && c\", other: 'x')",
                "Http.Tests: Ns.A.Has two_lines",
                "Http.Tests: Ns.A.Is_left_out (Skip)",
            ]);
    }

    [Fact]
    public void Of_many_failures_twenty_are_named_and_the_rest_counted()
    {
        Write([.. Enumerable.Range(1, 23).Select(number => Test($"Ns.A.Fails_{number}", "Fail"))]);

        var lines = Run("read_failures \"$1\" | list_failures Http.Tests 23");

        lines.Length.ShouldBe(21);
        lines[19].ShouldBe("Http.Tests: Ns.A.Fails_20");
        lines[20].ShouldBe("Http.Tests: ... and 3 more");
    }

    [Fact]
    public void Failures_that_belong_to_no_test_are_counted()
    {
        Write(Test("Ns.A.Passes", "Pass"));

        Run("read_failures \"$1\" | list_failures Http.Tests 2").ShouldBe(["Http.Tests: 2 tests failed"]);
    }

    [Fact]
    public void The_totals_count_whatever_did_not_pass_as_failed()
    {
        File.WriteAllText(
            _report, """<assemblies><assembly errors="1" failed="2" not-run="4" passed="30" skipped="8"></assembly></assemblies>""");

        Run("read_totals \"$1\"").ShouldBe(["30 15"]);
    }

    [Fact]
    public void A_report_of_the_web_tests_is_read_as_well()
    {
        File.WriteAllText(
            _report,
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <testsuites name="vitest tests" tests="3" failures="1" errors="0" time="0.1">
                <testsuite name="src/sync/clock.test.ts" tests="3" failures="1" errors="0" skipped="1">
                    <testcase classname="src/sync/clock.test.ts" name="the clock &gt; drifts" time="0.001">
                    </testcase>
                    <testcase classname="src/sync/clock.test.ts" name="the clock &gt; jumps" time="0.001">
                        <failure message="expected 1 to be 2" type="AssertionError">
            AssertionError
                        </failure>
                    </testcase>
                    <testcase classname="src/sync/clock.test.ts" name="the clock &gt; sleeps" time="0">
                        <skipped/>
                    </testcase>
                </testsuite>
            </testsuites>
            """);

        Run("read_junit_totals \"$1\"; read_junit_failures \"$1\" | list_failures web 2").ShouldBe(
            ["1 2", "web: src/sync/clock.test.ts > the clock > jumps", "web: src/sync/clock.test.ts > the clock > sleeps"]);
    }

    private static string Test(string name, string result) =>
        $"""<test id="1" name="{name}" result="{result}" time="0.1" type="Ns.A" method="M" />""";

    private void Write(params string[] tests) => File.WriteAllText(
        _report, $"<assemblies><assembly name=\"a\"><collection name=\"c\">{string.Concat(tests)}</collection></assembly></assemblies>");

    private string[] Run(string script)
    {
        var ended = Tool.Run(Checkout.Root, "bash", ["-c", $"set -euo pipefail; source eng/reports.sh; {script}", "bash", _report]);
        ended.ExitCode.ShouldBe(0, ended.Output);
        return ended.Output.TrimEnd('\n').Split('\n');
    }
}
