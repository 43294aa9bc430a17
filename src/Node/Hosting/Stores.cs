using AkkaParty.Node.Configuration;
using AkkaParty.Runtime.Sqlite;

namespace AkkaParty.Node.Hosting;

/// <summary>Chooses the store.</summary>
internal static class Stores
{
    /// <summary>How the configured store is opened.</summary>
    public static StoreOpener Opener(NodeOptions options, ILoggerFactory logs) =>
        new(options.StoreShown(), MayBeAway: false, _ => Task.FromResult(OpenSqlite(options, logs)));

    private static NodeStores OpenSqlite(NodeOptions options, ILoggerFactory logs)
    {
        var store = SqliteStore.Open(options.ToStore(), logs.CreateLogger<SqliteStore>());
        return new NodeStores(store.Journal, store.Snapshots, store.Leases, store.Projections, store);
    }
}
