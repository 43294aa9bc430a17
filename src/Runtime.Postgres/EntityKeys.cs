using System.Diagnostics.CodeAnalysis;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Postgres;

/// <summary>
/// The entities' keys that this node met lately, both ways. A key once stored belongs to its entity for ever, so nothing here goes
/// stale; what has not been used for a generation is dropped.
/// </summary>
internal sealed class EntityKeys
{
    private readonly int _generationMax;
    private readonly Lock _lock = new();
    private (Dictionary<EntityAddress, long> Keys, Dictionary<long, EntityAddress> Addresses) _young = ([], []);
    private (Dictionary<EntityAddress, long> Keys, Dictionary<long, EntityAddress> Addresses) _old = ([], []);

    public EntityKeys(int generationMax = 32_768) => _generationMax = generationMax;

    public void Add(EntityAddress address, long key)
    {
        lock (_lock)
        {
            AddHeld(address, key);
        }
    }

    public long KeyOf(EntityAddress address)
    {
        lock (_lock)
        {
            if (_young.Keys.TryGetValue(address, out var key))
            {
                return key;
            }

            if (_old.Keys.TryGetValue(address, out key))
            {
                AddHeld(address, key);
            }

            return key;
        }
    }

    public bool TryGetAddress(long key, [NotNullWhen(true)] out EntityAddress? address)
    {
        lock (_lock)
        {
            if (_young.Addresses.TryGetValue(key, out var found))
            {
                address = found;
                return true;
            }

            if (_old.Addresses.TryGetValue(key, out found))
            {
                AddHeld(found, key);
                address = found;
                return true;
            }
        }

        address = null;
        return false;
    }

    private void AddHeld(EntityAddress address, long key)
    {
        if (_young.Keys.Count >= _generationMax)
        {
            (_old, _young) = (_young, _old);
            _young.Keys.Clear();
            _young.Addresses.Clear();
        }

        _young.Keys[address] = key;
        _young.Addresses[key] = address;
    }
}
