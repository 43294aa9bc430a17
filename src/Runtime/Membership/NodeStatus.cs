namespace AkkaParty.Runtime.Membership;

/// <summary>The phases of a node's life.</summary>
public enum NodePhase
{
    /// <summary>Built, not started.</summary>
    Starting,

    /// <summary>Not a member yet, or not any more: it waits for the store or for its name.</summary>
    Joining,

    /// <summary>A member that serves its shards.</summary>
    Serving,

    /// <summary>A member that cannot reach most of the others: it has no shards until it can.</summary>
    CutOff,

    /// <summary>A member that hands its shards over and takes none.</summary>
    Draining,

    /// <summary>A member whose lease ran out: it answers that the store is unavailable until a heartbeat succeeds.</summary>
    Fenced,

    /// <summary>It has left.</summary>
    Stopped,
}

/// <summary>How a node is.</summary>
/// <param name="Phase">Where it is in its life.</param>
/// <param name="Identity">This run, while it is a member.</param>
/// <param name="LeaseRemaining">How long it may serve without another heartbeat; null when its lease cannot lapse.</param>
/// <param name="Since">When the phase began, in cluster time.</param>
public sealed record NodeStatus(NodePhase Phase, NodeIdentity? Identity, TimeSpan? LeaseRemaining, DateTimeOffset Since);
