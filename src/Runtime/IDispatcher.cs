namespace AkkaParty.Runtime;

/// <summary>
/// The scheduler seam: runs turns. In a server it is the thread pool; in the simulation one thread with a seeded order.
/// </summary>
public interface IDispatcher
{
    /// <summary>Runs the item once, soon, on some thread.</summary>
    /// <param name="item">The item; it never throws.</param>
    void Schedule(IThreadPoolWorkItem item);
}

/// <summary>
/// Runs turns on the thread pool, first come, first served. A thread's own queue would be cheaper, but it is a stack: under
/// load the newest turns would go first again and again, and the oldest would starve.
/// </summary>
public sealed class ThreadPoolDispatcher : IDispatcher
{
    /// <summary>The one instance.</summary>
    public static ThreadPoolDispatcher Instance { get; } = new();

    /// <inheritdoc />
    public void Schedule(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
}
