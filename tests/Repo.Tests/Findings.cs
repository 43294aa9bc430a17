namespace AkkaParty.Repo.Tests;

/// <summary>What every rule says when it is broken: the rule, then each place.</summary>
internal static class Findings
{
    public static void ShouldBeNone(this IEnumerable<string> findings, string rule)
    {
        var list = findings.ToList();
        if (list.Count > 0)
        {
            Assert.Fail($"{rule}\n  {string.Join("\n  ", list)}");
        }
    }
}
