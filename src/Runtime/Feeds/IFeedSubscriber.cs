namespace AkkaParty.Runtime.Feeds;

/// <summary>Why a subscription ended.</summary>
public enum FeedEnd
{
    /// <summary>This node stops: subscribe again elsewhere with the last sequence number.</summary>
    Moved,

    /// <summary>The member was removed: do not subscribe again.</summary>
    Expelled,

    /// <summary>The entity is closed for good.</summary>
    Closed,

    /// <summary>The entity stopped on a failure, or the store is away: subscribe again later.</summary>
    Failed,

    /// <summary>What the subscription was opened with holds no more: subscribe again with another credential.</summary>
    Revoked,
}

/// <summary>
/// Takes an entity's frames, wherever the entity lives and however often it moves. Its methods are called one after the other, by the
/// entity's turns or the link to its home: they must neither block nor throw.
/// </summary>
public interface IFeedSubscriber
{
    /// <summary>The member this subscription counts as presence for; null for none.</summary>
    string? Member { get; }

    /// <summary>
    /// What the subscription was opened with, for example a token's hash: when the entity revokes it, the subscription ends. Null for
    /// nothing that could be revoked.
    /// </summary>
    string? Credential => null;

    /// <summary>Takes the frames of one turn, in order and without gaps.</summary>
    /// <param name="batch">The frames; shared, not to be changed.</param>
    void Deliver(FeedBatch batch);

    /// <summary>The subscription is over; nothing is delivered any more.</summary>
    /// <param name="reason">Why.</param>
    void End(FeedEnd reason);
}
