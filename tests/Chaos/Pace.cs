using System.Diagnostics;

namespace AkkaParty.Chaos;

/// <summary>Real time, for clients that think between two commands and for faults that last a while. No test waits by it.</summary>
internal static class Pace
{
    private const long PerMillisecond = 1_000_000;

    /// <summary>Nanoseconds on the machine's monotonic clock; the same for all processes.</summary>
    public static long Now => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    /// <summary>Lets time pass.</summary>
    public static Task PassAsync(TimeSpan span, CancellationToken cancellation = default) =>
        Task.Delay(span, TimeProvider.System, cancellation);

    /// <summary>Lets a random time pass, up to some milliseconds, unless it is cancelled before.</summary>
    public static async Task UpToAsync(double milliseconds, CancellationToken cancellation)
    {
        try
        {
            await PassAsync(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * milliseconds), cancellation);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled looks at the token next.
        }
    }

    /// <summary>A span between two instants in milliseconds.</summary>
    public static double Milliseconds(long from, long to) => (to - from) / (double)PerMillisecond;

    /// <summary>Looks again and again until something is true.</summary>
    /// <exception cref="TimeoutException">It did not become true in time; names it.</exception>
    public static async Task UntilAsync(string what, TimeSpan patience, Func<Task<bool>> look, Func<string>? state = null)
    {
        var end = Now + ((long)patience.TotalMilliseconds * PerMillisecond);
        while (!await look())
        {
            if (Now > end)
            {
                throw new TimeoutException($"Waited {patience.TotalSeconds:0} s in vain for {what}.{Environment.NewLine}{state?.Invoke()}");
            }

            await PassAsync(TimeSpan.FromMilliseconds(25));
        }
    }
}
