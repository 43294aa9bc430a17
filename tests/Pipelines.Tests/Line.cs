using System.Collections.Concurrent;

namespace AkkaParty.Pipelines.Tests;

/// <summary>A pipeline's surroundings: a clock that a test moves, no jitter, and a sink that keeps what arrives.</summary>
internal sealed class Line<T>
{
    private readonly ConcurrentQueue<T> _arrived = new();

    public ManualTime Time { get; } = new();

    public IReadOnlyList<T> Arrived => [.. _arrived];

    public PipelineOptions Options => new("test", Time) { Random = () => 0.5 };

    public Sink<T> Sink(int parallelism = 1, int bufferMax = 64) => new("keep", (element, _) =>
    {
        _arrived.Enqueue(element);
        return ValueTask.CompletedTask;
    })
    {
        Parallelism = parallelism,
        BufferMax = bufferMax,
    };
}

/// <summary>Work that tells when it has begun and goes on when the test lets it.</summary>
internal sealed class HeldWork
{
    private readonly ConcurrentDictionary<string, Turn> _turns = new(StringComparer.Ordinal);
    private int _begun;
    private int _active;
    private int _activeMax;

    public int Begun => Volatile.Read(ref _begun);

    public int ActiveMax => Volatile.Read(ref _activeMax);

    public async ValueTask<string> DoAsync(string element, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begun);
        var active = Interlocked.Increment(ref _active);
        InterlockedMax(active);
        try
        {
            var turn = Find(element);
            turn.Begun.TrySetResult();
            await turn.Released.Task.WaitAsync(cancellationToken);
            return element.ToUpperInvariant();
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    public Task BegunAsync(string element) => Find(element).Begun.Task.Within($"the beginning of the work on {element}");

    public void Release(params ReadOnlySpan<string> elements)
    {
        foreach (var element in elements)
        {
            Find(element).Released.TrySetResult();
        }
    }

    public void Fail(string element, Exception failure) => Find(element).Released.TrySetException(failure);

    private Turn Find(string element) => _turns.GetOrAdd(element, _ => new Turn());

    private void InterlockedMax(int active)
    {
        int known;
        while ((known = Volatile.Read(ref _activeMax)) < active && Interlocked.CompareExchange(ref _activeMax, active, known) != known)
        {
            // Somebody else raised it.
        }
    }

    private sealed class Turn
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
