namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>Keeps the tasks that run by themselves, so that a stop can wait for them.</summary>
/// <param name="failed">Told of a task that failed, which is a bug.</param>
internal sealed class RunningTasks(Action<Exception> failed)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _tasks = [];

    public void Add(Task task)
    {
        lock (_gate)
        {
            _tasks.Add(task);
        }

        _ = ForgetAsync(task);
    }

    /// <summary>Completes when all have ended.</summary>
    public async Task EndAsync()
    {
        while (true)
        {
            Task[] left;
            lock (_gate)
            {
                left = [.. _tasks];
            }

            if (left.Length == 0)
            {
                return;
            }

            await Task.WhenAll(left.Select(ForgetAsync));
        }
    }

    private async Task ForgetAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e)
        {
            failed(e);
        }

        lock (_gate)
        {
            _tasks.Remove(task);
        }
    }
}
