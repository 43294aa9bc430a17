using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Entities;

/// <summary>A reference to one entity, valid wherever the entity lives.</summary>
/// <param name="Region">The door to its kind.</param>
/// <param name="Id">Its id.</param>
public readonly record struct EntityRef(IShardRegion Region, string Id)
{
    /// <inheritdoc cref="IShardRegion.AskAsync" />
    public ValueTask<AskResult> AskAsync(object command, CommandId? commandId = null) => Region.AskAsync(Id, command, commandId);

    /// <inheritdoc cref="IShardRegion.QueryAsync" />
    public ValueTask<AskResult> QueryAsync(object query, long seqMin = 0) => Region.QueryAsync(Id, query, seqMin);

    /// <inheritdoc cref="IShardRegion.Signal" />
    public bool Signal(object signal) => Region.Signal(Id, signal);

    /// <inheritdoc cref="IShardRegion.Subscribe" />
    public IDisposable Subscribe(Audience audience, long? since, IFeedSubscriber subscriber) =>
        Region.Subscribe(Id, audience, since, subscriber);
}
