namespace AkkaParty.Runtime;

/// <summary>The runtime's limits. Every queue, buffer and wait has one.</summary>
public sealed class RuntimeOptions
{
    /// <summary>This node's name, unique among live nodes.</summary>
    public string NodeName { get; set; } = "node-1";

    /// <summary>The most messages that wait for one entity; one more is answered <c>busy</c>. 1 to 1,000,000.</summary>
    public int MailboxMax { get; set; } = 1_024;

    /// <summary>The most messages one turn decides before it appends. 1 to 10,000.</summary>
    public int TurnMessagesMax { get; set; } = 256;

    /// <summary>The most messages that wait for one shard while it has no home. 1 to 100,000.</summary>
    public int ShardBufferMax { get; set; } = 1_000;

    /// <summary>The longest a caller waits for the store before it gets an answer that says so. 100 ms to 5 min.</summary>
    public TimeSpan AskTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most client sessions an entity remembers for duplicate commands; the longest silent one goes first.</summary>
    public int SessionsMax { get; set; } = 4_096;

    /// <summary>How long an entity remembers a client session after its last command, by event time.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a failed recovery is remembered before it is tried again; doubled each time up to 32 times this.</summary>
    public TimeSpan RecoveryBackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the store is asked for entities that must be woken, and how far ahead it looks.</summary>
    public TimeSpan WakeupScanInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The most events a subscriber catches up on from the journal; beyond it the subscription ends as failed.</summary>
    public int CatchUpEventsMax { get; set; } = 100_000;
}
