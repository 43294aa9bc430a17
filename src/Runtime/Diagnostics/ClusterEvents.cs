using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Diagnostics;

/// <summary>Something that happened to this node as a member of its cluster.</summary>
public abstract record ClusterEvent : RuntimeEvent;

/// <summary>The node entered another phase of its life.</summary>
/// <param name="Phase">Which.</param>
public sealed record PhaseEntered(NodePhase Phase) : ClusterEvent;

/// <summary>A member is there that was not before.</summary>
/// <param name="Node">The member.</param>
public sealed record MemberJoined(NodeIdentity Node) : ClusterEvent;

/// <summary>A member is not there any more.</summary>
/// <param name="Node">The member.</param>
public sealed record MemberLeft(NodeIdentity Node) : ClusterEvent;

/// <summary>This node took a member's silence for its death and removes it.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Incarnation">Its run.</param>
/// <param name="HasGone">Whether the store knew that its connection had ended; otherwise its lease ran out.</param>
public sealed record MemberDeclaredDead(string Name, long Incarnation, bool HasGone) : ClusterEvent;

/// <summary>The store does not know this run any more: it forgets everything and joins anew.</summary>
/// <param name="Node">The run that is over.</param>
public sealed record Evicted(NodeIdentity Node) : ClusterEvent;

/// <summary>The lease ran out, or the run is over: nothing is served and every entity left memory.</summary>
public sealed record Fenced : ClusterEvent;

/// <summary>The lease is good again and the homes are known.</summary>
public sealed record Unfenced : ClusterEvent;

/// <summary>This node serves a shard from now on.</summary>
/// <param name="Shard">The shard, 0 to 255.</param>
/// <param name="Epoch">The epoch of its home.</param>
public sealed record ShardClaimed(int Shard, long Epoch) : ClusterEvent;

/// <summary>This node's entities of a shard begin to finish, because the shard moves.</summary>
/// <param name="Shard">The shard, 0 to 255.</param>
/// <param name="Target">Where it goes; null when nobody takes it.</param>
public sealed record HandOffBegun(int Shard, string? Target) : ClusterEvent;

/// <summary>No entity of a shard that moves is served here any more.</summary>
/// <param name="Shard">The shard, 0 to 255.</param>
/// <param name="Forced">Whether its entities were abandoned because they took too long.</param>
public sealed record HandOffEnded(int Shard, bool Forced) : ClusterEvent;

/// <summary>The store shows another node, or nobody, as the home of a shard that was this node's.</summary>
/// <param name="Shard">The shard, 0 to 255.</param>
/// <param name="Owner">The new home; null for nobody.</param>
public sealed record ShardReleased(int Shard, string? Owner) : ClusterEvent;

/// <summary>This node read the members and homes and acted on them.</summary>
/// <param name="Version">Their version.</param>
public sealed record ClusterAdopted(long Version) : ClusterEvent;
