namespace AkkaParty.Node.Operations;

/// <summary>Remembers the last things that happened to the cluster, as this node saw them. Thread-safe.</summary>
internal sealed class ClusterHistory(TimeProvider time)
{
    private const int LinesMax = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<ClusterEventLine> _lines = [];
    private long _last;

    /// <summary>Adds what has just happened.</summary>
    public void Add(string name, string text)
    {
        lock (_gate)
        {
            _lines.Enqueue(new ClusterEventLine(++_last, time.GetUtcNow(), name, text));
            if (_lines.Count > LinesMax)
            {
                _lines.Dequeue();
            }
        }
    }

    /// <summary>What happened after a number.</summary>
    public ClusterEvents After(string node, long number)
    {
        lock (_gate)
        {
            return new ClusterEvents(node, [.. _lines.Where(line => line.Number > number)], _last);
        }
    }
}
