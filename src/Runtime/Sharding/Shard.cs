using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Sharding;

/// <summary>What became of a message that was handed to a shard.</summary>
internal enum Posting : byte
{
    /// <summary>It is in a mailbox, or waits for the shard to have a home.</summary>
    Taken,

    /// <summary>There is no room for it.</summary>
    Full,

    /// <summary>The shard is known to be served elsewhere, or not at all: look at its home again.</summary>
    NotHere,
}

/// <summary>A message that waits for its shard to have a home.</summary>
/// <param name="Id">The entity.</param>
/// <param name="Envelope">The message.</param>
/// <param name="Since">Since when, on the monotonic clock.</param>
internal readonly record struct Buffered(string Id, Envelope Envelope, long Since);

/// <summary>The entities of one kind that share a shard number: starts those that are passive, delivers, lets idle ones go.</summary>
internal sealed partial class Shard(int number, EntityKind kind, ShardHomes homes)
{
    private readonly Lock _gate = new();
    private Dictionary<string, EntityCell>? _cells;
    private Queue<Buffered>? _buffer;

    /// <summary>0 to 255.</summary>
    public int Number { get; } = number;

    /// <summary>Delivers to an entity that lives here, or keeps the message while the shard has no home.</summary>
    public Posting TryPost(string id, Envelope envelope, bool mayRefuse)
    {
        EntityCell cell;
        bool posted;
        var refused = default(EnvelopeQueue);
        lock (_gate)
        {
            // Under the lock: a shard that is emptied is asked for its entities after its home has changed, so none comes later.
            var home = homes[Number].Kind;
            if (home == HomeKind.Unknown)
            {
                return TryBuffer(id, envelope) ? Posting.Taken : Posting.Full;
            }

            if (home != HomeKind.Local)
            {
                return Posting.NotHere;
            }

            // What waited for the home came first.
            if (_buffer is not null)
            {
                refused = DeliverBuffer();
            }

            cell = FindOrCreate(id);
            posted = TryPost(cell, envelope, mayRefuse);
        }

        Refuse(refused, ShardRegion.Busy);
        if (posted)
        {
            cell.Schedule();
        }

        return posted ? Posting.Taken : Posting.Full;
    }

    /// <summary>Delivers to an entity that is in memory here, wherever its shard is: the end of a subscription.</summary>
    public void PostIfPresent(string id, Envelope envelope)
    {
        EntityCell? cell;
        lock (_gate)
        {
            cell = _cells?.GetValueOrDefault(id);
            cell?.Post(envelope);
        }

        cell?.Schedule();
    }

    /// <summary>Passes a signal on to an entity that is in memory: no other has subscribers.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool TrySignal(string id, object signal)
    {
        EntityCell? cell;
        lock (_gate)
        {
            cell = _cells?.GetValueOrDefault(id);
            if (cell?.TryPost(new SignalEnvelope(signal), kind.Services.Options.MailboxMax) != true)
            {
                return false;
            }
        }

        cell.Schedule();
        return true;
    }

    /// <summary>Brings an entity into memory, because its deadline comes or it must be kept alive.</summary>
    public void Activate(string id)
    {
        EntityCell cell;
        lock (_gate)
        {
            if (homes[Number].Kind != HomeKind.Local)
            {
                return;
            }

            cell = FindOrCreate(id);
            cell.NoteWake();
        }

        cell.Schedule();
    }

    /// <summary>Lets an idle entity go. Posting happens under the same lock, so no message can be lost between.</summary>
    /// <returns>False when mail or a call has come in the meantime.</returns>
    public bool TryRemove(EntityCell cell)
    {
        lock (_gate)
        {
            if (cell.MailCount > 0 || cell.IsCalled || _cells?.Remove(cell.Id) != true)
            {
                return false;
            }

            // A dictionary keeps the room of its fullest hour: an empty shard lets it go.
            _cells = _cells.Count == 0 ? null : _cells;
        }

        kind.Services.Metrics.EntityEnded();
        return true;
    }

    /// <summary>The shard lives here now: delivers what waited.</summary>
    public void Flush()
    {
        var refused = default(EnvelopeQueue);
        lock (_gate)
        {
            if (homes[Number].Kind == HomeKind.Local)
            {
                refused = DeliverBuffer();
            }
        }

        Refuse(refused, ShardRegion.Busy);
    }

    /// <summary>Takes what waits for a home, oldest first.</summary>
    public IReadOnlyCollection<Buffered> TakeBuffer()
    {
        lock (_gate)
        {
            var waiting = _buffer;
            _buffer = null;
            return waiting ?? (IReadOnlyCollection<Buffered>)[];
        }
    }

    /// <summary>Takes what has waited for a home since an instant or longer.</summary>
    /// <param name="since">A timestamp of the monotonic clock.</param>
    public IReadOnlyList<Buffered> TakeExpired(long since)
    {
        // Without the lock: almost always there is no buffer, and one that is missed is looked at next time.
        if (Volatile.Read(ref _buffer) is null)
        {
            return [];
        }

        List<Buffered> expired = [];
        lock (_gate)
        {
            while (_buffer?.TryPeek(out var oldest) == true && oldest.Since <= since)
            {
                expired.Add(_buffer.Dequeue());
            }

            _buffer = _buffer is { Count: > 0 } ? _buffer : null;
        }

        return expired;
    }

    /// <summary>Asks every entity to finish, send its subscribers elsewhere and leave memory.</summary>
    /// <param name="begin">Called for each of them before it is asked.</param>
    /// <param name="done">Called by each of them when it has left.</param>
    public void Drain(Action begin, Action done) => AskToLeave(begin, done, abandoned: false);

    /// <summary>Gives every entity up: what waits for it is answered at once, and it leaves as soon as it can.</summary>
    /// <param name="begin">Called for each of them before it is told.</param>
    /// <param name="done">Called by each of them when it answers nobody from its memory any more.</param>
    public void Abandon(Action begin, Action done) => AskToLeave(begin, done, abandoned: true);

    private void AskToLeave(Action begin, Action done, bool abandoned)
    {
        EntityCell[] cells;
        lock (_gate)
        {
            // By id, so that the order in which they leave is the same in every process.
            cells = _cells is null ? [] : [.. _cells.OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => cell.Value)];
            foreach (var cell in cells)
            {
                begin();
                cell.Post(new DrainEnvelope(done));
                if (abandoned)
                {
                    cell.NoteAbandoned();
                }
            }
        }

        Array.ForEach(cells, cell => cell.Schedule());
    }

    private bool TryPost(EntityCell cell, Envelope envelope, bool mayRefuse)
    {
        if (mayRefuse)
        {
            return cell.TryPost(envelope, kind.Services.Options.MailboxMax);
        }

        cell.Post(envelope);
        return true;
    }

    /// <summary>Under the lock, so that nothing overtakes what waited.</summary>
    /// <returns>What an entity had no room for.</returns>
    private EnvelopeQueue DeliverBuffer()
    {
        var refused = default(EnvelopeQueue);
        var waiting = _buffer;
        _buffer = null;
        foreach (var (id, envelope, _) in waiting ?? [])
        {
            var cell = FindOrCreate(id);
            if (TryPost(cell, envelope, mayRefuse: envelope is Ask or SubscribeEnvelope))
            {
                cell.Schedule();
            }
            else
            {
                refused.Enqueue(envelope);
            }
        }

        return refused;
    }

    /// <summary>Outside the lock: whoever is refused goes on here.</summary>
    private static void Refuse(EnvelopeQueue refused, AskResult result)
    {
        while (refused.Dequeue() is { } envelope)
        {
            ShardRegion.Refuse(envelope, result);
        }
    }

    private EntityCell FindOrCreate(string id)
    {
        _cells ??= [];
        if (!_cells.TryGetValue(id, out var cell))
        {
            cell = kind.CreateCell(this, id);
            _cells.Add(id, cell);
            kind.Services.Metrics.EntityStarted();
        }

        return cell;
    }

    private bool TryBuffer(string id, Envelope envelope)
    {
        _buffer ??= new Queue<Buffered>();
        if (_buffer.Count >= kind.Services.Options.ShardBufferMax)
        {
            return false;
        }

        _buffer.Enqueue(new Buffered(id, envelope, kind.Services.Time.GetTimestamp()));
        return true;
    }
}
