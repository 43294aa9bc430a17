using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// What subscribers of this node follow at one run of a peer. It counts every frame: one that is missing ends the subscriptions it was
/// for, and they come again with the last number they have. Nothing is ever left with a gap in silence.
/// </summary>
internal sealed class FollowedFeeds(Peer peer)
{
    /// <summary>How long a subscription may go unmentioned by its home before it is made anew.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(5);

    /// <summary>How often the home is told what is followed, so that it can forget the rest.</summary>
    public static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, RemoteSubscription> _open = [];
    private readonly Dictionary<long, FollowedGroup> _groups = [];
    private readonly PeerLinks _peers = peer.Links;
    private long _headsAt;
    private long _toldAt;
    private bool _hasFollowed;

    /// <summary>How many subscriptions there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Sends a subscription to its home.</summary>
    public void Begin(RemoteSubscription subscription)
    {
        var owner = subscription.Owner;
        subscription.SentAt = _peers.Time.GetTimestamp();
        Volatile.Write(ref _hasFollowed, true);
        lock (_gate)
        {
            _open.Add(subscription.Number, subscription);
        }

        var frame = FeedFrames.Write(new SubscribeFrame(
            subscription.Number, new EntityAddress(owner.Region.Kind, owner.EntityId), owner.Audience, owner.Member, owner.Credential,
            owner.Since, owner.LacksState));
        if (!peer.TrySend(frame))
        {
            Break(subscription);
        }
        else if (!peer.IsUp)
        {
            LinkDown();
        }
    }

    /// <summary>The subscriber wants nothing more.</summary>
    public void End(RemoteSubscription subscription)
    {
        if (Remove(subscription))
        {
            peer.TrySend(FeedFrames.WriteUnsubscribe(subscription.Number));
        }
    }

    /// <summary>Frames for one subscription.</summary>
    public void Alone(long number, long sent, FeedPiece piece)
    {
        if (Find(number) is not { } subscription || sent <= subscription.Received)
        {
            return;
        }

        if (sent != subscription.Received + 1)
        {
            Break(subscription);
            return;
        }

        subscription.Received = sent;
        Deliver(subscription, piece, alone: true);
    }

    /// <summary>A subscription is up to date.</summary>
    public void Live(long number, long sent, long group, long groupSent, long seq)
    {
        if (Find(number) is not { Group: null } subscription)
        {
            return;
        }

        if (!_groups.TryGetValue(group, out var joined))
        {
            joined = new FollowedGroup(group, groupSent);
            _groups.Add(group, joined);
        }
        else if (joined.Received < groupSent)
        {
            BreakMembers(joined);
            joined.Received = groupSent;
        }

        if (sent != subscription.Received || joined.Received != groupSent)
        {
            Break(subscription);
            return;
        }

        subscription.Group = joined;
        joined.Join(subscription);
        if (subscription.IsOver)
        {
            subscription.LeaveGroup();
            return;
        }

        subscription.Owner.NoteLive(subscription, seq);
    }

    /// <summary>Frames for all live subscriptions of a group.</summary>
    public void Group(long number, long sent, long live, FeedPiece piece)
    {
        if (!_groups.TryGetValue(number, out var group) || sent <= group.Received)
        {
            return;
        }

        // One more here than there has been ended by the home, and the word of it was lost: it must not see this.
        if (sent != group.Received + 1 || group.Live > live)
        {
            BreakAll(group);
            return;
        }

        group.Received = sent;
        foreach (var subscription in group.Members)
        {
            if (!subscription.IsOver)
            {
                Deliver(subscription, piece, alone: false);
            }
        }
    }

    /// <summary>The home has ended a subscription.</summary>
    public void Ended(long number, byte reason)
    {
        if (Find(number) is { } subscription && Remove(subscription))
        {
            subscription.Owner.NoteEnd(subscription, (FeedEnd)reason);
        }
    }

    /// <summary>Compares what the home says it has sent with what has come.</summary>
    public void Heads(Dictionary<long, GroupHead> groups, Dictionary<long, long> pending, long now)
    {
        Volatile.Write(ref _headsAt, now);
        foreach (var group in _groups.Values.ToList())
        {
            group.Clean();
            if (group.Members.Count == 0)
            {
                _groups.Remove(group.Number);
            }
            else if (!groups.TryGetValue(group.Number, out var head) || head.Sent > group.Received || group.Live > head.Live)
            {
                BreakAll(group);
            }
        }

        foreach (var subscription in All())
        {
            if (subscription.Group is null
                && (pending.TryGetValue(subscription.Number, out var sent)
                    ? sent > subscription.Received
                    : _peers.Time.GetElapsedTime(subscription.SentAt, now) >= SilenceMax))
            {
                Break(subscription);
            }
        }
    }

    /// <summary>A link is there. Nothing of an earlier one's is left.</summary>
    public void LinkUp() => _groups.Clear();

    /// <summary>The link is gone, and with it everything that is followed over it.</summary>
    public void LinkDown()
    {
        foreach (var subscription in All())
        {
            Break(subscription);
        }
    }

    /// <summary>Homes have changed: what is followed at the wrong node is followed at the right one.</summary>
    public void Move()
    {
        foreach (var subscription in All())
        {
            var home = subscription.Owner.Region.HomeOf(subscription.Owner.EntityId);
            if (home.Kind is HomeKind.Local or HomeKind.Closed || (home.Kind == HomeKind.Remote && home.Node != peer.Name))
            {
                Break(subscription);
            }
        }
    }

    /// <summary>Gives up on a home that says nothing, and tells it what is followed there.</summary>
    public void LookOver(long now)
    {
        if (_peers.Time.GetElapsedTime(Volatile.Read(ref _headsAt), now) >= SilenceMax)
        {
            foreach (var subscription in All())
            {
                if (_peers.Time.GetElapsedTime(subscription.SentAt, now) >= SilenceMax)
                {
                    Break(subscription);
                }
            }
        }

        if (_peers.Time.GetElapsedTime(_toldAt, now) >= TellEvery)
        {
            _toldAt = now;

            // Before the list is made: whatever is given a number from here on is not meant to be missing.
            var upTo = peer.LastNumber;
            // Empty lists too: the word of the last one's end may be what was lost.
            if (Volatile.Read(ref _hasFollowed))
            {
                var numbers = All().Select(subscription => subscription.Number).Order().ToList();
                peer.TrySend(FeedFrames.WriteFollowing(upTo, numbers));
            }
        }
    }

    private RemoteSubscription? Find(long number)
    {
        lock (_gate)
        {
            return _open.GetValueOrDefault(number);
        }
    }

    private List<RemoteSubscription> All()
    {
        lock (_gate)
        {
            return [.. _open.Values];
        }
    }

    private bool Remove(RemoteSubscription subscription)
    {
        lock (_gate)
        {
            _open.Remove(subscription.Number);
        }

        if (!subscription.TryEnd())
        {
            return false;
        }

        subscription.LeaveGroup();
        return true;
    }

    private void Deliver(RemoteSubscription subscription, FeedPiece piece, bool alone)
    {
        if (!subscription.Owner.DeliverRemote(subscription, piece, alone) && Remove(subscription))
        {
            peer.TrySend(FeedFrames.WriteUnsubscribe(subscription.Number));
            subscription.Owner.NoteEnd(subscription, FeedEnd.Failed);
        }
    }

    private void BreakAll(FollowedGroup group)
    {
        _groups.Remove(group.Number);
        BreakMembers(group);
    }

    private void BreakMembers(FollowedGroup group)
    {
        foreach (var subscription in group.Members)
        {
            Break(subscription);
        }

        group.Members.Clear();
    }

    /// <summary>Ends an attempt that may have missed something; its subscriber tries again.</summary>
    private void Break(RemoteSubscription subscription)
    {
        if (Remove(subscription))
        {
            _peers.Metrics.FeedBroken();
            peer.TrySend(FeedFrames.WriteUnsubscribe(subscription.Number));
            subscription.Owner.NoteEnd(subscription, FeedEnd.Moved);
        }
    }
}
