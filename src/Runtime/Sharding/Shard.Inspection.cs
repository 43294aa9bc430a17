using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Sharding;

/// <summary>What operators may see of a shard.</summary>
internal sealed partial class Shard
{
    /// <summary>How many entities are in memory, and how many messages wait for the home.</summary>
    public (int Entities, int Waiting) Counts()
    {
        lock (_gate)
        {
            return (_cells?.Count ?? 0, _buffer?.Count ?? 0);
        }
    }

    /// <summary>The entities in memory at this moment.</summary>
    public EntityCell[] Cells()
    {
        lock (_gate)
        {
            return _cells is null ? [] : [.. _cells.Values];
        }
    }

    /// <summary>One entity, if it is in memory.</summary>
    public EntityCell? Find(string id)
    {
        lock (_gate)
        {
            return _cells?.GetValueOrDefault(id);
        }
    }
}
