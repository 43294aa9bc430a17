namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// The live subscriptions of this node to one entity and audience at one home: they share its frames. The list is the link's own;
/// only how many still listen is known to others.
/// </summary>
internal sealed class FollowedGroup(long number, long received)
{
    private int _live;

    public long Number { get; } = number;

    /// <summary>How many frames have come.</summary>
    public long Received { get; set; } = received;

    /// <summary>Those that listen, and those that have stopped since the list was last cleaned.</summary>
    public List<RemoteSubscription> Members { get; } = [];

    /// <summary>How many listen.</summary>
    public int Live => Volatile.Read(ref _live);

    public void Join(RemoteSubscription subscription)
    {
        Members.Add(subscription);
        Interlocked.Increment(ref _live);
    }

    public void Leave() => Interlocked.Decrement(ref _live);

    /// <summary>Forgets those that have stopped.</summary>
    public void Clean()
    {
        if (Members.Count != Live)
        {
            Members.RemoveAll(static subscription => subscription.IsOver);
        }
    }
}
