using System.Threading.Channels;

namespace AkkaParty.Pipelines;

/// <summary>A running stage, whatever goes through it.</summary>
internal interface IStage
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Where it stands.</summary>
    StageProgress Progress { get; }

    /// <summary>Completes when no worker runs any more.</summary>
    Task Finished { get; }

    /// <summary>Takes no more; what waits is still worked on.</summary>
    void Complete();
}

/// <summary>A running stage: a bounded buffer, and as many workers as may work at once, each taking one element after the other.</summary>
internal sealed class Stage<TIn, TOut> : IStage
{
    private readonly Flow<TIn, TOut> _flow;
    private readonly Emit<TOut> _next;
    private readonly Run _run;
    private readonly Channel<TIn> _buffer;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private int _active;
    private long _done;
    private long _failed;
    private long _joined;
    private long _retries;

    public Stage(Flow<TIn, TOut> flow, Emit<TOut> next, Run run)
    {
        (_flow, _next, _run) = (flow, next, run);
        _buffer = Channel.CreateBounded<TIn>(new BoundedChannelOptions(flow.BufferMax) { SingleReader = flow.Parallelism == 1 });
        Finished = Task.WhenAll(Enumerable.Range(0, flow.Parallelism).Select(_ => WorkAsync()));
    }

    public string Name => _flow.Name;

    public Task Finished { get; }

    public StageProgress Progress => new(
        Name,
        _buffer.Reader.Count,
        Volatile.Read(ref _active),
        Interlocked.Read(ref _done),
        Interlocked.Read(ref _failed),
        Interlocked.Read(ref _joined),
        Interlocked.Read(ref _retries));

    public ValueTask OfferAsync(TIn element, CancellationToken cancellationToken) => _buffer.Writer.WriteAsync(element, cancellationToken);

    public void Complete() => _buffer.Writer.TryComplete();

    private async Task WorkAsync()
    {
        try
        {
            while (await _buffer.Reader.WaitToReadAsync(_run.Stopping))
            {
                while (!_run.Stopping.IsCancellationRequested && _buffer.Reader.TryRead(out var element))
                {
                    Interlocked.Increment(ref _active);
                    try
                    {
                        await (_flow.Sharing is { } sharing ? ShareAsync(element, sharing) : PassAsync(element, await TryAsync(element)));
                    }
                    finally
                    {
                        Interlocked.Decrement(ref _active);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (_run.Stopping.IsCancellationRequested)
        {
            // The pipeline is stopped: what is left is given up, as its owner wants.
        }
        catch (Exception failure)
        {
            _run.Fail(failure);
        }
    }

    private async Task PassAsync(TIn element, Landing landing)
    {
        if (landing.Failure is null)
        {
            Interlocked.Increment(ref _done);
            await _next(landing.Output!, _run.Stopping);
            return;
        }

        Interlocked.Increment(ref _failed);
        if (_flow.Failed is not { } failed)
        {
            throw landing.Failure;
        }

        await _next(failed(element, landing.Failure), _run.Stopping);
    }

    private async Task ShareAsync(TIn element, Sharing<TIn, TOut> sharing)
    {
        var key = sharing.KeyOf(element);
        Flight? flight;
        while (!TryTakeOff(key, out flight))
        {
            if (flight.TryJoin(element, sharing.JoinedMax))
            {
                return;
            }

            // Whoever joins takes no worker's place, so their number is bounded; beyond it this worker waits with its element.
            await flight.Landed.WaitAsync(_run.Stopping);
        }

        var landing = await TryAsync(element);
        List<TIn> joined;
        lock (_gate)
        {
            _flights.Remove(key);
            joined = flight.Land();
        }

        await PassAsync(element, landing);
        Interlocked.Add(ref _joined, joined.Count);
        foreach (var other in joined)
        {
            await PassAsync(other, landing.Failure is null ? new Landing(sharing.Copy(other, landing.Output!), null) : landing);
        }
    }

    /// <summary>Begins a flight, or finds the one under way.</summary>
    private bool TryTakeOff(string key, out Flight flight)
    {
        lock (_gate)
        {
            if (_flights.TryGetValue(key, out flight!))
            {
                return false;
            }

            _flights.Add(key, flight = new Flight());
            return true;
        }
    }

    private async Task<Landing> TryAsync(TIn element)
    {
        for (var attempts = 1; ; attempts++)
        {
            TimeSpan wait;
            try
            {
                return new Landing(await _flow.Work(element, _run.Stopping), null);
            }
            catch (OperationCanceledException) when (_run.Stopping.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception failure)
            {
                if (_flow.Retry.WaitAfter(attempts, failure, _run.Options.Random()) is not { } some)
                {
                    return new Landing(default, failure);
                }

                wait = some;
            }

            await Task.Delay(wait, _run.Options.Time, _run.Stopping);
            Interlocked.Increment(ref _retries);
        }
    }

    /// <summary>How a piece of work ended.</summary>
    private readonly record struct Landing(TOut? Output, Exception? Failure);

    /// <summary>Work that elements of one key share. Joining and landing exclude each other, so nobody joins what has landed.</summary>
    private sealed class Flight
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<TIn> _joined = [];
        private bool _hasLanded;

        public Task Landed => _landed.Task;

        public bool TryJoin(TIn element, int joinedMax)
        {
            lock (_gate)
            {
                if (_hasLanded || _joined.Count >= joinedMax)
                {
                    return false;
                }

                _joined.Add(element);
                return true;
            }
        }

        public List<TIn> Land()
        {
            lock (_gate)
            {
                _hasLanded = true;
            }

            _landed.TrySetResult();
            return _joined;
        }
    }
}
