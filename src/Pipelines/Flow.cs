namespace AkkaParty.Pipelines;

/// <summary>
/// A stage that makes one element of another. A blueprint: nothing runs before the pipeline starts. Elements keep their order only when
/// one is worked on at a time.
/// </summary>
/// <typeparam name="TIn">What comes in.</typeparam>
/// <typeparam name="TOut">What goes out.</typeparam>
/// <param name="name">Its name in progress and metrics: lower case, unique in its pipeline.</param>
/// <param name="work">Does it; the token is cancelled when the pipeline is stopped before it is drained.</param>
public sealed class Flow<TIn, TOut>(string name, Func<TIn, CancellationToken, ValueTask<TOut>> work)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>How many elements are worked on at once, those that wait to be tried again included; 1 to 1,000. Default: 1.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>How many elements may wait in front; when it is full the stage before waits. 1 to 100,000. Default: 64.</summary>
    public int BufferMax { get; init; } = 64;

    /// <summary>What happens when the work fails. Default: nothing is tried again.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>
    /// What goes out in place of an element whose work has failed for good. Without it such a failure stops the whole pipeline, so that
    /// none is lost in silence.
    /// </summary>
    public Func<TIn, Exception, TOut>? Failed { get; init; }

    /// <summary>Whether elements of the same key share one piece of work; null for no.</summary>
    public Sharing<TIn, TOut>? Sharing { get; init; }

    internal Func<TIn, CancellationToken, ValueTask<TOut>> Work { get; } = work;
}

/// <summary>
/// One flight per key: an element whose key is being worked on joins that work instead of doing it again, and takes no place of those that
/// are worked on at once.
/// </summary>
/// <typeparam name="TIn">What comes in.</typeparam>
/// <typeparam name="TOut">What goes out.</typeparam>
/// <param name="KeyOf">An element's key, compared by ordinal.</param>
/// <param name="Copy">Makes, of an element that joined and of what came out for the first, what goes out for it.</param>
/// <param name="JoinedMax">How many may join one flight, at least 1; further ones hold the stage up until it has landed.</param>
public sealed record Sharing<TIn, TOut>(Func<TIn, string> KeyOf, Func<TIn, TOut, TOut> Copy, int JoinedMax = 64);
