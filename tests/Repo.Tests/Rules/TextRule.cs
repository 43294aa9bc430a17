using System.Text.RegularExpressions;

namespace AkkaParty.Repo.Tests.Rules;

/// <summary>Rules on the lines of any text. The words looked for are put together here, so that this file does not contain them.</summary>
internal static partial class TextRule
{
    public const int LineMax = 140;

    private static readonly string[] UnfinishedWords = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception"];

    // A package registry's name in the repository would override the one the machine is set up with.
    private static readonly string[] RegistryHosts =
        ["nuget" + ".org", "registry.npmjs" + ".org", "registry.yarnpkg" + ".com", "deb.debian" + ".org", "pypi" + ".org"];

    private static readonly Regex MachinePath = MachinePathPattern();

    public static IEnumerable<string> LongLines(SourceFile file) =>
        Each(file, line => line.Length > LineMax ? $"{line.Length} columns, at most {LineMax} are allowed" : null);

    public static IEnumerable<string> UnfinishedWork(SourceFile file) =>
        Each(file, line => UnfinishedWords.FirstOrDefault(word => HasWord(line, word)) is { } word ? $"says {word}" : null);

    public static IEnumerable<string> MachinePaths(SourceFile file) =>
        Each(file, line => MachinePath.Match(line) is { Success: true } match ? $"names {match.Value}" : null);

    public static IEnumerable<string> Registries(SourceFile file) =>
        Each(file, line => RegistryHosts.FirstOrDefault(line.Contains) is { } host ? $"names {host}" : null);

    private static IEnumerable<string> Each(SourceFile file, Func<string, string?> check)
    {
        for (var i = 0; i < file.Lines.Length; i++)
        {
            if (check(file.Lines[i]) is { } finding)
            {
                yield return file.At(i + 1, finding);
            }
        }
    }

    private static bool HasWord(string line, string word) => Regex.IsMatch(line, $@"(?<![A-Za-z]){word}(?![A-Za-z])");

    [GeneratedRegex(@"(?<![\w.~}/-])/(work|root|home/\w+|Users/\w+)/|(?<!\w)[A-Z]:\\Users")]
    private static partial Regex MachinePathPattern();
}
