using System.Diagnostics;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>Something that changes, and lets others wait until it looks as they want.</summary>
internal sealed class Pulse
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New();

    /// <summary>Changes something under the lock, then wakes everybody who waits.</summary>
    public void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = New();
        }

        changed.SetResult();
    }

    /// <summary>Reads something under the lock.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    /// <summary>Looks, under the lock, now and after every change until something is found.</summary>
    public async Task<T> UntilAsync<T>(Func<T?> look, string what, Func<string> state, TimeSpan? patience = null)
        where T : class
    {
        var limit = patience ?? Patience.Answer;
        var begin = Stopwatch.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (look() is { } found)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(Patience.Left(limit, begin));
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds:0} s in vain for {what}.{Environment.NewLine}{state()}");
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
