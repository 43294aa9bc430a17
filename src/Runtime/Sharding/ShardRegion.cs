using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.Sharding;

/// <summary>A node's door to all entities of one kind: entity, shard, home, then the local cell or the node link.</summary>
internal sealed partial class ShardRegion : IShardRegion
{
    private const int EntityIdLengthMax = 128;

    private readonly EntityKind _kind;
    private readonly ShardHomes _homes;
    private readonly Shard[] _shards;

    public ShardRegion(EntityKind kind, ShardHomes homes)
    {
        _kind = kind;
        _homes = homes;
        _shards = [.. Enumerable.Range(0, ShardId.Count).Select(number => new Shard(number, kind, homes))];
    }

    public static AskResult Busy { get; } =
        AskResult.Unavailable("busy", "Too many requests wait for this one thing at the moment; try again.");

    private static AskResult Unreachable { get; } =
        AskResult.Unavailable("no_home", "The node that serves this cannot be reached at the moment; try again.");

    private static AskResult Stopping { get; } =
        AskResult.Unavailable("restarting", "This server is stopping; try again in a moment.");

    public string Kind => _kind.Name;

    public ValueTask<AskResult> AskAsync(string entityId, object command, CommandId? commandId = null) =>
        SendAsync(entityId, command, isQuery: false, commandId, seqMin: 0);

    public ValueTask<AskResult> QueryAsync(string entityId, object query, long seqMin = 0) =>
        SendAsync(entityId, query, isQuery: true, commandId: null, seqMin);

    public bool Signal(string entityId, object signal)
    {
        var shard = _shards[ShardId.Of(entityId)];
        return _homes[shard.Number].Kind == HomeKind.Local && shard.TrySignal(entityId, signal);
    }

    public IDisposable Subscribe(string entityId, Audience audience, long? since, IFeedSubscriber subscriber)
    {
        var subscription = new Subscription(new EntityAddress(Kind, entityId), audience, since, subscriber, _kind.Services.Logger);
        var shard = _shards[ShardId.Of(entityId)];
        subscription.Bind(envelope => shard.TryPost(entityId, envelope, mayRefuse: false));
        if (_homes[shard.Number].Kind is HomeKind.Closed or HomeKind.Remote
            || !shard.TryPost(entityId, new SubscribeEnvelope(subscription), mayRefuse: true))
        {
            subscription.End(FeedEnd.Moved);
        }

        return subscription;
    }

    /// <summary>Brings an entity into memory if its shard lives here.</summary>
    public void Activate(string entityId)
    {
        var shard = _shards[ShardId.Of(entityId)];
        if (_homes[shard.Number].Kind == HomeKind.Local)
        {
            shard.Activate(entityId);
        }
    }

    /// <summary>Delivers what waited for a shard that has a home now.</summary>
    public void Flush(int shard) => _shards[shard].Flush();

    /// <summary>Asks every entity to finish.</summary>
    public void Drain(Action begin, Action done) => Array.ForEach(_shards, shard => shard.Drain(begin, done));

    private ValueTask<AskResult> SendAsync(string entityId, object message, bool isQuery, CommandId? commandId, long seqMin)
    {
        if (entityId.Length is 0 or > EntityIdLengthMax)
        {
            return ValueTask.FromResult(AskResult.Rejected(
                new Rejection("invalid_id", $"An id has 1 to {EntityIdLengthMax} characters.", "id"), 0));
        }

        if (commandId is { Number: < 1 })
        {
            return ValueTask.FromResult(AskResult.Rejected(
                new Rejection("invalid_id", "A command's number in its session is at least 1.", "id"), 0));
        }

        var shard = _shards[ShardId.Of(entityId)];
        var home = _homes[shard.Number];
        if (home.Kind == HomeKind.Closed)
        {
            return ValueTask.FromResult(Stopping);
        }

        if (home.Kind == HomeKind.Remote)
        {
            return ValueTask.FromResult(Unreachable);
        }

        var ask = Ask.Rent(message, isQuery, commandId, seqMin);
        var task = ask.Task;
        if (!shard.TryPost(entityId, ask, mayRefuse: true))
        {
            _kind.Services.Metrics.Busy();
            ask.Result = Busy;
            ask.Release();
        }

        return task;
    }
}
