using AkkaParty.Chaos;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>Asks again until the answer fits: for the few things of which nobody is told when they are there.</summary>
internal static class Eventually
{
    /// <summary>Asks until the answer fits.</summary>
    /// <exception cref="TimeoutException">It did not in time; says what the last answer was.</exception>
    public static async Task<T> Async<T>(string what, Func<Task<T>> ask, Func<T, bool> fits)
    {
        var last = await ask();
        await Pace.UntilAsync(
            what, Patience.Answer, async () => fits(last) || fits(last = await ask()), () => $"The last answer was {last}.");
        return last;
    }
}
