using System.Collections.Concurrent;
using AkkaParty.Runtime.Diagnostics;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>Collects what happens in a runtime. A wait is armed before the act that it waits for, so nothing is missed.</summary>
public sealed class RuntimeEventLog
{
    private readonly Lock _gate = new();
    private readonly List<Action<RuntimeEvent>> _waits = [];
    private readonly ConcurrentQueue<RuntimeEvent> _happened = new();

    public RuntimeEventLog(RuntimeEvents events) => events.Happened += Add;

    /// <summary>Everything so far, in order.</summary>
    public IReadOnlyList<RuntimeEvent> Happened => [.. _happened];

    /// <summary>Everything of one type so far.</summary>
    public IReadOnlyList<T> Of<T>()
        where T : RuntimeEvent => [.. _happened.OfType<T>()];

    /// <summary>Arms a wait for the next matching event.</summary>
    /// <param name="matches">Which one; any of the type when null.</param>
    /// <returns>A task to be awaited after the act.</returns>
    public Task<T> Next<T>(Func<T, bool>? matches = null)
        where T : RuntimeEvent
    {
        var found = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waits.Add(Look);
        }

        return found.Task.Within($"a {typeof(T).Name}");

        void Look(RuntimeEvent happened)
        {
            if (happened is T match && matches?.Invoke(match) != false)
            {
                found.TrySetResult(match);
            }
        }
    }

    private void Add(RuntimeEvent happened)
    {
        _happened.Enqueue(happened);
        Action<RuntimeEvent>[] waits;
        lock (_gate)
        {
            waits = [.. _waits];
        }

        Array.ForEach(waits, look => look(happened));
    }
}
