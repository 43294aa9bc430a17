using System.Text.RegularExpressions;

namespace AkkaParty.Protocol.Tests;

/// <summary>docs/protocol.md, as far as a program can read it.</summary>
internal sealed partial class ProtocolPage
{
    private readonly string[] _lines = File.ReadAllLines(Path.Combine(FindRoot(), "docs", "protocol.md"));

    /// <summary>The fenced JSON, each with what its fence says after <c>json</c>, and the line it begins at.</summary>
    public IEnumerable<(int Line, string Label, string Json)> Examples()
    {
        var begin = -1;
        for (var i = 0; i < _lines.Length; i++)
        {
            if (!_lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            if (begin < 0)
            {
                begin = i;
                continue;
            }

            if (_lines[begin].StartsWith("```json", StringComparison.Ordinal))
            {
                yield return (begin + 1, _lines[begin]["```json".Length..].Trim(), string.Join('\n', _lines[(begin + 1)..i]));
            }

            begin = -1;
        }
    }

    /// <summary>The rows of the table under a heading, header and ruler left out; code spans are given without their marks.</summary>
    public IReadOnlyList<string[]> Table(string heading)
    {
        var rows = _lines
            .SkipWhile(line => line != heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => Cell().Matches(line).Select(match => match.Groups[1].Value.Trim().Trim('`')).ToArray())
            .ToList();
        rows.ShouldNotBeEmpty($"docs/protocol.md has no table under '{heading}'");
        return rows;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AkkaParty.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AkkaParty.sln.");
    }

    [GeneratedRegex(@"\|([^|]*)(?=\|)")]
    private static partial Regex Cell();
}
