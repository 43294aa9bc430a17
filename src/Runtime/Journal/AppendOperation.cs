using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Journal;

/// <summary>How an append (or a verify) ended. These are different answers and never mixed up.</summary>
public enum AppendOutcome
{
    /// <summary>Not decided yet.</summary>
    Pending,

    /// <summary>The head was as expected; all entries are durable.</summary>
    Appended,

    /// <summary>The head was another one: somebody else wrote. Nothing was stored.</summary>
    Conflict,

    /// <summary>The store refused or could not be reached before it did anything. Certainly nothing was stored.</summary>
    Refused,

    /// <summary>The store did not answer: the entries are all there, or none of them is.</summary>
    Unknown,
}

/// <summary>
/// One entity's part of a commit: compare the head, then insert all entries or none. Without entries it only verifies the head.
/// </summary>
public sealed class AppendOperation
{
    /// <summary>Who waits for it: the cell, through the writer.</summary>
    internal IAppendOwner? Owner { get; set; }

    /// <summary>The entity.</summary>
    public EntityAddress Address { get; set; }

    /// <summary>The entity's shard, 0 to 255; stored with the entity when its first event is.</summary>
    public int Shard { get; set; }

    /// <summary>The sequence number the entity's last stored event must have; 0 for an entity without events.</summary>
    public long ExpectedHead { get; set; }

    /// <summary>What to insert, with consecutive sequence numbers from <see cref="ExpectedHead"/> + 1; empty to verify only.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; set; } = [];

    /// <summary>The entity's next deadline after this append; stored with the entity. Ignored by a verify.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Whether the entity must be restarted by itself; stored with the entity. Ignored by a verify.</summary>
    public bool KeepAlive { get; set; }

    /// <summary>How it ended; set by the journal before the commit completes.</summary>
    public AppendOutcome Outcome { get; set; }

    /// <summary>
    /// The store's own key of the entity, remembered between appends so that it need not be looked up again; 0 when not known.
    /// Only the journal that set it may use it.
    /// </summary>
    public long StoreKey { get; set; }
}

/// <summary>Is told when its append ended.</summary>
internal interface IAppendOwner
{
    /// <summary>The operation has its outcome. May be called on any thread.</summary>
    void AppendEnded();

    /// <summary>The operation has waited longer than callers are willing to. It may still end later.</summary>
    void AppendStalled();
}
