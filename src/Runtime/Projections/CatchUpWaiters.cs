namespace AkkaParty.Runtime.Projections;

/// <summary>Those who wait for a projection to be up to date: each until a turn that began after it came finds nothing new.</summary>
internal sealed class CatchUpWaiters
{
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly List<TaskCompletionSource> _due = [];

    public Task Add()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add(done);
        }

        return done.Task;
    }

    /// <summary>A turn begins: whoever waits now is due when it finds nothing new.</summary>
    public void BeginTurn()
    {
        lock (_gate)
        {
            _due.AddRange(_waiting);
            _waiting.Clear();
        }
    }

    /// <summary>The turn found nothing new.</summary>
    public void Release()
    {
        foreach (var waiter in Take(everybody: false))
        {
            waiter.TrySetResult();
        }
    }

    /// <summary>There will be no such turn.</summary>
    public void Fail(Exception error)
    {
        foreach (var waiter in Take(everybody: true))
        {
            waiter.TrySetException(error);
        }
    }

    private TaskCompletionSource[] Take(bool everybody)
    {
        lock (_gate)
        {
            TaskCompletionSource[] taken = everybody ? [.. _due, .. _waiting] : [.. _due];
            _due.Clear();
            if (everybody)
            {
                _waiting.Clear();
            }

            return taken;
        }
    }
}
