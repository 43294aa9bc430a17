using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Journal;

/// <summary>What the in-memory journal keeps of one entity: where its events stand in the one order.</summary>
internal sealed class InMemoryEntity(long key, EntityAddress address, int shard)
{
    public long Key { get; } = key;

    public EntityAddress Address { get; } = address;

    public int Shard { get; } = shard;

    public DateTimeOffset? DueAt { get; set; }

    public bool KeepAlive { get; set; }

    /// <summary>The last sequence number.</summary>
    public int Head { get; private set; }

    /// <summary>The offset of event n at index n - 1. Replaced when it is full; what is in it never changes.</summary>
    public long[] Offsets { get; private set; } = new long[4];

    public void Append(long offset)
    {
        if (Head == Offsets.Length)
        {
            var grown = new long[Offsets.Length * 2];
            Offsets.CopyTo(grown, 0);
            Offsets = grown;
        }

        Offsets[Head++] = offset;
    }
}
