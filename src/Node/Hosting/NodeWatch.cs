using System.Reflection;
using AkkaParty.Http.Health;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;

namespace AkkaParty.Node.Hosting;

/// <summary>
/// Knows how the node is: asks the store for a sign of life every two seconds, through the same door as every append, so
/// that a stuck writer is noticed and not only a missing file. A store that answers but has refused to keep something is asked to keep
/// something else, until it does.
/// </summary>
internal sealed partial class NodeWatch(RuntimeHost host, TimeProvider time, string films, ILogger<NodeWatch> logger)
    : IHostedService, INodeHealth, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly EntityAddress Nobody = new("health", "probe");

    private readonly CancellationTokenSource _stopping = new();
    private Task _watching = Task.CompletedTask;
    private volatile bool _isDatabaseUp;
    private bool _storeRefuses;

    /// <summary>The program's version, without the commit it was built from.</summary>
    public static string Version { get; } =
        typeof(NodeWatch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <inheritdoc />
    public NodeHealth Current
    {
        get
        {
            var reason = host.Phase switch
            {
                HostPhase.WaitingForStore => "The node waits for its database.",
                HostPhase.Joining => "The node joins.",
                HostPhase.Draining => "The node hands its shards over.",
                HostPhase.Stopped => "The node stops.",
                _ => WhyNotServing(host.Node?.Runtime.Status.Phase),
            };
            return new NodeHealth(reason is null, _isDatabaseUp, reason, Version, films);
        }
    }

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ProbeAsync(_stopping.Token);
        _watching = WatchAsync();
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _watching;
    }

    /// <inheritdoc />
    public void Dispose() => _stopping.Dispose();

    private string? WhyNotServing(NodePhase? phase) => phase switch
    {
        NodePhase.Serving => !_isDatabaseUp ? "The store does not answer."
            : host.Node?.Runtime.StoreRefuses == true ? "The store refuses to keep anything; its disk may be full."
            : null,
        NodePhase.Fenced => "The node has had no word from its database for too long; it serves again when it has.",
        NodePhase.CutOff => "The node cannot reach the other nodes; it serves again when it can.",
        NodePhase.Draining => "The node hands its shards over.",
        NodePhase.Stopped => "The node stops.",
        _ => "The node joins.",
    };

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await ProbeAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        if (host.Node is not { } node)
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Patience);
        var verify = new AppendOperation { Address = Nobody };
        await node.Stores.Journal.CommitAsync([verify], patience.Token);
        stopping.ThrowIfCancellationRequested();
        var isUp = verify.Outcome is AppendOutcome.Appended or AppendOutcome.Conflict;
        if (_isDatabaseUp && !isUp)
        {
            LogDatabaseAway(logger, verify.Outcome);
        }
        else if (!_isDatabaseUp && isUp)
        {
            LogDatabaseAnswers(logger);
        }

        _isDatabaseUp = isUp;
        if (isUp && node.Runtime.StoreRefuses)
        {
            await ProbeWritingAsync(node, patience.Token);
        }
    }

    private async Task ProbeWritingAsync(RunningNode node, CancellationToken patience)
    {
        if (!_storeRefuses)
        {
            LogStoreRefuses(logger);
        }

        _storeRefuses = !await new WriteProbe(node.Stores.Projections).TryAsync(patience);
        if (!_storeRefuses)
        {
            node.Runtime.StoreRefuses = false;
            LogStoreKeeps(logger);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The store does not answer ({Outcome}); commands are answered with 503 until it does.")]
    private static partial void LogDatabaseAway(ILogger logger, AppendOutcome outcome);

    [LoggerMessage(2, LogLevel.Debug, "The store answers.")]
    private static partial void LogDatabaseAnswers(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "The store has refused to keep something; commands are answered with 503 until it does.")]
    private static partial void LogStoreRefuses(ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "The store keeps what it is given.")]
    private static partial void LogStoreKeeps(ILogger logger);
}
