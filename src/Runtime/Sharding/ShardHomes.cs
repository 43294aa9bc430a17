namespace AkkaParty.Runtime.Sharding;

/// <summary>Where a shard is served.</summary>
internal enum HomeKind : byte
{
    /// <summary>Nobody serves it at the moment: what comes for it waits, bounded.</summary>
    Unknown,

    /// <summary>This node.</summary>
    Local,

    /// <summary>Another node.</summary>
    Remote,

    /// <summary>This node stops: what comes is refused at once.</summary>
    Closed,

    /// <summary>This node's lease has run out: what comes is refused at once, until the store answers.</summary>
    Away,
}

/// <summary>A shard's home as this node knows it.</summary>
internal sealed record ShardHome(HomeKind Kind, string? Node)
{
    public static ShardHome Unknown { get; } = new(HomeKind.Unknown, null);

    public static ShardHome Local { get; } = new(HomeKind.Local, null);

    public static ShardHome Closed { get; } = new(HomeKind.Closed, null);

    public static ShardHome Away { get; } = new(HomeKind.Away, null);

    public static ShardHome Remote(string node) => new(HomeKind.Remote, node);
}

/// <summary>The homes of all shards as this node knows them. Knowing wrongly costs time, never data.</summary>
internal sealed class ShardHomes
{
    private readonly ShardHome[] _homes = new ShardHome[ShardId.Count];

    public ShardHomes() => Array.Fill(_homes, ShardHome.Unknown);

    public ShardHome this[int shard]
    {
        get => Volatile.Read(ref _homes[shard]);
        set => Volatile.Write(ref _homes[shard], value);
    }
}
