namespace AkkaParty.Pipelines;

/// <summary>The last stage: where elements end.</summary>
/// <typeparam name="TIn">What comes in.</typeparam>
/// <param name="name">Its name in progress and metrics: lower case, unique in its pipeline.</param>
/// <param name="work">Takes one; the token is cancelled when the pipeline is stopped before it is drained.</param>
public sealed class Sink<TIn>(string name, Func<TIn, CancellationToken, ValueTask> work)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>How many elements are worked on at once, those that wait to be tried again included; 1 to 1,000. Default: 1.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>How many elements may wait in front; when it is full the stage before waits. 1 to 100,000. Default: 64.</summary>
    public int BufferMax { get; init; } = 64;

    /// <summary>What happens when the work fails. Default: nothing is tried again.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>Is told of an element whose work has failed for good. Without it such a failure stops the whole pipeline.</summary>
    public Action<TIn, Exception>? Failed { get; init; }

    internal Flow<TIn, Nothing> ToFlow()
    {
        var failed = Failed;
        return new Flow<TIn, Nothing>(Name, async (element, token) =>
        {
            await work(element, token);
            return default;
        })
        {
            Parallelism = Parallelism,
            BufferMax = BufferMax,
            Retry = Retry,
            Failed = failed is null ? null : (element, failure) =>
            {
                failed(element, failure);
                return default;
            },
        };
    }
}

/// <summary>What comes out of a sink.</summary>
internal readonly struct Nothing;
