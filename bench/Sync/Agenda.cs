using System.Collections.Concurrent;
using System.Diagnostics;

namespace AkkaParty.Bench.Sync;

/// <summary>
/// What will happen, in the order of time, on one thread of its own: everything of the clients happens there, so that nothing of theirs
/// needs a lock.
/// </summary>
internal sealed class Agenda : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);
    private readonly double _origin = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly PriorityQueue<Action, (double At, long Order)> _entries = new();
    private readonly ConcurrentQueue<(double At, Action Run)> _posted = new();
    private readonly SemaphoreSlim _woken = new(0);
    private readonly Thread _thread;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _order;
    private volatile bool _over;

    public Agenda()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "agenda" };
        _thread.Start();
    }

    /// <summary>True time, in Unix milliseconds; it never goes back.</summary>
    public double Now => _origin + Stopwatch.GetElapsedTime(_startedAt).TotalMilliseconds;

    /// <summary>Fails when something that was to happen threw.</summary>
    public Task Failed => _failed.Task;

    /// <summary>The latest that anything happened, in milliseconds after its time: what the machine lacks.</summary>
    public double LatestMs { get; private set; }

    /// <summary>From the agenda's own thread.</summary>
    public void At(double time, Action run) => _entries.Enqueue(run, (time, _order++));

    /// <summary>From any thread.</summary>
    public void Post(double time, Action run)
    {
        _posted.Enqueue((time, run));
        _woken.Release();
    }

    /// <summary>Does something on the agenda's thread, and waits for it.</summary>
    public async Task<T> AskAsync<T>(Func<T> ask)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(0, () => answer.SetResult(ask()));
        await Task.WhenAny(answer.Task, Failed).Unwrap();
        return await answer.Task;
    }

    public void Dispose()
    {
        _over = true;
        _woken.Release();
        _thread.Join();
        _woken.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_over)
            {
                Turn();
            }
        }
        catch (Exception exception)
        {
            _failed.SetException(exception);
        }
    }

    private void Turn()
    {
        while (_posted.TryDequeue(out var posted))
        {
            At(posted.At, posted.Run);
        }

        if (!_entries.TryPeek(out _, out var next))
        {
            _woken.Wait(Longest);
            return;
        }

        var wait = next.At - Now;
        if (wait > 0)
        {
            _woken.Wait(TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait), Longest.TotalMilliseconds)));
            return;
        }

        LatestMs = next.At > 0 ? Math.Max(LatestMs, -wait) : LatestMs;
        _entries.Dequeue()();
    }
}
