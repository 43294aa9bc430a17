using System.Text;

namespace AkkaParty.Protocol.Tests;

/// <summary>
/// A text file of messages, one line each, that pins their bytes. When it does not match, the actual text is written next
/// to the copy of the file that the test reads, so that a wanted change is one copy away.
/// </summary>
internal sealed class GoldenFile(string path)
{
    private readonly string _path = Path.Combine(AppContext.BaseDirectory, path);

    /// <summary>The messages by name, in the order of the file.</summary>
    public IReadOnlyList<(string Name, string Json)> Lines()
    {
        var lines = new List<(string Name, string Json)>();
        foreach (var line in File.ReadAllLines(_path))
        {
            if (line is not ("{" or "}"))
            {
                var colon = line.IndexOf("\": ", StringComparison.Ordinal);
                lines.Add((line[3..colon], line[(colon + 3)..].TrimEnd(',')));
            }
        }

        return lines;
    }

    /// <summary>Compares exactly.</summary>
    public void ShouldHold(IReadOnlyList<(string Name, string Json)> messages)
    {
        var text = new StringBuilder("{\n");
        foreach (var (place, (name, json)) in messages.Index())
        {
            text.Append("  \"").Append(name).Append("\": ").Append(json).Append(place == messages.Count - 1 ? "\n" : ",\n");
        }

        var actual = text.Append("}\n").ToString();
        if (!File.Exists(_path) || File.ReadAllText(_path) != actual)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllText(_path + ".actual", actual);
        }

        File.Exists(_path).ShouldBeTrue($"{_path} is missing; the actual text is in {_path}.actual");
        actual.ShouldBe(File.ReadAllText(_path));
    }
}
