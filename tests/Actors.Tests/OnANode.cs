using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Actors.Tests;

/// <summary>A kind of entity under the real runtime, on one node with a clock and turns that the test drives.</summary>
/// <param name="register">Registers the kind.</param>
public abstract class OnANode(Func<NodeRuntime, IShardRegion> register) : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly InMemoryJournal _journal = new();
    private readonly InMemorySnapshotStore _snapshots = new();
    private NodeRuntime _runtime = null!;

    private protected ManualDispatcher Dispatcher { get; } = new();

    private protected IShardRegion Region { get; private set; } = null!;

    private protected DateTimeOffset Now => _time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _runtime = new NodeRuntime(
            new RuntimeOptions(),
            new RuntimeSurroundings(
                _journal, _snapshots, new InMemoryLeaseStore(_time) { IsExclusive = true }, new NoPeersTransport(), _time, Dispatcher),
            NullLoggerFactory.Instance);
        Region = register(_runtime);
        await _runtime.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The node is gone, and another one starts on what was stored.</summary>
    private protected async Task CrashAsync()
    {
        await _runtime.DisposeAsync();
        await InitializeAsync();
    }

    private protected void Advance(int seconds)
    {
        for (var passed = 0; passed < seconds; passed++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Dispatcher.RunAll();
        }
    }

    private protected AskResult Run(ValueTask<AskResult> asked)
    {
        var answer = asked.AsTask();
        Dispatcher.RunAll();
        answer.IsCompleted.ShouldBeTrue("every turn has run and the ask has no answer");
        return answer.GetAwaiter().GetResult();
    }
}
