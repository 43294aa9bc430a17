using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Entities;

/// <summary>Gets the answers of asks that came from another node.</summary>
internal interface IAskOrigin
{
    /// <summary>Sends the ask's result back; the ask is not to be kept.</summary>
    void Answer(Ask ask);

    /// <summary>Says that the ask was not delivered, because its entity lives elsewhere; the ask is not to be kept.</summary>
    void AnswerMoved(Ask ask);
}

/// <summary>What an ask needs on its way between nodes. An ask that stays on its node never touches this.</summary>
internal sealed partial class Ask
{
    private bool _travelled;

    /// <summary>The door to the entity's kind.</summary>
    public ShardRegion Region { get; private set; } = null!;

    /// <summary>The entity.</summary>
    public string EntityId { get; private set; } = null!;

    /// <summary>The entity's shard.</summary>
    public int Shard { get; private set; }

    /// <summary>The node that asks and gets the answer; null when the caller waits here.</summary>
    public IAskOrigin? Origin { get; private set; }

    /// <summary>The number under which <see cref="Origin"/> knows it.</summary>
    public long OriginNumber { get; private set; }

    /// <summary>The monotonic instant at which the caller gets an answer in any case; 0 before the first send.</summary>
    public long Deadline { get; set; }

    /// <summary>The monotonic instant until which it waits for a home that can be reached; 0 before it first waited.</summary>
    public long HeldUntil { get; set; }

    /// <summary>The monotonic instant from which it may be tried again.</summary>
    public long RetryAt { get; set; }

    /// <summary>How often it had to wait.</summary>
    public int Tries { get; set; }

    /// <summary>Whether a node may have carried it out without this one having heard of it.</summary>
    public bool MaybeDelivered { get; set; }

    /// <summary>Whether it may be delivered a second time: it only reads, or the entity knows it again by its id.</summary>
    public bool MayRepeat => IsQuery || Command.Number != 0;

    /// <summary>Says where it goes, before it leaves for the first time.</summary>
    public void Address(ShardRegion region, string entityId, int shard)
    {
        _travelled = true;
        Region = region;
        EntityId = entityId;
        Shard = shard;
    }

    /// <summary>Says where it comes from.</summary>
    public void ComesFrom(IAskOrigin origin, long number)
    {
        Origin = origin;
        OriginNumber = number;
    }

    /// <summary>Tells the node that asked that nothing was delivered here.</summary>
    public void AnswerMoved()
    {
        Origin!.AnswerMoved(this);
        Recycle();
    }

    private void FinishTravel()
    {
        // "Nothing was done" is only true when no earlier home may have done it, and "no" only when none may do it yet.
        if (MaybeDelivered && !IsQuery && Result.Outcome is AskOutcome.Unavailable or AskOutcome.Rejected)
        {
            Result = AskResult.Unknown();
        }

        if (Origin is { } origin)
        {
            origin.Answer(this);
            Recycle();
        }
        else
        {
            _core.SetResult(Result);
        }
    }

    private void ForgetTravel()
    {
        _travelled = false;
        Region = null!;
        EntityId = null!;
        Origin = null;
        OriginNumber = 0;
        Deadline = 0;
        HeldUntil = 0;
        Tries = 0;
        MaybeDelivered = false;
    }
}
