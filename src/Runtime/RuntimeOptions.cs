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

    /// <summary>How long a node goes without links to most of the others before it takes itself for cut off. 500 ms to 5 min.</summary>
    public TimeSpan LinkPatience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The most events a subscriber catches up on from the journal; beyond it the subscription ends as failed.</summary>
    public int CatchUpEventsMax { get; set; } = 100_000;

    /// <summary>How often a member gives a sign of life and hears the others'. 50 ms to 1 s.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a member serves after its last good heartbeat. The others take its shards over a tenth later. At least eight
    /// heartbeats; 2 s to 1 min.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest a message waits for its shard to have a home; then it is answered <c>no_home</c>. 100 ms to 1 min.</summary>
    public TimeSpan ShardBufferTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a shard's entities may take to finish before they are abandoned and the shard moves all the same.</summary>
    public TimeSpan HandOffTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
