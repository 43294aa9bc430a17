using System.Text;

namespace AkkaParty.Node.Configuration;

/// <summary>
/// Reads lines of <c>KEY=value</c>: comments begin with # (alone or after a space), single quotes take a value literally,
/// double quotes know \n, \t, \" and \\, and a leading <c>export</c> is allowed.
/// </summary>
internal static class DotEnvFile
{
    /// <summary>Reads the variables.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="problems">Takes one line per line that cannot be read.</param>
    /// <returns>The variables in order; a later one of the same name replaces an earlier one when applied in order.</returns>
    public static IReadOnlyList<(string Name, string Value)> Parse(string text, ICollection<string> problems)
    {
        var variables = new List<(string, string)>();
        var number = 0;
        foreach (var rawLine in text.Split('\n'))
        {
            number++;
            var line = rawLine.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.StartsWith("export ", StringComparison.Ordinal))
            {
                line = line["export ".Length..].TrimStart();
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : line[..equals].TrimEnd();
            if (name.Length == 0 || name.Any(char.IsWhiteSpace))
            {
                problems.Add($".env line {number}: must be KEY=value, a comment or empty.");
            }
            else if (ReadValue(line[(equals + 1)..].Trim()) is { } value)
            {
                variables.Add((name, value));
            }
            else
            {
                problems.Add($".env line {number}: the value of {name} must end with the quote it begins with.");
            }
        }

        return variables;
    }

    private static string? ReadValue(string text)
    {
        if (text.Length == 0 || text[0] is not ('"' or '\''))
        {
            return WithoutComment(text);
        }

        var quote = text[0];
        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                var rest = text[(i + 1)..].TrimStart();
                return rest.Length == 0 || rest[0] == '#' ? value.ToString() : null;
            }

            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
                value.Append(text[i] switch { 'n' => '\n', 't' => '\t', var other => other });
                continue;
            }

            value.Append(text[i]);
        }

        return null;
    }

    private static string WithoutComment(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                return text[..i].TrimEnd();
            }
        }

        return text;
    }
}
