using AkkaParty.Runtime;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.Sqlite;

namespace AkkaParty.Node.Hosting;

/// <summary>
/// Starts the runtime before the first connection is accepted, and ends it after the last one is closed: drain, leave,
/// end the projections, close the store.
/// </summary>
internal sealed class RuntimeHost(
    NodeRuntime runtime, IReadOnlyList<ProjectionRunner> projections, SqliteStore store, TimeSpan drainTimeout)
    : IHostedService, IAsyncDisposable
{
    private bool _isDisposed;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var projection in projections)
        {
            runtime.OnAppended(projection.NoteAppend);
        }

        await runtime.StartAsync(cancellationToken);
        foreach (var projection in projections)
        {
            // The last process may have ended before it came to its last events.
            projection.Poke();
        }
    }

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
            foreach (var projection in projections)
            {
                await projection.DisposeAsync();
            }

            await runtime.DisposeAsync();
            await store.DisposeAsync();
        }
    }
}
