using AkkaParty.Runtime;
using AkkaParty.Runtime.Sqlite;

namespace AkkaParty.Node.Hosting;

/// <summary>
/// Starts the runtime before the first connection is accepted, and ends it after the last one is closed: drain, leave,
/// close the store.
/// </summary>
internal sealed class RuntimeHost(NodeRuntime runtime, SqliteStore store, TimeSpan drainTimeout) : IHostedService, IAsyncDisposable
{
    private bool _isDisposed;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => runtime.StartAsync(cancellationToken);

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await runtime.StopAsync(drainTimeout);
        await DisposeAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await runtime.DisposeAsync();
            await store.DisposeAsync();
        }
    }
}
