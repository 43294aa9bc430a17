namespace AkkaParty.Runtime.Feeds;

/// <summary>Why a subscription ended.</summary>
public enum FeedEnd
{
    /// <summary>The entity moved or its node stops: subscribe again with the last sequence number.</summary>
    Moved,

    /// <summary>The member was removed: do not subscribe again.</summary>
    Expelled,

    /// <summary>The entity is closed for good.</summary>
    Closed,

    /// <summary>The entity stopped on a failure, or the store is away: subscribe again later.</summary>
    Failed,
}

/// <summary>Takes an entity's frames. Its methods are called in the entity's turn: they must neither block nor throw.</summary>
public interface IFeedSubscriber
{
    /// <summary>The member this subscription counts as presence for; null for none.</summary>
    string? Member { get; }

    /// <summary>Takes the frames of one turn, in order and without gaps.</summary>
    /// <param name="batch">The frames; shared, not to be changed.</param>
    void Deliver(FeedBatch batch);

    /// <summary>The subscription is over; nothing is delivered any more.</summary>
    /// <param name="reason">Why.</param>
    void End(FeedEnd reason);
}
