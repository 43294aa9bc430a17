using System.Globalization;

namespace AkkaParty.Chaos.Histories;

/// <summary>Histories as text: one line each, fields separated by tabs, so that a person can read and grep them.</summary>
internal static class HistoryFormat
{
    /// <summary>Writes a line.</summary>
    public static string Write(Happening happening)
    {
        object[] fields = happening switch
        {
            Called h => ["call", h.Number, h.Kind, h.Value],
            Acknowledged h => ["ack", h.Number, h.Seq],
            Retried h => ["retry", h.Number, h.Code],
            Refused h => ["refuse", h.Number, h.Code],
            Opened h => ["open", h.Connection, h.Node, h.Feed, h.Since],
            Began h => ["begin", h.Connection, h.Seq],
            Shown h => ["show", h.Connection, .. Fields(h.Sight)],
            Told h => ["told", h.Connection, h.Seq],
            Closed h => ["close", h.Connection, h.Reason.ReplaceLineEndings(" ").Replace('\t', ' ')],
            Read h => ["read", h.Began, h.Node, .. Fields(h.Sight)],
            Finished h => ["done", h.Seq],
            _ => throw new ArgumentOutOfRangeException(nameof(happening), happening, "has no form"),
        };
        object[] all = [happening.At, happening.Entity, happening.Person, .. fields];
        return string.Join('\t', all.Select(field => Convert.ToString(field, CultureInfo.InvariantCulture)));
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is no line of a history.</exception>
    public static Happening Parse(string line)
    {
        var f = line.Split('\t');
        if (f.Length < 4)
        {
            throw new FormatException($"Not a line of a history: {line}");
        }

        var (at, entity, person) = (Number(f[0]), f[1], f[2]);
        return (f[3], f.Length) switch
        {
            ("call", 7) => new Called(at, entity, person, Number(f[4]), Enum.Parse<CommandKind>(f[5]), f[6]),
            ("ack", 6) => new Acknowledged(at, entity, person, Number(f[4]), Number(f[5])),
            ("retry", 6) => new Retried(at, entity, person, Number(f[4]), f[5]),
            ("refuse", 6) => new Refused(at, entity, person, Number(f[4]), f[5]),
            ("open", 8) => new Opened(at, entity, person, (int)Number(f[4]), f[5], f[6], Number(f[7])),
            ("begin", 6) => new Began(at, entity, person, (int)Number(f[4]), Number(f[5])),
            ("show", 9) => new Shown(at, entity, person, (int)Number(f[4]), Sight(f, 5)),
            ("told", 6) => new Told(at, entity, person, (int)Number(f[4]), Number(f[5])),
            ("close", 6) => new Closed(at, entity, person, (int)Number(f[4]), f[5]),
            ("read", 10) => new Read(at, entity, person, Number(f[4]), f[5], Sight(f, 6)),
            ("done", 5) => new Finished(at, entity, person, Number(f[4])),
            _ => throw new FormatException($"Not a line of a history: {line}"),
        };
    }

    /// <summary>Reads a file.</summary>
    public static IEnumerable<Happening> ReadFile(string path) => File.ReadLines(path).Select(Parse);

    private static object[] Fields(Sight sight) => [sight.Seq, sight.Feed, sight.Hash, sight.Look];

    private static Sight Sight(string[] f, int from) => new(Number(f[from]), f[from + 1], f[from + 2], f[from + 3]);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
