namespace AkkaParty.Runtime.Sharding;

/// <summary>The one space of shards that all entity kinds share.</summary>
public static class ShardId
{
    /// <summary>How many shards there are. Stored with the data: it may never change.</summary>
    public const int Count = 256;

    /// <summary>Every shard's number, 0 to 255.</summary>
    public static IReadOnlyList<int> All { get; } = [.. Enumerable.Range(0, Count)];

    /// <summary>The shard of an entity id.</summary>
    /// <param name="entityId">The id.</param>
    /// <returns>0 to 255.</returns>
    public static int Of(string entityId) => (int)(StableHash.Of(entityId) >> 56);
}
