using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Entities;

/// <summary>Where a cell is in its one order: recover, decide, append, reply and publish.</summary>
internal enum CellStatus : byte
{
    /// <summary>Nothing is in memory; the next message starts the recovery.</summary>
    Passive,

    /// <summary>Being read back from the store.</summary>
    Recovering,

    /// <summary>In memory, no append under way.</summary>
    Ready,

    /// <summary>A turn's events are on their way to the journal; nothing else is decided until they are there.</summary>
    Appending,

    /// <summary>The recovery failed; everything is refused until the back-off is over.</summary>
    Broken,

    /// <summary>Left memory for good: another cell stands for the entity now, and a late call to this one means nothing.</summary>
    Gone,
}

/// <summary>What a cell is told from outside, besides its mail.</summary>
[Flags]
internal enum CellCalls
{
    None = 0,

    /// <summary>The append under way has its outcome.</summary>
    AppendEnded = 1,

    /// <summary>The append under way takes longer than callers wait.</summary>
    AppendStalled = 2,

    /// <summary>The recovery under way has its result.</summary>
    RecoveryEnded = 4,

    /// <summary>The instant the cell was armed for has come.</summary>
    Woken = 8,

    /// <summary>It is given up: nobody waits for it any more, and it leaves memory as soon as no call of its own is under way.</summary>
    Abandoned = 16,

    /// <summary>The pause after a turn that told many is over.</summary>
    PauseEnded = 32,
}

/// <summary>
/// One entity in memory. This part owns the mailbox and the guarantee that at most one turn runs at a time; the rest of
/// the class owns the order of things in a turn.
/// </summary>
internal abstract partial class EntityCell(Shard shard, string id) : IThreadPoolWorkItem, IAppendOwner
{
    private Mailbox _mailbox;
    private EnvelopeQueue _inbox;
    private int _scheduled;
    private int _calls;
    private long _armedTicks = long.MaxValue;

    /// <summary>The entity's id.</summary>
    public string Id { get; } = id;

    /// <summary>The shard it lives in.</summary>
    public Shard Shard { get; } = shard;

    /// <summary>
    /// The instant for which the wake queue holds this cell, in UTC ticks; <see cref="long.MaxValue"/> for none. The queue's own.
    /// </summary>
    public long ArmedTicks
    {
        get => Volatile.Read(ref _armedTicks);
        set => Volatile.Write(ref _armedTicks, value);
    }

    /// <summary>How many messages wait.</summary>
    public int MailCount => _mailbox.Count;

    protected CellStatus Status { get; set; }

    protected abstract IDispatcher Dispatcher { get; }

    /// <summary>Adds a message. The caller schedules the cell after it has let go of the shard's lock.</summary>
    /// <returns>False when the mailbox is full.</returns>
    public bool TryPost(Envelope envelope, int max) => _mailbox.TryPush(envelope, max);

    /// <summary>Adds a message that may not be refused.</summary>
    public void Post(Envelope envelope) => _mailbox.Push(envelope);

    /// <summary>Whether it was told something that no turn has looked at.</summary>
    public bool IsCalled => Volatile.Read(ref _calls) != 0;

    /// <summary>Notes that it must look what is due. The caller schedules the cell after it has let go of the shard's lock.</summary>
    public void NoteWake() => Interlocked.Or(ref _calls, (int)CellCalls.Woken);

    /// <summary>Notes that it is given up. The caller schedules the cell after it has let go of the shard's lock.</summary>
    public void NoteAbandoned() => Interlocked.Or(ref _calls, (int)CellCalls.Abandoned);

    /// <summary>Makes sure a turn runs soon.</summary>
    public void Schedule()
    {
        if (Volatile.Read(ref _scheduled) == 0 && Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            Dispatcher.Schedule(this);
        }
    }

    /// <summary>The instant it was armed for has come.</summary>
    public void Wake() => Call(CellCalls.Woken);

    /// <summary>Its pause is over.</summary>
    public void EndPause() => Call(CellCalls.PauseEnded);

    /// <inheritdoc />
    public void AppendEnded() => Call(CellCalls.AppendEnded);

    /// <inheritdoc />
    public void AppendStalled() => Call(CellCalls.AppendStalled);

    /// <inheritdoc />
    public void Execute()
    {
        _inbox.EnqueueChain(_mailbox.TakeAll());
        var calls = Volatile.Read(ref _calls) == 0 ? CellCalls.None : (CellCalls)Interlocked.Exchange(ref _calls, 0);
        var released = RunTurn(calls);

        // A full fence: whoever calls or posts after this sees "not scheduled", and what came before is seen below.
        Interlocked.Exchange(ref _scheduled, 0);
        if (HasWork())
        {
            Schedule();
        }

        // Callers go on only after the entity is free again, so that what they do next never holds it up.
        while (released.Dequeue() is Ask ask)
        {
            ask.Release();
        }
    }

    /// <summary>Runs one turn.</summary>
    /// <param name="calls">What the cell was told since the last turn.</param>
    /// <returns>The asks whose answers may go out.</returns>
    protected abstract EnvelopeQueue RunTurn(CellCalls calls);

    protected void Call(CellCalls call)
    {
        Interlocked.Or(ref _calls, (int)call);
        Schedule();
    }

    /// <summary>Whether this cell refuses what comes instead of letting it wait.</summary>
    protected abstract bool Refuses { get; }

    /// <summary>Whether it stands in the queue of those that pause: until it is told, what waits is no work.</summary>
    protected bool IsPaused { get; set; }

    protected bool InboxIsEmpty => _inbox.IsEmpty;

    protected Envelope? TakeNext() => _inbox.Dequeue();

    protected void PutBack(EnvelopeQueue front) => _inbox.Prepend(front);

    protected void Finished(int messages) => _mailbox.Finished(messages);

    /// <summary>Puts a command of the runtime's own in line; it has no caller and is never refused.</summary>
    protected void PostInternal(Ask ask)
    {
        _mailbox.Push(ask);
        Schedule();
    }

    private bool HasWork() =>
        Volatile.Read(ref _calls) != 0
        || ((Refuses || Status == CellStatus.Passive || (Status == CellStatus.Ready && !IsPaused))
            && (!_inbox.IsEmpty || _mailbox.HasMail));
}
