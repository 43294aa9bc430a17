using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.Remoting;

/// <summary>One attempt of a subscriber of this node at a home on another one.</summary>
internal sealed class RemoteSubscription(FeedSubscription owner, FollowedFeeds feeds, long number)
{
    private int _over;
    private int _hasLeft;

    public FeedSubscription Owner { get; } = owner;

    /// <summary>What is followed at that node.</summary>
    public FollowedFeeds Feeds { get; } = feeds;

    /// <summary>Its number there.</summary>
    public long Number { get; } = number;

    /// <summary>When it was sent, on the monotonic clock.</summary>
    public long SentAt { get; set; }

    /// <summary>How many frames for it alone have come. The link's own.</summary>
    public long Received { get; set; }

    /// <summary>Whose frames it shares; null until it is live. The link's own.</summary>
    public FollowedGroup? Group { get; set; }

    /// <summary>Whether it is over: nothing is delivered any more.</summary>
    public bool IsOver => Volatile.Read(ref _over) != 0;

    /// <summary>Ends it, once.</summary>
    /// <returns>False when it was over.</returns>
    public bool TryEnd() => Interlocked.Exchange(ref _over, 1) == 0;

    /// <summary>Counts itself out of its group, once. Called by whoever ends it and by the link when it joins too late.</summary>
    public void LeaveGroup()
    {
        if (Group is { } group && Interlocked.Exchange(ref _hasLeft, 1) == 0)
        {
            group.Leave();
        }
    }
}
