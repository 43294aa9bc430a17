namespace AkkaParty.Pipelines;

/// <summary>How often and after which waits failed work is tried again.</summary>
public sealed class RetryPolicy
{
    /// <summary>Nothing is tried again.</summary>
    public static RetryPolicy None { get; } = new() { AttemptsMax = 1 };

    /// <summary>The most tries in all, the first included, 1 to 100. Default: 5.</summary>
    public int AttemptsMax { get; init; } = 5;

    /// <summary>The wait before the second try; doubled before each further one, and jittered by half either way. Default: 1 s.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, jitter and what a failure asks for included. Default: 1 min.</summary>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether trying again may help; null for always.</summary>
    public Func<Exception, bool>? IsPassing { get; init; }

    /// <summary>How long the failure itself asks to wait, such as a service that limits its callers; null for no failure does.</summary>
    public Func<Exception, TimeSpan?>? AskedWait { get; init; }

    /// <summary>The same numbers for other failures.</summary>
    /// <param name="isPassing">Whether trying again may help.</param>
    /// <param name="askedWait">How long a failure itself asks to wait.</param>
    /// <returns>The policy.</returns>
    public RetryPolicy With(Func<Exception, bool> isPassing, Func<Exception, TimeSpan?> askedWait) => new()
    {
        AttemptsMax = AttemptsMax,
        Delay = Delay,
        DelayMax = DelayMax,
        IsPassing = isPassing,
        AskedWait = askedWait,
    };

    /// <summary>Decides what follows on a failure. Pure.</summary>
    /// <param name="attempts">How many tries there have been, from 1.</param>
    /// <param name="failure">What the last one ended with.</param>
    /// <param name="random">A random number, 0 to less than 1.</param>
    /// <returns>How long to wait before the next try; null when there is none.</returns>
    public TimeSpan? WaitAfter(int attempts, Exception failure, double random)
    {
        if (attempts >= AttemptsMax || IsPassing?.Invoke(failure) == false)
        {
            return null;
        }

        // A double holds every power that matters; what is beyond a day is cut to the longest wait anyway.
        var doubled = Math.Min(Delay.TotalSeconds * Math.Pow(2, attempts - 1), TimeSpan.FromDays(1).TotalSeconds);
        var jittered = TimeSpan.FromSeconds(doubled * (0.5 + random));
        var asked = AskedWait?.Invoke(failure) ?? TimeSpan.Zero;
        var wait = asked > jittered ? asked : jittered;
        return wait > DelayMax ? DelayMax : wait;
    }
}
