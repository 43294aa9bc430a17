using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Sharding;

/// <summary>What operators may see of a region.</summary>
internal sealed partial class ShardRegion
{
    /// <summary>Sums up what is here of this kind.</summary>
    public RegionReport Report()
    {
        var shards = 0;
        var entities = 0;
        var waiting = 0;
        var subscriptions = 0;
        foreach (var shard in _shards)
        {
            var (count, waits) = shard.Counts();
            shards += count > 0 ? 1 : 0;
            entities += count;
            waiting += waits;
            subscriptions += count > 0 ? shard.Cells().Sum(cell => cell.SubscriptionCount) : 0;
        }

        return new RegionReport(Kind, shards, entities, waiting, subscriptions);
    }

    /// <summary>What one shard has of this kind.</summary>
    public (int Entities, int Waiting) CountsOf(int shard) => _shards[shard].Counts();

    /// <summary>One entity, if it is in memory here.</summary>
    public EntityReport? Find(string id) => _shards[ShardId.Of(id)].Find(id) is { } cell ? Report(cell) : null;

    /// <summary>Entities in memory here, shard by shard.</summary>
    public IEnumerable<EntityReport> Entities() => _shards.SelectMany(shard => shard.Cells()).Select(Report);

    private EntityReport Report(EntityCell cell) => new(
        Kind, cell.Id, cell.Shard.Number, cell.StatusName, cell.HeadSeq, cell.MailCount, cell.SubscriptionCount);
}
