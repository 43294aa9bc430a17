namespace AkkaParty.Runtime.Feeds;

/// <summary>The subscriptions of a node that wait for a home to subscribe at. Thread-safe.</summary>
internal sealed class WaitingSubscriptions(Action arm)
{
    private readonly Lock _gate = new();
    private List<FeedSubscription> _waiting = [];

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds one; it is poked when homes or links change, and after a while in any case.</summary>
    public void Add(FeedSubscription subscription)
    {
        lock (_gate)
        {
            _waiting.Add(subscription);
        }

        arm();
    }

    /// <summary>Has all of them look again.</summary>
    public void PokeAll()
    {
        List<FeedSubscription> waiting;
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            waiting = _waiting;
            _waiting = [];
        }

        waiting.ForEach(subscription => subscription.Poke());
    }
}
