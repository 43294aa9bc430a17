using System.Collections.Concurrent;
using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Scheduling;
using AkkaParty.Runtime.Sharding;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Entities;

/// <summary>What every cell of a node uses.</summary>
internal sealed record CellServices(
    RuntimeOptions Options,
    IJournal Journal,
    ISnapshotStore Snapshots,
    JournalWriter Writer,
    WakeQueue WakeQueue,
    IDispatcher Dispatcher,
    TimeProvider Time,
    NodeLease Lease,
    RuntimeMetrics Metrics,
    RuntimeEvents Events,
    ILogger Logger)
{
    /// <summary>The links to the other nodes.</summary>
    public required Remoting.PeerLinks Peers { get; init; }

    /// <summary>The node's one door to the snapshots.</summary>
    public SnapshotWriter SnapshotWriter { get; } = new(Snapshots, Dispatcher, Metrics, Events, Logger);

    /// <summary>Entities that rest after they have told many subscribers.</summary>
    public PauseQueue Pauses { get; } = new(Time);
}

/// <summary>One kind of entity on this node, whatever its types.</summary>
internal abstract class EntityKind(CellServices services)
{
    public CellServices Services { get; } = services;

    public abstract string Name { get; }

    /// <summary>Commands, queries and signals to bytes and back.</summary>
    public abstract IMessageCodec<object> MessageCodec { get; }

    /// <summary>Replies to bytes and back.</summary>
    public abstract IMessageCodec<object> ReplyCodec { get; }

    public abstract EntityCell CreateCell(Shard shard, string id);
}

/// <summary>One kind of entity on this node: its definition and what its cells share.</summary>
internal sealed class EntityKind<TState, TCommand, TEvent>(EntityDefinition<TState, TCommand, TEvent> definition, CellServices services)
    : EntityKind(services)
    where TState : class
    where TCommand : class
    where TEvent : class
{
    private const int FreeTurnsMax = 1_024;
    private readonly ConcurrentStack<CellTurn<TState, TEvent>> _freeTurns = new();
    private int _freeTurnCount;

    public EntityDefinition<TState, TCommand, TEvent> Definition { get; } = definition;

    public override string Name => Definition.Kind;

    public override IMessageCodec<object> MessageCodec => Definition.MessageCodec;

    public override IMessageCodec<object> ReplyCodec => Definition.ReplyCodec;

    public override EntityCell CreateCell(Shard shard, string id) => new EntityCell<TState, TCommand, TEvent>(this, shard, id);

    public CellTurn<TState, TEvent> RentTurn()
    {
        if (!_freeTurns.TryPop(out var turn))
        {
            return new CellTurn<TState, TEvent>();
        }

        Interlocked.Decrement(ref _freeTurnCount);
        return turn;
    }

    public void ReturnTurn(CellTurn<TState, TEvent> turn)
    {
        turn.Clear();

        // Counted beside the stack, which counts by walking through itself.
        if (Interlocked.Increment(ref _freeTurnCount) <= FreeTurnsMax)
        {
            _freeTurns.Push(turn);
        }
        else
        {
            Interlocked.Decrement(ref _freeTurnCount);
        }
    }
}
