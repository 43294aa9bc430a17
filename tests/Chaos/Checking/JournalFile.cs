using System.Globalization;

namespace AkkaParty.Chaos.Checking;

/// <summary>The raw journal as text, kept beside the histories: entity, number, manifest and payload, separated by tabs.</summary>
internal static class JournalFile
{
    /// <summary>Writes a file.</summary>
    public static void Write(string path, IEnumerable<JournalEvent> events) => File.WriteAllLines(path, events.Select(e =>
        string.Create(CultureInfo.InvariantCulture, $"{e.Entity}\t{e.Seq}\t{e.Manifest}\t{e.Payload}")));

    /// <summary>Reads a file.</summary>
    public static IEnumerable<JournalEvent> Read(string path) => File.ReadLines(path).Select(line =>
    {
        var f = line.Split('\t', 4);
        return new JournalEvent(f[0], long.Parse(f[1], CultureInfo.InvariantCulture), f[2], f[3]);
    });
}
