namespace AkkaParty.Runtime.Diagnostics;

/// <summary>What one node holds of one kind of entity.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Shards">How many shards with entities in memory, 0 to 256.</param>
/// <param name="Entities">How many entities are in memory.</param>
/// <param name="Waiting">How many messages wait for a shard without a home.</param>
/// <param name="Subscriptions">How many subscriptions its entities have here.</param>
public sealed record RegionReport(string Kind, int Shards, int Entities, int Waiting, int Subscriptions);

/// <summary>What one node knows and holds of one shard.</summary>
/// <param name="Shard">0 to 255.</param>
/// <param name="Home">Where this node takes it to be: <c>local</c>, <c>remote</c>, <c>unknown</c>, ...</param>
/// <param name="Node">The other node, when it is <c>remote</c>.</param>
/// <param name="Entities">How many entities of all kinds are in memory here.</param>
/// <param name="Waiting">How many messages wait for its home.</param>
public sealed record ShardReport(int Shard, string Home, string? Node, int Entities, int Waiting);

/// <summary>What one node holds of one entity.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Shard">Its shard, 0 to 255.</param>
/// <param name="Status">Where it is in its order: <c>ready</c>, <c>appending</c>, <c>recovering</c>, ...</param>
/// <param name="Seq">The sequence number its memory is at; read from beside its turns, so it may be a moment old.</param>
/// <param name="Mail">How many messages wait for it.</param>
/// <param name="Subscriptions">How many subscriptions it has; those of other nodes' clients included.</param>
public sealed record EntityReport(string Kind, string Id, int Shard, string Status, long Seq, int Mail, int Subscriptions);
