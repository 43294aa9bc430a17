using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Sharding;

/// <summary>The entities of one kind that share a shard number: starts those that are passive, delivers, lets idle ones go.</summary>
internal sealed partial class Shard(int number, EntityKind kind, ShardHomes homes)
{
    private readonly Lock _gate = new();
    private Dictionary<string, EntityCell>? _cells;
    private Queue<(string Id, Envelope Envelope)>? _buffer;

    /// <summary>0 to 255.</summary>
    public int Number { get; } = number;

    /// <summary>Delivers to an entity that lives here, or keeps the message until the shard has a home.</summary>
    /// <returns>False when there is no room for it.</returns>
    public bool TryPost(string id, Envelope envelope, bool mayRefuse)
    {
        EntityCell cell;
        bool posted;
        var refused = default(EnvelopeQueue);
        lock (_gate)
        {
            if (homes[Number].Kind == HomeKind.Unknown)
            {
                return TryBuffer(id, envelope);
            }

            // What waited for the home came first.
            if (_buffer is not null)
            {
                refused = DeliverBuffer();
            }

            cell = FindOrCreate(id);
            posted = TryPost(cell, envelope, mayRefuse);
        }

        Refuse(refused);
        if (posted)
        {
            cell.Schedule();
        }

        return posted;
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

    /// <summary>The shard's home is known now: delivers what waited.</summary>
    public void Flush()
    {
        EnvelopeQueue refused;
        lock (_gate)
        {
            refused = DeliverBuffer();
        }

        Refuse(refused);
    }

    /// <summary>Asks every entity to finish and send its subscribers elsewhere.</summary>
    /// <param name="begin">Called for each of them before it is asked.</param>
    /// <param name="done">Called by each of them when it has finished.</param>
    public void Drain(Action begin, Action done)
    {
        EntityCell[] cells;
        lock (_gate)
        {
            cells = _cells is null ? [] : [.. _cells.Values];
            foreach (var cell in cells)
            {
                begin();
                cell.Post(new DrainEnvelope(done));
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
        foreach (var (id, envelope) in waiting ?? [])
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
    private static void Refuse(EnvelopeQueue refused)
    {
        while (refused.Dequeue() is { } envelope)
        {
            if (envelope is Ask ask)
            {
                ask.Result = ShardRegion.Busy;
                ask.Release();
            }
            else if (envelope is SubscribeEnvelope subscribe)
            {
                subscribe.Subscription.End(Feeds.FeedEnd.Moved);
            }
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
        _buffer ??= new Queue<(string, Envelope)>();
        if (_buffer.Count >= kind.Services.Options.ShardBufferMax)
        {
            return false;
        }

        _buffer.Enqueue((id, envelope));
        return true;
    }
}
