using System.Threading.Channels;

namespace AkkaParty.Pipelines;

/// <summary>What all pipelines have in common.</summary>
public static class Pipeline
{
    /// <summary>The meter under which pipelines are measured.</summary>
    public const string MeterName = "AkkaParty.Pipelines";
}

/// <summary>
/// A running pipeline: elements go from stage to stage through bounded buffers, and whoever offers one waits when the first is full. It
/// keeps nothing: what has not come to its end when it is stopped must be offered again by its owner.
/// </summary>
/// <typeparam name="TIn">What comes in.</typeparam>
public sealed class Pipeline<TIn> : IAsyncDisposable
{
    private readonly Run _run;
    private readonly Emit<TIn> _first;
    private readonly IStage[] _stages;
    private int _isDisposed;

    internal Pipeline(Run run, Emit<TIn> first)
    {
        _run = run;
        _first = first;
        _stages = [.. run.Stages];
        Completion = CompleteAsync();
    }

    /// <summary>
    /// Completes when no worker runs any more: successfully after <see cref="DrainAsync"/>, cancelled when it was stopped before. Fails
    /// with what stopped it when that was a failure no stage treats.
    /// </summary>
    public Task Completion { get; }

    /// <summary>Where it stands.</summary>
    public PipelineProgress Progress => new(_run.Options.Name, [.. _stages.Select(stage => stage.Progress)]);

    /// <summary>Offers an element; waits while the first buffer is full.</summary>
    /// <param name="element">The element.</param>
    /// <param name="cancellationToken">Stops waiting; the element has then not been taken.</param>
    /// <returns>False when the pipeline takes no more: it drains or has ended.</returns>
    public async ValueTask<bool> OfferAsync(TIn element, CancellationToken cancellationToken)
    {
        try
        {
            await _first(element, cancellationToken);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    /// <summary>Offers elements as fast as they are taken.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="cancellationToken">Stops offering.</param>
    /// <returns>How many were taken; the rest was not, because the pipeline takes no more.</returns>
    public async Task<long> FeedAsync(IAsyncEnumerable<TIn> elements, CancellationToken cancellationToken)
    {
        var taken = 0L;
        await foreach (var element in elements.WithCancellation(cancellationToken))
        {
            if (!await OfferAsync(element, cancellationToken))
            {
                break;
            }

            taken++;
        }

        return taken;
    }

    /// <summary>Takes no more, and waits until everything that was taken has come to its end.</summary>
    /// <param name="cancellationToken">Stops waiting, not draining.</param>
    /// <returns><see cref="Completion"/>.</returns>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        _stages[0].Complete();
        return Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Gives up what is left, and waits until no worker runs any more.</summary>
    /// <returns>A task that completes then.</returns>
    public async ValueTask DisposeAsync()
    {
        var isFirst = Interlocked.Exchange(ref _isDisposed, 1) == 0;
        if (isFirst)
        {
            _run.Stop();
        }

        // How it ended is Completion's to say; here only that it has.
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isFirst)
        {
            _run.Dispose();
        }
    }

    private async Task CompleteAsync()
    {
        // A stage's workers end when its buffer is complete and empty; only then does the next stage know that nothing more comes.
        for (var i = 0; i < _stages.Length; i++)
        {
            await _stages[i].Finished;
            _stages[i].Complete();
            if (i + 1 < _stages.Length)
            {
                _stages[i + 1].Complete();
            }
        }

        if (_run.Failure is { } failure)
        {
            throw failure;
        }

        _run.Stopping.ThrowIfCancellationRequested();
    }
}
