using System.Buffers;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Entities;

/// <summary>
/// What one turn has decided and not yet made durable. Pooled: only cells with an append under way hold one.
/// </summary>
internal sealed class CellTurn<TState, TEvent>
    where TState : class
    where TEvent : class
{
    /// <summary>The state after the turn's events.</summary>
    public TState State { get; set; } = null!;

    /// <summary>The sequence number after the turn's events.</summary>
    public long Seq { get; set; }

    /// <summary>The events in order, beside <see cref="Entries"/>.</summary>
    public List<TEvent> Events { get; } = [];

    /// <summary>The events as they will be stored.</summary>
    public List<JournalEntry> Entries { get; } = [];

    /// <summary>The asks that are answered when the append has ended, their answers set.</summary>
    public EnvelopeQueue Waiting;

    /// <summary>The commands of this turn that have an id, with the reply a duplicate gets.</summary>
    public List<(CommandId Command, AskResult Result)> Commands { get; } = [];

    /// <summary>The operation handed to the writer.</summary>
    public AppendOperation Operation { get; } = new();

    /// <summary>Where one event or reply is encoded.</summary>
    public ArrayBufferWriter<byte> Buffer { get; } = new(512);

    /// <summary>Whether an answer without events must be confirmed against the head.</summary>
    public bool NeedsVerify { get; set; }

    /// <summary>A bug met in this turn: the entity stops once what came before it is stored.</summary>
    public Exception? Bug { get; set; }

    /// <summary>When the turn decided, in UTC.</summary>
    public DateTimeOffset At { get; set; }

    public bool IsEmpty => Events.Count == 0 && !NeedsVerify;

    public void Clear()
    {
        State = null!;
        Events.Clear();
        Entries.Clear();
        Waiting = default;
        Commands.Clear();
        NeedsVerify = false;
        Bug = null;
    }
}
