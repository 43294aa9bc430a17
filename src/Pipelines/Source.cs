namespace AkkaParty.Pipelines;

/// <summary>
/// A pipeline that is being put together: where elements come in, and what happens to them up to here. A blueprint; each call gives a new
/// one, and the same may be started several times.
/// </summary>
/// <typeparam name="TIn">What comes in at the beginning.</typeparam>
/// <typeparam name="TOut">What comes out so far.</typeparam>
public sealed class Source<TIn, TOut>
{
    private readonly Func<Run, Emit<TOut>, Emit<TIn>> _connect;

    internal Source(Func<Run, Emit<TOut>, Emit<TIn>> connect) => _connect = connect;

    /// <summary>Adds a stage.</summary>
    /// <typeparam name="TNext">What comes out of it.</typeparam>
    /// <param name="flow">The stage.</param>
    /// <returns>The pipeline up to it.</returns>
    public Source<TIn, TNext> Via<TNext>(Flow<TOut, TNext> flow) =>
        new((run, next) => _connect(run, run.Add(flow, next)));

    /// <summary>Goes on with each part of an element instead of with the element: none, one or many, in their order.</summary>
    /// <typeparam name="TNext">A part.</typeparam>
    /// <param name="parts">The parts; pure. Taken one by one, as the next stage has room.</param>
    /// <returns>The pipeline up to there.</returns>
    public Source<TIn, TNext> Spread<TNext>(Func<TOut, IEnumerable<TNext>> parts) =>
        new((run, next) => _connect(run, async (element, token) =>
        {
            foreach (var part in parts(element))
            {
                await next(part, token);
            }
        }));

    /// <summary>Adds the last stage and starts.</summary>
    /// <param name="sink">The last stage.</param>
    /// <param name="options">What the pipeline needs from outside.</param>
    /// <returns>The running pipeline.</returns>
    /// <exception cref="ArgumentException">A stage's setting is out of range, or two have one name; the message says which.</exception>
    public Pipeline<TIn> To(Sink<TOut> sink, PipelineOptions options)
    {
        var run = new Run(options);
        try
        {
            return new Pipeline<TIn>(run, _connect(run, run.Add(sink.ToFlow(), static (_, _) => ValueTask.CompletedTask)));
        }
        catch
        {
            run.Stop();
            run.Dispose();
            throw;
        }
    }
}

/// <summary>Where a pipeline begins.</summary>
public static class Source
{
    /// <summary>Elements that are offered to the running pipeline, one by one.</summary>
    /// <typeparam name="TIn">What comes in.</typeparam>
    /// <returns>The beginning of a pipeline; its first stage's buffer bounds what waits.</returns>
    public static Source<TIn, TIn> Of<TIn>() => new((_, next) => next);
}

/// <summary>Hands an element on; completes when the next stage has room for it.</summary>
internal delegate ValueTask Emit<in T>(T element, CancellationToken cancellationToken);
