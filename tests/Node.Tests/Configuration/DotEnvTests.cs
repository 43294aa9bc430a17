using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Tests.Configuration;

public sealed class DotEnvTests
{
    [Theory]
    [InlineData("A=b", "A", "b")]
    [InlineData("  A = b  ", "A", "b")]
    [InlineData("export A=b", "A", "b")]
    [InlineData("A=", "A", "")]
    [InlineData("A=b # why", "A", "b")]
    [InlineData("A=b#c", "A", "b#c")]
    [InlineData("A=#c", "A", "")]
    [InlineData("A=b=c", "A", "b=c")]
    [InlineData("A='b # c'", "A", "b # c")]
    [InlineData("A='b\\n'", "A", "b\\n")]
    [InlineData("A=\"b\\n\\t\\\"c\\\\\" # why", "A", "b\n\t\"c\\")]
    [InlineData("A=b\r", "A", "b")]
    public void A_line_is_read(string line, string name, string value)
    {
        var problems = new List<string>();
        DotEnvFile.Parse(line, problems).ShouldBe([(name, value)]);
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Comments_and_empty_lines_are_skipped()
    {
        var problems = new List<string>();
        DotEnvFile.Parse("# one\n\n   \n  # two\nA=1\n#B=2\n", problems).ShouldBe([("A", "1")]);
        problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("A", "must be KEY=value")]
    [InlineData("=b", "must be KEY=value")]
    [InlineData("A B=c", "must be KEY=value")]
    [InlineData("A=\"b", "must end with the quote")]
    [InlineData("A='b' c", "must end with the quote")]
    public void A_line_that_cannot_be_read_is_a_problem_with_its_number(string line, string rule)
    {
        var problems = new List<string>();
        DotEnvFile.Parse("# first\n" + line, problems).ShouldBeEmpty();
        var problem = problems.ShouldHaveSingleItem();
        problem.ShouldStartWith(".env line 2: ");
        problem.ShouldContain(rule);
    }
}
