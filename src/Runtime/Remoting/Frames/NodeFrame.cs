namespace AkkaParty.Runtime.Remoting.Frames;

/// <summary>What a frame between nodes is. The numbers are on the wire: they never change, and unknown ones are passed over.</summary>
internal enum NodeFrame : byte
{
    /// <summary>A command or a query for an entity at its home.</summary>
    Ask = 1,

    /// <summary>The answer to an ask.</summary>
    Reply = 2,

    /// <summary>The ask came to a node that is not the entity's home: it was not delivered.</summary>
    Moved = 3,

    /// <summary>A subscriber comes.</summary>
    Subscribe = 16,

    /// <summary>A subscriber goes.</summary>
    Unsubscribe = 17,

    /// <summary>All subscriptions the sender holds at the receiver; the receiver ends those that are not among them.</summary>
    Following = 18,

    /// <summary>Live frames of a feed, once for all subscribers of one audience on the receiving node.</summary>
    FeedGroup = 19,

    /// <summary>Frames for one subscriber that is not yet up to date.</summary>
    FeedAlone = 20,

    /// <summary>A subscriber is up to date: from here on it gets the frames of its group.</summary>
    FeedLive = 21,

    /// <summary>A subscription is over.</summary>
    FeedEnded = 22,

    /// <summary>Where every group and every subscription that is not yet live stands: shows what was lost.</summary>
    FeedHeads = 23,

    /// <summary>Something ephemeral for an entity's subscribers.</summary>
    Signal = 24,

    /// <summary>Members or homes have changed: read them.</summary>
    ClusterChanged = 32,

    /// <summary>An operator's question to the node itself.</summary>
    Request = 33,

    /// <summary>The answer to it.</summary>
    Response = 34,
}
