using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Sharding;

/// <summary>The entities of one kind that share a shard number: starts those that are passive, delivers, lets idle ones go.</summary>
internal sealed class Shard(int number, EntityKind kind, ShardHomes homes)
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
        lock (_gate)
        {
            if (homes[Number].Kind == HomeKind.Unknown)
            {
                return TryBuffer(id, envelope);
            }

            cell = FindOrCreate(id);
            if (!mayRefuse)
            {
                cell.Post(envelope);
            }
            else if (!cell.TryPost(envelope, kind.Services.Options.MailboxMax))
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
        }

        cell.Wake();
    }

    /// <summary>Lets an idle entity go. Posting happens under the same lock, so no message can be lost between.</summary>
    /// <returns>False when mail has come in the meantime.</returns>
    public bool TryRemove(EntityCell cell)
    {
        lock (_gate)
        {
            if (cell.MailCount > 0 || _cells?.Remove(cell.Id) != true)
            {
                return false;
            }
        }

        kind.Services.Metrics.EntityEnded();
        return true;
    }

    /// <summary>The shard's home is known now: delivers what waited.</summary>
    public void Flush()
    {
        Queue<(string Id, Envelope Envelope)>? waiting;
        lock (_gate)
        {
            (waiting, _buffer) = (_buffer, null);
        }

        foreach (var (id, envelope) in waiting ?? [])
        {
            if (!TryPost(id, envelope, mayRefuse: true) && envelope is Ask ask)
            {
                ask.Result = ShardRegion.Busy;
                ask.Release();
            }
        }
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
