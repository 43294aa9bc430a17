namespace AkkaParty.Runtime.Postgres;

/// <summary>How the store on PostgreSQL works.</summary>
public sealed class PostgresOptions
{
    /// <summary>
    /// Where the database is, as Npgsql reads it (<c>Host=...;Database=...;Username=...</c>). A direct connection: a pooler in
    /// between would share out the sessions that the members' locks belong to.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>The most operations of one commit, 1 to 10,000.</summary>
    public int CommitOperationsMax { get; init; } = 1024;

    /// <summary>The most commits under way at once, each on a connection of its own, 1 to 16. A node's writer uses one.</summary>
    public int CommitsMax { get; init; } = 4;

    /// <summary>The most connections for everything that is not a commit or a lease, 1 to 100.</summary>
    public int ConnectionsMax { get; init; } = 8;

    /// <summary>
    /// How long the server may take over one call before its outcome is given up, 2 s to 60 s, in whole seconds. Below what a caller
    /// of an entity waits, so that a caller hears of it.
    /// </summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// How long a heartbeat may take to connect, and again to be answered, 1 s to 10 s, in whole seconds. Well below the lease.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a page of the whole journal is waited for while records are stored but not yet in their order.</summary>
    internal TimeSpan OrderPatience { get; init; } = TimeSpan.FromMilliseconds(500);
}
