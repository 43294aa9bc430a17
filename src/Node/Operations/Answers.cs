using System.Text.Json;
using AkkaParty.Runtime.Diagnostics;

namespace AkkaParty.Node.Operations;

/// <summary>What a node says of itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Phase">What it does: starting, joining, serving, draining, fenced or stopped.</param>
/// <param name="Since">Since when.</param>
/// <param name="LeaseSeconds">How long it may still serve without word from the store; null when that never ends.</param>
/// <param name="Regions">What it has in memory, by kind.</param>
/// <param name="Shards">Entities in memory and messages that wait, by shard; only shards that have any.</param>
internal sealed record NodeReport(
    string Name,
    string Version,
    string Phase,
    DateTimeOffset? Since,
    double? LeaseSeconds,
    IReadOnlyList<RegionReport> Regions,
    IReadOnlyList<ShardReport> Shards);

/// <summary>The cluster as one node sees it, with what each member says of itself.</summary>
/// <param name="Node">Who answers.</param>
/// <param name="Phase">What that node does.</param>
/// <param name="Version">The version of members and homes; 0 when the node has not read them yet.</param>
/// <param name="IsOld">Whether the store does not answer, and this is what the node heard last.</param>
/// <param name="Members">The members, by name.</param>
/// <param name="ShardsWithoutHome">How many shards nobody serves at the moment.</param>
/// <param name="ShardsMoving">How many shards are served by another node than they should be.</param>
internal sealed record ClusterView(
    string Node,
    string Phase,
    long Version,
    bool IsOld,
    IReadOnlyList<MemberView> Members,
    int ShardsWithoutHome,
    int ShardsMoving);

/// <summary>One member.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Incarnation">The number of its run.</param>
/// <param name="Address">Where the others reach it; empty for a node that is alone.</param>
/// <param name="Phase">What it says it does; <c>unreachable</c> when it does not answer, <c>leaving</c> when it leaves.</param>
/// <param name="FeatureLevel">The newest formats it reads.</param>
/// <param name="Shards">How many shards it serves.</param>
/// <param name="ShardsTarget">How many it should serve.</param>
/// <param name="Build">The program's version; null when it does not answer.</param>
/// <param name="Since">Since when it is in this phase; null when it does not answer.</param>
/// <param name="LeaseSeconds">How long it may still serve without word from the store.</param>
/// <param name="Entities">How many entities it has in memory; null when it does not answer.</param>
/// <param name="Subscriptions">How many subscriptions it serves; null when it does not answer.</param>
internal sealed record MemberView(
    string Name,
    long Incarnation,
    string Address,
    string Phase,
    int FeatureLevel,
    int Shards,
    int ShardsTarget,
    string? Build,
    DateTimeOffset? Since,
    double? LeaseSeconds,
    int? Entities,
    int? Subscriptions);

/// <summary>What a new node needs to join.</summary>
/// <param name="Database">Where the database is, without user and password.</param>
/// <param name="Members">The members' names, none of which it may have.</param>
/// <param name="Addresses">Where their links are.</param>
/// <param name="FeatureLevel">The formats in use: the lowest level of all members.</param>
/// <param name="Settings">The settings it must have, as environment variables; secrets are named, not told.</param>
internal sealed record JoinInfo(
    string Database,
    IReadOnlyList<string> Members,
    IReadOnlyList<string> Addresses,
    int FeatureLevel,
    IReadOnlyDictionary<string, string> Settings);

/// <summary>Something that happened to the cluster, as one node saw it.</summary>
/// <param name="Number">Grows by one with each, from 1 at the node's start.</param>
/// <param name="At">When.</param>
/// <param name="Event">What, as a name.</param>
/// <param name="Text">The same for people.</param>
internal sealed record ClusterEventLine(long Number, DateTimeOffset At, string Event, string Text);

/// <summary>What happened after a number.</summary>
/// <param name="Node">Who saw it.</param>
/// <param name="Events">The events, in order.</param>
/// <param name="Last">The last number there is.</param>
internal sealed record ClusterEvents(string Node, IReadOnlyList<ClusterEventLine> Events, long Last);

/// <summary>What one node has of one kind.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Shards">Shards with entities in memory.</param>
/// <param name="Entities">Entities in memory.</param>
/// <param name="Waiting">Messages that wait for a home.</param>
/// <param name="Subscriptions">Subscriptions served.</param>
internal sealed record RegionLine(string Node, string Kind, int Shards, int Entities, int Waiting, int Subscriptions);

/// <summary>All regions of all nodes that answer.</summary>
/// <param name="Regions">By kind and node.</param>
/// <param name="Unreachable">Members that did not answer.</param>
internal sealed record RegionsView(IReadOnlyList<RegionLine> Regions, IReadOnlyList<string> Unreachable);

/// <summary>One shard.</summary>
/// <param name="Shard">0 to 255.</param>
/// <param name="Owner">Who serves it; null for nobody.</param>
/// <param name="Target">Who should.</param>
/// <param name="Epoch">How often it has changed hands.</param>
/// <param name="Entities">Entities in memory at its owner; null when that one does not answer.</param>
/// <param name="Waiting">Messages that wait for it, on all nodes that answer.</param>
internal sealed record ShardLine(int Shard, string? Owner, string? Target, long Epoch, int? Entities, int Waiting);

/// <summary>All shards.</summary>
/// <param name="Version">The version of the homes.</param>
/// <param name="Shards">256 of them.</param>
/// <param name="Unreachable">Members that did not answer.</param>
internal sealed record ShardsView(long Version, IReadOnlyList<ShardLine> Shards, IReadOnlyList<string> Unreachable);

/// <summary>Where an entity is.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Shard">Its shard.</param>
/// <param name="Owner">Who serves the shard; null for nobody.</param>
/// <param name="Target">Who should.</param>
/// <param name="Epoch">How often the shard has changed hands.</param>
/// <param name="InMemory">What the owner has in memory; null when it is not there, or the owner does not answer.</param>
/// <param name="OwnerAnswers">Whether the owner answered.</param>
internal sealed record WhereView(
    string Kind, string Id, int Shard, string? Owner, string? Target, long Epoch, EntityReport? InMemory, bool OwnerAnswers);

/// <summary>An entity as its events make it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Shard">Its shard.</param>
/// <param name="Seq">The number of its last event.</param>
/// <param name="FirstAt">When its first event was decided.</param>
/// <param name="LastAt">When its last event was decided.</param>
/// <param name="Deadline">When it acts by itself next; null for never.</param>
/// <param name="KeepAlive">Whether it must be in memory somewhere.</param>
/// <param name="State">Its state.</param>
internal sealed record EntityStory(
    string Kind,
    string Id,
    int Shard,
    long Seq,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    DateTimeOffset? Deadline,
    bool KeepAlive,
    JsonElement State);

/// <summary>One event of an entity.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Event">Its name and version.</param>
/// <param name="Payload">Its content.</param>
/// <param name="Session">The client session of the command it came from, if that had an id.</param>
/// <param name="Command">The command's number in that session.</param>
internal sealed record EventLine(long Seq, DateTimeOffset At, string Event, JsonElement Payload, Guid? Session, long? Command);

/// <summary>Some events of an entity.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Seq">The number of its last event; 0 when it has none.</param>
/// <param name="Events">The events, in order.</param>
internal sealed record EntityEvents(string Kind, string Id, long Seq, IReadOnlyList<EventLine> Events);

/// <summary>An entity that is followed.</summary>
/// <param name="Node">Where it lives.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Seq">The number it is at.</param>
/// <param name="Subscriptions">How many follow it.</param>
internal sealed record FeedLine(string Node, string Kind, string Id, long Seq, int Subscriptions);

/// <summary>The entities that are followed, the most followed first.</summary>
/// <param name="Feeds">The entities.</param>
/// <param name="Unreachable">Members that did not answer.</param>
internal sealed record FeedsView(IReadOnlyList<FeedLine> Feeds, IReadOnlyList<string> Unreachable);

/// <summary>One record of the whole journal.</summary>
/// <param name="Offset">Its place in the order of all events.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Kind">The entity's kind.</param>
/// <param name="Id">The entity.</param>
/// <param name="Seq">Its number in the entity.</param>
/// <param name="Event">Its name and version.</param>
/// <param name="Payload">Its content.</param>
internal sealed record JournalLine(
    long Offset, DateTimeOffset At, string Kind, string Id, long Seq, string Event, JsonElement Payload);

/// <summary>Some records of the journal.</summary>
/// <param name="Records">The records, in order.</param>
/// <param name="Last">The offset to go on after.</param>
internal sealed record JournalView(IReadOnlyList<JournalLine> Records, long Last);

/// <summary>Something was done.</summary>
/// <param name="Done">What, as a sentence.</param>
internal sealed record DoneView(string Done);

/// <summary>Something could not be done.</summary>
/// <param name="Error">Why, as a sentence.</param>
/// <param name="Code">Why, as a name.</param>
internal sealed record RefusalView(string Error, string Code);
