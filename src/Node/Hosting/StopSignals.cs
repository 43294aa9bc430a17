using System.Runtime.InteropServices;

namespace AkkaParty.Node.Hosting;

/// <summary>Hears that the program shall stop: from the operating system, or from an operator over the admin endpoint.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Cancelled when the program shall stop.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Listens for SIGTERM, SIGINT (Ctrl+C) and SIGQUIT from now on.</summary>
    public void Listen()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Request();
            }));
        }
    }

    /// <summary>Says that the program shall stop, in order.</summary>
    public void Request() => _stop.Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }
}

/// <summary>
/// Leaves signals to <see cref="StopSignals"/>: the host's own way closes every connection first, and this server first hands its
/// shards over while it still serves.
/// </summary>
internal sealed class NoSignalsLifetime : IHostLifetime
{
    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
