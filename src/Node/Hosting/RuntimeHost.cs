using AkkaParty.Runtime;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Node.Hosting;

/// <summary>Where the node is between its start and its end.</summary>
internal enum HostPhase
{
    /// <summary>The store is not open yet.</summary>
    WaitingForStore,

    /// <summary>The store is open and the node joins.</summary>
    Joining,

    /// <summary>It serves, as far as its own lease and the store let it.</summary>
    Running,

    /// <summary>It hands its shards over and still answers.</summary>
    Draining,

    /// <summary>It is over.</summary>
    Stopped,
}

/// <summary>
/// Takes the node from the opening of its store to its orderly end. A store in a file opens before the first connection is
/// accepted; a database may be away, so connections are accepted and told to come back until it answers. On a stop the shards are
/// handed over first, while everything still works; then the web server closes; then the node leaves.
/// </summary>
internal sealed partial class RuntimeHost(
    StoreOpener opener,
    Func<NodeStores, RunningNode> build,
    HostTimes times,
    NodeTime time,
    IHostApplicationLifetime lifetime,
    ILogger<RuntimeHost> logger)
    : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _starting = Task.CompletedTask;
    private volatile RunningNode? _node;
    private volatile int _phase;
    private volatile bool _isDisposed;

    /// <summary>Where the node is.</summary>
    public HostPhase Phase
    {
        get => (HostPhase)_phase;
        private set => _phase = (int)value;
    }

    /// <summary>The node once its store is open, joined or not; null before.</summary>
    public RunningNode? Node => _node;

    /// <summary>The node while its regions may be asked; null before it has joined.</summary>
    public RunningNode? Serving => Phase is HostPhase.Running or HostPhase.Draining or HostPhase.Stopped ? _node : null;

    /// <summary>Completes when the node has joined, and fails with what made that impossible.</summary>
    public Task Started => _started.Task;

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _starting = RunStartAsync();
        if (!opener.MayBeAway)
        {
            await using var registration = cancellationToken.Register(_stop.Cancel);
            await _starting;
            await _started.Task;
        }
    }

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (Phase != HostPhase.Running)
        {
            await _stop.CancelAsync();
            return;
        }

        Phase = HostPhase.Draining;
        if (times.NotReady > TimeSpan.Zero)
        {
            // Balancers look every second or so; until they have, connections still come here and are served.
            await Task.WhenAll(DrainAsync(_node!.Runtime), Task.Delay(times.NotReady, time, CancellationToken.None));
        }
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _starting;
        Phase = HostPhase.Stopped;
        if (_node is { } node && !_isDisposed)
        {
            await node.Runtime.StopAsync(times.Stop);
        }

        await DisposeAsync();
    }

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await _stop.CancelAsync();
            await _starting;
            if (_node is { } node)
            {
                await node.DisposeAsync();
            }
        }
    }

    private async Task DrainAsync(NodeRuntime runtime)
    {
        if (runtime.Cluster is { Members.Count: > 1 })
        {
            await runtime.DrainAsync(times.Drain);
        }
    }

    private async Task RunStartAsync()
    {
        try
        {
            var stores = await OpenAsync();
            try
            {
                _node = build(stores);
            }
            catch
            {
                await stores.Owner.DisposeAsync();
                throw;
            }

            Phase = HostPhase.Joining;
            await _node.StartAsync(_stop.Token);
            Phase = HostPhase.Running;
            _started.TrySetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _started.TrySetCanceled(_stop.Token);
        }
        catch (Exception error)
        {
            // Told once, by whoever waits for the start; nothing else is served until the program ends.
            _started.TrySetException(error);
            lifetime.StopApplication();
        }
    }

    private async Task<NodeStores> OpenAsync()
    {
        while (true)
        {
            try
            {
                return await opener.OpenAsync(_stop.Token);
            }
            catch (JournalUnavailableException error) when (opener.MayBeAway)
            {
                LogWaiting(logger, opener.Shown, (error.InnerException ?? error).Message.ReplaceLineEndings(" "));
            }

            await Task.Delay(RetryAfter, time, _stop.Token);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Waiting for the database at {Database}: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string database, string reason);
}

/// <summary>How long the steps of a stop may take.</summary>
/// <param name="Drain">Handing the shards over.</param>
/// <param name="NotReady">How long the node still takes connections after it says that it is not ready; zero when it is alone.</param>
/// <param name="Stop">Finishing what is under way in entities.</param>
internal sealed record HostTimes(TimeSpan Drain, TimeSpan NotReady, TimeSpan Stop);
