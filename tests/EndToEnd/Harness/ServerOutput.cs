namespace AkkaParty.EndToEnd.Harness;

/// <summary>What a process prints: the last lines of it, and whether it said that it is ready.</summary>
internal sealed class ServerOutput
{
    private const int LinesMax = 400;
    private const string ReadyText = "AkkaParty is ready";

    private readonly Queue<string> _lines = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the process says that it is ready.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Takes a line; null at the end.</summary>
    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesMax)
            {
                _lines.Dequeue();
            }
        }

        if (line.Contains(ReadyText, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return string.Join(Environment.NewLine, _lines);
        }
    }
}
