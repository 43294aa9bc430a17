using AkkaParty.Runtime.Journal;
using AkkaParty.Simulation.Kernel;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Simulation.Nodes;

/// <summary>What a node logs: an error that is not the store's absence is a bug, and ends the run.</summary>
internal sealed class SimLog(SimWorld world, string name) : ILoggerFactory, ILogger
{
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("A simulated node logs to the trace alone.");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error || world.Trace.KeepsLines;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        world.Say(name, $"log {logLevel}: {formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}");
        if (logLevel >= LogLevel.Error && exception is not (JournalUnavailableException or OperationCanceledException))
        {
            world.Violate($"{name} logged an error: {formatter(state, exception)}\n{exception}");
        }
    }

    public void Dispose()
    {
    }
}
