using AkkaParty.Node.Configuration;
using AkkaParty.Runtime.Postgres;
using AkkaParty.Runtime.Sqlite;

namespace AkkaParty.Node.Hosting;

/// <summary>Chooses the store.</summary>
internal static class Stores
{
    /// <summary>How the configured store is opened.</summary>
    public static StoreOpener Opener(NodeOptions options, ILoggerFactory logs) => options.Store.IsPostgres()
        ? new StoreOpener(options.StoreShown(), MayBeAway: true, stop => OpenPostgresAsync(options, logs, stop))
        : new StoreOpener(options.StoreShown(), MayBeAway: false, _ => Task.FromResult(OpenSqlite(options, logs)));

    private static NodeStores OpenSqlite(NodeOptions options, ILoggerFactory logs)
    {
        var store = SqliteStore.Open(options.ToSqlite(), logs.CreateLogger<SqliteStore>());
        return new NodeStores(store.Journal, store.Snapshots, store.Leases, store.Projections, store);
    }

    private static async Task<NodeStores> OpenPostgresAsync(NodeOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var store = await PostgresStore.OpenAsync(options.ToPostgres(), logs.CreateLogger<PostgresStore>(), cancellationToken);
        return new NodeStores(store.Journal, store.Snapshots, store.Leases, store.Projections, store);
    }
}
