namespace AkkaParty.Runtime.Sharding;

/// <summary>All shard regions of a node, by entity kind.</summary>
public interface IEntityRegions
{
    /// <summary>The door to one kind.</summary>
    /// <param name="kind">The entity kind, for example <c>party</c>.</param>
    /// <returns>Its region.</returns>
    /// <exception cref="KeyNotFoundException">The node hosts no such kind.</exception>
    IShardRegion this[string kind] { get; }
}
