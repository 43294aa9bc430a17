namespace AkkaParty.Runtime.Sharding;

/// <summary>One shard on its way to another node: counts the entities that have not finished yet.</summary>
/// <param name="shard">The shard.</param>
/// <param name="startedAt">When it began, a timestamp of the monotonic clock.</param>
/// <param name="isForced">Whether its entities are abandoned instead of finishing.</param>
/// <param name="ended">Told once, when none is left.</param>
internal sealed class HandOff(int shard, long startedAt, bool isForced, Action<HandOff> ended)
{
    // Starts at one, so that it cannot reach zero before every entity has been counted.
    private int _open = 1;

    /// <summary>The shard, 0 to 255.</summary>
    public int Shard { get; } = shard;

    /// <summary>When it began, a timestamp of the monotonic clock.</summary>
    public long StartedAt { get; } = startedAt;

    /// <summary>Whether its entities are abandoned instead of finishing.</summary>
    public bool IsForced { get; } = isForced;

    /// <summary>Asks every entity of the shard to leave.</summary>
    /// <param name="regions">The doors to all kinds.</param>
    public void Run(IReadOnlyList<ShardRegion> regions)
    {
        foreach (var region in regions)
        {
            if (IsForced)
            {
                region.Abandon(Shard, Begin, Done);
            }
            else
            {
                region.Drain(Shard, Begin, Done);
            }
        }

        Done();
    }

    private void Begin() => Interlocked.Increment(ref _open);

    private void Done()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            ended(this);
        }
    }
}
