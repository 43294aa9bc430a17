using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.Sharding;

/// <summary>Where a message goes: the local cell, the buffer of a shard without a home, or the node that serves the shard.</summary>
internal sealed partial class ShardRegion
{
    /// <summary>The kind as it stands in frames.</summary>
    public byte[] KindUtf8 { get; }

    /// <summary>Commands, queries and signals to bytes and back.</summary>
    public IMessageCodec<object> MessageCodec => _kind.MessageCodec;

    /// <summary>Replies to bytes and back.</summary>
    public IMessageCodec<object> ReplyCodec => _kind.ReplyCodec;

    /// <summary>An entity's home as this node knows it.</summary>
    public ShardHome HomeOf(string entityId) => _homes[ShardId.Of(entityId)];

    /// <summary>Sends an ask that has been elsewhere to the then-current home.</summary>
    public void Route(Ask ask) => Route(ask, ask.EntityId, _shards[ask.Shard]);

    /// <summary>Takes an ask from another node: it goes to the cell here or is told that its entity has moved, never further.</summary>
    public void Serve(Ask ask, string entityId)
    {
        var shard = _shards[ShardId.Of(entityId)];
        ask.Address(this, entityId, shard.Number);
        switch (shard.TryPost(entityId, ask, mayRefuse: true))
        {
            case Posting.Full:
                _kind.Services.Metrics.Busy();
                Refuse(ask, Busy);
                break;
            case Posting.NotHere:
                // Either of the two may know an old home.
                ask.AnswerMoved();
                _kind.Services.Peers.NoteOldHome();
                break;
        }
    }

    /// <summary>Passes a signal on to an entity that lives here.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool SignalHere(string entityId, object signal)
    {
        var shard = _shards[ShardId.Of(entityId)];
        return _homes[shard.Number].Kind == HomeKind.Local && shard.TrySignal(entityId, signal);
    }

    /// <summary>A subscription of this node's, to be posted by <see cref="TryFollow"/>.</summary>
    public Subscription Attempt(FeedSubscription owner) =>
        Attempt(owner.EntityId, owner.Audience, owner.Since, owner.LacksState, owner);

    /// <summary>A subscription, to be posted by <see cref="TryFollow"/>.</summary>
    public Subscription Attempt(string entityId, Audience audience, long? since, bool lacksState, IFeedSink sink) =>
        new(_shards[ShardId.Of(entityId)], new EntityAddress(Kind, entityId), audience, since, sink, _kind.Services.Logger)
        {
            LacksState = lacksState,
        };

    /// <summary>Brings a subscription to its entity here.</summary>
    /// <returns>False when the entity lives elsewhere or has no room.</returns>
    public bool TryFollow(string entityId, Subscription subscription) =>
        _shards[ShardId.Of(entityId)].TryPost(entityId, new SubscribeEnvelope(subscription), mayRefuse: true) == Posting.Taken;

    private void Route(Ask ask, string entityId, Shard shard)
    {
        while (true)
        {
            var home = _homes[shard.Number];
            if (home.Kind == HomeKind.Remote)
            {
                ask.Address(this, entityId, shard.Number);
                _kind.Services.Peers.Send(ask, home.Node!);
                return;
            }

            switch (shard.TryPost(entityId, ask, mayRefuse: true))
            {
                case Posting.Taken:
                    return;
                case Posting.Full:
                    _kind.Services.Metrics.Busy();
                    Refuse(ask, Busy);
                    return;
                case Posting.NotHere when _homes[shard.Number].Kind is HomeKind.Closed or HomeKind.Away:
                    Refuse(ask, RefusalOf(_homes[shard.Number].Kind));
                    return;
            }
        }
    }

    /// <summary>What waited for a home that is elsewhere now.</summary>
    private void SendOn(string entityId, Envelope envelope)
    {
        switch (envelope)
        {
            case Ask { Origin: not null } served:
                served.AnswerMoved();
                break;
            case Ask ask:
                Route(ask, entityId, _shards[ShardId.Of(entityId)]);
                break;
            case SubscribeEnvelope subscribe:
                subscribe.Subscription.End(FeedEnd.Moved);
                break;
        }
    }
}
