namespace AkkaParty.Bench.Measuring;

/// <summary>
/// Independent asynchronous loops, each with at most one operation under way. They run on the thread pool; whoever
/// watches them does so from a thread of its own, so that a busy pool cannot stretch a window.
/// </summary>
internal sealed class Callers : IDisposable
{
    // Each caller counts on cache lines of its own.
    private const int Stride = 16;

    private readonly long[] _counts;
    private readonly int[] _waiting;
    private readonly LatencyHistogram[] _latencies;
    private readonly Task[] _loops;
    private readonly ManualResetEventSlim _pause = new();
    private volatile bool _stop;

    /// <summary>Starts the loops.</summary>
    /// <param name="count">How many.</param>
    /// <param name="loop">One loop: repeats its operation until <see cref="Caller.Goes"/> says no.</param>
    public Callers(int count, Func<Caller, Task> loop)
    {
        _counts = new long[(count + 1) * Stride];
        _waiting = new int[(count + 1) * Stride];
        _latencies = [.. Enumerable.Range(0, count).Select(_ => new LatencyHistogram())];
        _loops = [.. Enumerable.Range(0, count).Select(index => Start(() => loop(new Caller(this, index))))];
    }

    /// <summary>
    /// Starts a loop in the pool's common queue: in this thread's own, it would wait behind the others' work, since this thread
    /// goes on to watch.
    /// </summary>
    public static Task Start(Func<Task> loop) =>
        Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default).Unwrap();

    /// <summary>Lets the loops run and looks at nothing.</summary>
    public void Warm(TimeSpan duration) => Wait(duration);

    /// <summary>Measures one window.</summary>
    public CallersCost Measure(TimeSpan duration)
    {
        Array.ForEach(_latencies, latency => latency.Clear());
        var before = Counts();
        var window = CostWindow.Open();
        long waiting = 0;
        const int Looks = 100;
        for (var look = 0; look < Looks; look++)
        {
            Wait(duration / Looks);
            waiting += Waiting();
        }

        var after = Counts();
        var each = after.Zip(before, (a, b) => a - b).ToArray();
        var cost = window.Close(each.Sum());
        return new CallersCost(
            cost, (double)waiting / Looks, each.Min(), each.Max(), ThreadPool.ThreadCount, LatencyHistogram.Sum(_latencies));
    }

    /// <summary>Stops the loops and passes their errors on.</summary>
    public void Dispose()
    {
        _stop = true;
        Task.WaitAll(_loops);
        _pause.Dispose();
    }

    // Nothing ever sets the event: this only passes time, on the watching thread.
    private void Wait(TimeSpan duration) => _pause.Wait(duration);

    private long[] Counts() => [.. Enumerable.Range(0, _loops.Length).Select(i => Volatile.Read(ref _counts[(i + 1) * Stride]))];

    private int Waiting() => Enumerable.Range(0, _loops.Length).Sum(i => Volatile.Read(ref _waiting[(i + 1) * Stride]));

    /// <summary>One loop's own side.</summary>
    internal readonly struct Caller(Callers all, int index)
    {
        /// <summary>Which one, from 0.</summary>
        public int Index => index;

        /// <summary>Whether to go on.</summary>
        public bool Goes => !all._stop;

        /// <summary>Its latencies.</summary>
        public LatencyHistogram Latency => all._latencies[index];

        /// <summary>An operation is under way and did not end at once.</summary>
        public void Waits() => Volatile.Write(ref all._waiting[(index + 1) * Stride], 1);

        /// <summary>An operation has ended.</summary>
        public void Done()
        {
            ref var count = ref all._counts[(index + 1) * Stride];
            Volatile.Write(ref count, count + 1);
            Volatile.Write(ref all._waiting[(index + 1) * Stride], 0);
        }
    }
}

/// <summary>What a window of the callers' operations cost, and how they fared.</summary>
/// <param name="Cost">The cost of all.</param>
/// <param name="InFlight">How many operations were under way and had not ended at once, on average over 100 looks.</param>
/// <param name="Fewest">The operations of the caller that had fewest.</param>
/// <param name="Most">The operations of the caller that had most.</param>
/// <param name="Threads">The thread pool's threads at the end.</param>
/// <param name="Latency">How long operations took, where the loop recorded it.</param>
internal readonly record struct CallersCost(
    Cost Cost, double InFlight, long Fewest, long Most, int Threads, LatencyHistogram Latency);
