namespace AkkaParty.Runtime.Entities;

/// <summary>What operators may see of a cell, from any thread: plain numbers that may be a moment old.</summary>
internal abstract partial class EntityCell
{
    /// <summary>The sequence number its memory is at.</summary>
    public abstract long HeadSeq { get; }

    /// <summary>How many subscriptions it has.</summary>
    public abstract int SubscriptionCount { get; }

    /// <summary>Where it is in its order, in lower case.</summary>
    public string StatusName => Status switch
    {
        CellStatus.Passive => "passive",
        CellStatus.Recovering => "recovering",
        CellStatus.Ready => "ready",
        CellStatus.Appending => "appending",
        CellStatus.Broken => "broken",
        _ => "gone",
    };
}

/// <summary>The numbers of a cell with its state.</summary>
internal sealed partial class EntityCell<TState, TCommand, TEvent>
{
    public override long HeadSeq => Volatile.Read(ref _seq);

    public override int SubscriptionCount => Volatile.Read(ref _feed)?.Count ?? 0;
}
