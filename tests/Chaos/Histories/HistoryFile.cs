using System.Text;

namespace AkkaParty.Chaos.Histories;

/// <summary>Appends what happens to a file. Many may write at once; each line is whole.</summary>
internal sealed class HistoryFile(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), new UTF8Encoding(false));

    /// <summary>Appends a line.</summary>
    public void Add(Happening happening)
    {
        var line = HistoryFormat.Write(happening);
        lock (_gate)
        {
            _writer.WriteLine(line);
        }
    }

    /// <summary>Hands everything to the system.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _writer.Flush();
        }
    }

    public void Dispose() => _writer.Dispose();
}
