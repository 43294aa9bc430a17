using System.Globalization;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>An acknowledgement as the trace shows it.</summary>
/// <param name="Id">The number of the frame that is acknowledged.</param>
/// <param name="IsWritten">Whether the write-ahead log was written between the acknowledgement before and this one.</param>
/// <param name="IsDurable">Whether a sync of the log that began after its last write there had ended before this one was sent.</param>
internal sealed record TracedAcknowledgement(long Id, bool IsWritten, bool IsDurable);

/// <summary>
/// What <c>strace -f -y</c> wrote about a server that was sent commands one after the other, each after the acknowledgement of the one
/// before: between two acknowledgements lies exactly one command.
/// </summary>
internal sealed class SystemCallTrace
{
    /// <summary>The number of the first command's frame: one that no other number in a frame begins with.</summary>
    public const long FirstId = 7_000_001;

    private readonly string[] _lines;
    private readonly int _commands;

    private SystemCallTrace(string[] lines, int commands)
    {
        _lines = lines;
        _commands = commands;
    }

    /// <summary>Reads a trace.</summary>
    public static SystemCallTrace Read(string file, int commands) => new(File.ReadAllLines(file), commands);

    /// <summary>The acknowledgements in the order in which they were sent.</summary>
    public List<TracedAcknowledgement> Acknowledgements()
    {
        var found = new List<TracedAcknowledgement>();
        var (written, durable) = (false, false);
        var syncing = new Dictionary<string, bool>();
        var expected = FirstId;
        foreach (var line in _lines)
        {
            var thread = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            if (IsWalWrite(line))
            {
                // A sync that is under way now may have missed this write.
                (written, durable) = (true, false);
                foreach (var other in syncing.Keys.ToArray())
                {
                    syncing[other] = false;
                }
            }
            else if (IsWalSync(line))
            {
                if (line.EndsWith("= 0", StringComparison.Ordinal))
                {
                    durable = true;
                }
                else
                {
                    syncing[thread] = true;
                }
            }
            else if (line.Contains("sync resumed>", StringComparison.Ordinal) && syncing.Remove(thread, out var covers))
            {
                durable |= covers && line.EndsWith("= 0", StringComparison.Ordinal);
            }
            else if (IsAcknowledgement(line, expected))
            {
                found.Add(new TracedAcknowledgement(expected, written, written && durable));
                (written, durable) = (false, false);
                expected++;
            }
        }

        return found;
    }

    public override string ToString() =>
        $"{_commands} commands were sent; the trace has {_lines.Length} lines, among them:{Environment.NewLine}"
        + string.Join(Environment.NewLine, _lines.Where(l => IsWalWrite(l) || IsWalSync(l) || IsSend(l)).Take(40).Select(Shortened));

    private static bool IsWalWrite(string line) => Calls(line, "write", "pwrite64", "writev") && IsWal(line);

    private static bool IsWalSync(string line) => Calls(line, "fdatasync", "fsync") && IsWal(line);

    private static bool IsWal(string line) => line.Contains("akkaparty.db-wal>", StringComparison.Ordinal);

    private static bool IsSend(string line) =>
        Calls(line, "sendto", "sendmsg") || (Calls(line, "write", "writev") && line.Contains("<socket:", StringComparison.Ordinal));

    private static bool Calls(string line, params ReadOnlySpan<string> names)
    {
        var call = line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal)).TrimStart();
        foreach (var name in names)
        {
            if (call.StartsWith(name, StringComparison.Ordinal) && call[name.Length] == '(')
            {
                return true;
            }
        }

        return false;
    }

    // The line of the call's beginning: an acknowledgement has left when its send has begun.
    private static bool IsAcknowledgement(string line, long id) =>
        IsSend(line) && line.Contains(Acknowledgement(id), StringComparison.Ordinal);

    // As strace shows it: with a backslash before each quotation mark.
    private static string Acknowledgement(long id) =>
        string.Create(CultureInfo.InvariantCulture, $$"""\"ack\",\"payload\":{\"id\":{{id}},""");

    private static string Shortened(string line) => line[..Math.Min(line.Length, 200)];
}
