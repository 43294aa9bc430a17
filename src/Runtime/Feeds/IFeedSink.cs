namespace AkkaParty.Runtime.Feeds;

/// <summary>
/// What stands behind a <see cref="Subscription"/>: a subscriber of this node, or the way to one on another node. Called in the
/// entity's turns.
/// </summary>
internal interface IFeedSink
{
    /// <summary>The member the subscription counts as presence for; null for none.</summary>
    string? Member { get; }

    /// <summary>What the subscription was opened with; null for nothing that could be revoked.</summary>
    string? Credential { get; }

    /// <summary>Takes frames.</summary>
    /// <param name="from">The subscription they come through.</param>
    /// <param name="batch">The frames.</param>
    /// <param name="alone">Whether they are for this subscription only; else every live one of its audience gets the same batch.</param>
    void Deliver(Subscription from, FeedBatch batch, bool alone);

    /// <summary>It is up to date: from here on it gets what its audience gets.</summary>
    /// <param name="from">The subscription.</param>
    /// <param name="seq">The sequence number it has everything up to.</param>
    void BecomeLive(Subscription from, long seq);

    /// <summary>The subscription is over.</summary>
    /// <param name="from">The subscription.</param>
    /// <param name="reason">Why.</param>
    void End(Subscription from, FeedEnd reason);
}
