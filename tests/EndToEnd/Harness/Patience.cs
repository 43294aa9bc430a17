using System.Diagnostics;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>How long the tests wait. Only a failing test ever waits that long.</summary>
internal static class Patience
{
    /// <summary>For one answer or frame.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);

    /// <summary>For a process to be ready or to end.</summary>
    public static readonly TimeSpan Process = TimeSpan.FromSeconds(60);

    /// <summary>Awaits a task, and says what was awaited when it does not come.</summary>
    public static async Task<T> For<T>(Task<T> task, string what, TimeSpan patience, Func<string>? state = null)
    {
        try
        {
            return await task.WaitAsync(patience);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {patience.TotalSeconds:0} s in vain for {what}.{Environment.NewLine}{state?.Invoke()}");
        }
    }

    /// <summary>Awaits a task, and says what was awaited when it does not come.</summary>
    public static Task For(Task task, string what, TimeSpan patience, Func<string>? state = null) =>
        For(Completion(task), what, patience, state);

    /// <summary>What is left of a span that began at a time stamp; never negative.</summary>
    public static TimeSpan Left(TimeSpan patience, long since)
    {
        var left = patience - Stopwatch.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static async Task<bool> Completion(Task task)
    {
        await task;
        return true;
    }
}
