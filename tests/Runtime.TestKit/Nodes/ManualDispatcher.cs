using System.Collections.Concurrent;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>Keeps turns until the test runs them, one by one, on its own thread.</summary>
public sealed class ManualDispatcher : IDispatcher
{
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _items = new();

    /// <summary>How many turns wait.</summary>
    public int Waiting => _items.Count;

    public void Schedule(IThreadPoolWorkItem item) => _items.Enqueue(item);

    /// <summary>Runs the oldest turn.</summary>
    /// <returns>False when none waits.</returns>
    public bool RunOne()
    {
        if (!_items.TryDequeue(out var item))
        {
            return false;
        }

        item.Execute();
        return true;
    }

    /// <summary>Runs turns until none waits.</summary>
    /// <param name="turnsMax">More than this is taken for an endless loop.</param>
    /// <returns>How many ran.</returns>
    public int RunAll(int turnsMax = 10_000)
    {
        var turns = 0;
        while (RunOne())
        {
            if (++turns > turnsMax)
            {
                throw new InvalidOperationException($"More than {turnsMax} turns ran without an end: something schedules itself for ever.");
            }
        }

        return turns;
    }
}
