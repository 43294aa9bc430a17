using System.Diagnostics;

namespace AkkaParty.Bench.Cluster;

/// <summary>Waiting for what other processes do.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks again and again.</summary>
    /// <param name="what">What is awaited.</param>
    /// <param name="patience">The longest to wait.</param>
    /// <param name="happened">Looks.</param>
    /// <param name="more">What else there is to say when it did not happen; null for nothing.</param>
    /// <exception cref="TimeoutException">It did not happen; the message says what was awaited.</exception>
    public static async Task UntilAsync(string what, TimeSpan patience, Func<Task<bool>> happened, Func<string>? more = null)
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var looks = new PeriodicTimer(Look);
        while (!await happened())
        {
            if (Stopwatch.GetElapsedTime(startedAt) > patience)
            {
                throw new TimeoutException($"Waited {patience.TotalSeconds:F0} s in vain for {what}. {more?.Invoke()}");
            }

            await looks.WaitForNextTickAsync();
        }
    }

    /// <summary>Lets some time pass, a millisecond at least.</summary>
    public static async Task PassAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time > Shortest ? time : Shortest);
        await timer.WaitForNextTickAsync();
    }
}
