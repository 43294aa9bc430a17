namespace AkkaParty.Simulation.Kernel;

/// <summary>
/// A stream of random numbers that is the same on every machine and runtime version (SplitMix64). Each part of the simulated
/// world has a stream of its own, forked by name, so that a new question in one part does not shift the answers of all others.
/// </summary>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    public SimRandom Fork(string name) => new(Mix(_state ^ Runtime.StableHash.Of(name)));

    public ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        return Mix(_state);
    }

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True this often.</summary>
    public bool Chance(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    public TimeSpan Between(TimeSpan low, TimeSpan high) => new(low.Ticks + (long)(Next() % (ulong)(high.Ticks - low.Ticks + 1)));

    /// <summary>Milliseconds from <paramref name="low"/> to <paramref name="high"/>, in fractions.</summary>
    public TimeSpan Milliseconds(double low, double high) => Between(TimeSpan.FromMilliseconds(low), TimeSpan.FromMilliseconds(high));

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
