using System.Globalization;

namespace AkkaParty.Simulation.Running;

/// <summary>Which seeds are run.</summary>
internal static class Seeds
{
    /// <summary>Seeds that stand one after the other.</summary>
    public static IReadOnlyList<ulong> From(ulong first, int count) => [.. Enumerable.Range(0, count).Select(i => first + (ulong)i)];

    /// <summary>The first of the fresh seeds of a commit: another commit, other seeds, and always the same for the same one.</summary>
    public static ulong FirstOf(string commit) => Runtime.StableHash.Of(commit) >> 24;

    /// <summary>Seeds that failed once: a number on each line, and why it is kept.</summary>
    public static IReadOnlyList<ulong> Read(string file) =>
    [
        .. File.ReadLines(file)
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0)
            .Select(line => ulong.Parse(line, CultureInfo.InvariantCulture)),
    ];
}
