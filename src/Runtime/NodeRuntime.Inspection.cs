using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime;

/// <summary>What operators may see of this node. Reading disturbs nothing and waits for nothing.</summary>
public sealed partial class NodeRuntime
{
    /// <summary>
    /// Whether the store refused the last thing it was to keep: it answers, but its disk may be full. It stays so until something is
    /// kept, or somebody who has tried says that it can be.
    /// </summary>
    public bool StoreRefuses
    {
        get => Writer.StoreRefuses;
        set => Writer.StoreRefuses = value;
    }

    /// <summary>What is here of each registered kind.</summary>
    /// <returns>One report per kind, by name.</returns>
    public IReadOnlyList<RegionReport> InspectRegions() => [.. _regions.Values.Select(region => region.Report())];

    /// <summary>Where this node takes each shard to be, and what it has of it in memory.</summary>
    /// <returns>256 reports, by shard.</returns>
    public IReadOnlyList<ShardReport> InspectShards() => [.. ShardId.All.Select(Inspect)];

    /// <summary>One entity, if it is in memory here.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <returns>What is here, or null when it is not in memory here or no such kind is registered.</returns>
    public EntityReport? InspectEntity(string kind, string id) => _regions.GetValueOrDefault(kind)?.Find(id);

    /// <summary>The entities with subscriptions here, the most followed first.</summary>
    /// <param name="countMax">At most this many, at least 1.</param>
    /// <returns>The entities.</returns>
    public IReadOnlyList<EntityReport> InspectFeeds(int countMax) =>
    [
        .. _regions.Values
            .SelectMany(region => region.Entities())
            .Where(entity => entity.Subscriptions > 0)
            .OrderByDescending(entity => entity.Subscriptions)
            .ThenBy(entity => entity.Id, StringComparer.Ordinal)
            .Take(countMax),
    ];

    private ShardReport Inspect(int shard)
    {
        var home = _homes[shard];
        var entities = 0;
        var waiting = 0;
        foreach (var region in _regions.Values)
        {
            var (count, waits) = region.CountsOf(shard);
            entities += count;
            waiting += waits;
        }

        return new ShardReport(shard, NameOf(home.Kind), home.Node, entities, waiting);
    }

    private static string NameOf(HomeKind kind) => kind switch
    {
        HomeKind.Local => "local",
        HomeKind.Remote => "remote",
        HomeKind.Closed => "closed",
        HomeKind.Unknown => "unknown",
        _ => "away",
    };
}
