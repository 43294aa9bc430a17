using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// What one run of a peer follows of the entities that live here. Each of its subscribers is an ordinary subscription at its entity;
/// what is published while they are live crosses the link once for all of one audience.
/// </summary>
internal sealed class RelayedFeeds(Peer peer)
{
    private static readonly TimeSpan HeadsEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, RelaySubscriber> _relays = [];
    private readonly Dictionary<string, RelayGroup> _groups = new(StringComparer.Ordinal);
    private readonly PeerLinks _peers = peer.Links;
    private long _groupNumber;
    private long _headsAt;

    /// <summary>The longest frame, in bytes.</summary>
    public int FrameBytesMax => _peers.Transport.FrameBytesMax;

    /// <summary>How many of its subscribers there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _relays.Count;
            }
        }
    }

    /// <summary>Sends a frame to the peer.</summary>
    /// <returns>False when it certainly does not arrive.</returns>
    public bool TrySend(FrameWriter frame) => peer.TrySend(frame);

    /// <summary>A subscriber comes.</summary>
    public void Subscribe(SubscribeFrame subscribe)
    {
        if (_peers.RegionOf(subscribe.Address.Kind) is not { } region || region.HomeOf(subscribe.Address.Id).Kind != HomeKind.Local)
        {
            peer.TrySend(FeedFrames.WriteEnded(subscribe.Number, FeedEnd.Moved));
            _peers.NoteOldHome();
            return;
        }

        RelaySubscriber relay;
        lock (_gate)
        {
            relay = new RelaySubscriber(this, subscribe, GroupOf(subscribe));
            relay.Subscription = region.Attempt(
                subscribe.Address.Id, subscribe.Audience, subscribe.Since, subscribe.LacksState, relay);
            relay.Group.Relays.Add(relay.Number, relay);
            _relays.Add(relay.Number, relay);
        }

        if (!region.TryFollow(subscribe.Address.Id, relay.Subscription))
        {
            relay.Subscription.End(FeedEnd.Moved);
        }
    }

    /// <summary>A subscriber goes.</summary>
    public void Unsubscribe(long number)
    {
        RelaySubscriber? relay;
        lock (_gate)
        {
            relay = _relays.GetValueOrDefault(number);
        }

        if (relay is not null && Remove(relay))
        {
            relay.Subscription.Dispose();
        }
    }

    /// <summary>Forgets the subscribers that the peer does not know any more: the word of their end was lost.</summary>
    /// <param name="upTo">Later numbers are not meant to be missing.</param>
    /// <param name="numbers">All it knows.</param>
    public void Reconcile(long upTo, HashSet<long> numbers)
    {
        foreach (var relay in All())
        {
            if (relay.Number <= upTo && !numbers.Contains(relay.Number))
            {
                Break(relay, FeedEnd.Moved);
            }
        }
    }

    /// <summary>The link is gone: its subscribers come again, or their members are gone.</summary>
    public void LinkDown()
    {
        foreach (var relay in All())
        {
            if (Remove(relay))
            {
                relay.Subscription.Dispose();
            }
        }
    }

    /// <summary>An entity has ended a subscription.</summary>
    public void Ended(RelaySubscriber relay, FeedEnd reason)
    {
        // Should this be lost: the group's frames say how many it has, and one that counts more stops at once.
        if (Remove(relay))
        {
            peer.TrySend(FeedFrames.WriteEnded(relay.Number, reason));
        }
    }

    /// <summary>Ends a subscriber that may have missed something; it comes again and reads it back.</summary>
    public void Break(RelaySubscriber relay, FeedEnd reason)
    {
        if (Remove(relay))
        {
            _peers.Metrics.FeedBroken();
            relay.Subscription.Dispose();
            peer.TrySend(FeedFrames.WriteEnded(relay.Number, reason));
        }
    }

    /// <summary>Ends all subscribers of a group.</summary>
    public void Break(RelayGroup group, FeedEnd reason)
    {
        List<RelaySubscriber> relays;
        lock (_gate)
        {
            // Whoever comes again is in another group: frames of this one are not sent any more.
            relays = [.. group.Relays.Values];
            Forget(group);
        }

        _peers.Logger.FeedGroupBroken(group.Key, peer.Name, relays.Count);
        relays.ForEach(relay => Break(relay, reason));
    }

    /// <summary>Announces where everything stands.</summary>
    public void LookOver(long now)
    {
        if (_peers.Time.GetElapsedTime(_headsAt, now) < HeadsEvery)
        {
            return;
        }

        _headsAt = now;
        List<GroupHead> groups;
        List<PendingHead> pending;
        lock (_gate)
        {
            if (_relays.Count == 0)
            {
                return;
            }

            groups = [.. _groups.Values.Select(group => group.Head)];
            pending = [.. _relays.Values.Select(relay => relay.Head).OfType<PendingHead>()];
        }

        peer.TrySend(FeedFrames.WriteHeads(groups, pending));
    }

    private RelayGroup GroupOf(SubscribeFrame subscribe)
    {
        var key = $"{subscribe.Address.Kind}|{subscribe.Address.Id}|{subscribe.Audience.Name}";
        if (!_groups.TryGetValue(key, out var group))
        {
            group = new RelayGroup(this, ++_groupNumber, key);
            _groups.Add(key, group);
        }

        return group;
    }

    private List<RelaySubscriber> All()
    {
        lock (_gate)
        {
            return [.. _relays.Values];
        }
    }

    private bool Remove(RelaySubscriber relay)
    {
        if (!relay.TryEnd())
        {
            return false;
        }

        lock (_gate)
        {
            _relays.Remove(relay.Number);
            relay.Group.Relays.Remove(relay.Number);
            if (relay.Group.Relays.Count == 0)
            {
                Forget(relay.Group);
            }
        }

        return true;
    }

    private void Forget(RelayGroup group)
    {
        if (_groups.TryGetValue(group.Key, out var known) && known == group)
        {
            _groups.Remove(group.Key);
        }
    }
}
