using System.Text;
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
        KindUtf8 = Encoding.UTF8.GetBytes(kind.Name);
    }

    public static AskResult Busy { get; } =
        AskResult.Unavailable("busy", "Too many requests wait for this one thing at the moment; try again.");

    public static AskResult Unreachable { get; } =
        AskResult.Unavailable("no_home", "The node that serves this cannot be reached at the moment; try again.");

    private static AskResult Stopping { get; } =
        AskResult.Unavailable("restarting", "This server is stopping; try again in a moment.");

    private static AskResult StoreAway { get; } =
        AskResult.Unavailable("store_unavailable", "The store does not answer at the moment.");

    public string Kind => _kind.Name;

    public ValueTask<AskResult> AskAsync(string entityId, object command, CommandId? commandId = null) =>
        SendAsync(entityId, command, isQuery: false, commandId, seqMin: 0);

    public ValueTask<AskResult> QueryAsync(string entityId, object query, long seqMin = 0) =>
        SendAsync(entityId, query, isQuery: true, commandId: null, seqMin);

    public bool Signal(string entityId, object signal)
    {
        var home = HomeOf(entityId);
        return home.Kind == HomeKind.Remote
            ? _kind.Services.Peers.TrySignal(home.Node!, this, entityId, signal)
            : SignalHere(entityId, signal);
    }

    public IDisposable Subscribe(string entityId, Audience audience, long? since, IFeedSubscriber subscriber)
    {
        var subscription = new FeedSubscription(this, entityId, audience, since, subscriber, _kind.Services.Peers);
        subscription.Start();
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

    /// <summary>A shard's home is another one now: what waited for it goes there, or is told why not.</summary>
    public void HomeChanged(int shard)
    {
        var home = _homes[shard].Kind;
        if (home == HomeKind.Local)
        {
            _shards[shard].Flush();
        }
        else if (home != HomeKind.Unknown)
        {
            foreach (var (id, envelope, _) in _shards[shard].TakeBuffer())
            {
                SendOn(id, envelope);
            }
        }

        _kind.Services.Peers.HomesChanged();
    }

    /// <summary>Refuses what has waited for a home since an instant or longer.</summary>
    public void Expire(long since)
    {
        foreach (var shard in _shards)
        {
            foreach (var waiting in shard.TakeExpired(since))
            {
                Refuse(waiting.Envelope, Unreachable);
            }
        }
    }

    /// <summary>Asks a shard's entities to finish and leave.</summary>
    public void Drain(int shard, Action begin, Action done) => _shards[shard].Drain(begin, done);

    /// <summary>Gives a shard's entities up.</summary>
    public void Abandon(int shard, Action begin, Action done) => _shards[shard].Abandon(begin, done);

    /// <summary>Tells whoever waits for a message that nothing came of it.</summary>
    public static void Refuse(Envelope envelope, AskResult result)
    {
        if (envelope is Ask ask)
        {
            ask.Result = result;
            ask.Release();
        }
        else if (envelope is SubscribeEnvelope subscribe)
        {
            subscribe.Subscription.End(FeedEnd.Moved);
        }
    }

    private static AskResult RefusalOf(HomeKind home) => home switch
    {
        HomeKind.Closed => Stopping,
        HomeKind.Away => StoreAway,
        _ => Unreachable,
    };

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

        var ask = Ask.Rent(message, isQuery, commandId, seqMin);
        var task = ask.Task;
        Route(ask, entityId, _shards[ShardId.Of(entityId)]);
        return task;
    }
}
