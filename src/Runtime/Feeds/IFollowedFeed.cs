namespace AkkaParty.Runtime.Feeds;

/// <summary>What a subscriber can ask of its hold on an entity.</summary>
public interface IFollowedFeed
{
    /// <summary>
    /// Whether it follows the entity where that lives now, and has caught up there. While the entity moves, or the feed is made anew, what
    /// it has not been told may still come. Any thread; out of date as soon as it is read.
    /// </summary>
    bool IsLive { get; }
}
