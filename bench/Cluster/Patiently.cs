using System.Diagnostics;

namespace AkkaParty.Bench.Cluster;

/// <summary>Waiting for what other processes do.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks again and again.</summary>
    /// <exception cref="TimeoutException">It did not happen; the message says what was awaited.</exception>
    public static async Task UntilAsync(string what, TimeSpan patience, Func<Task<bool>> happened)
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var looks = new PeriodicTimer(Look);
        while (!await happened())
        {
            if (Stopwatch.GetElapsedTime(startedAt) > patience)
            {
                throw new TimeoutException($"Waited {patience.TotalSeconds:F0} s in vain for {what}.");
            }

            await looks.WaitForNextTickAsync();
        }
    }

    /// <summary>Lets some time pass.</summary>
    public static async Task PassAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync(cancellationToken);
    }
}
