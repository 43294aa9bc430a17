using AkkaParty.Accounts;
using AkkaParty.Node.Configuration;
using AkkaParty.Runtime.Journal;
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

    /// <summary>Opens the accounts with the store: both are in one place, and neither is of use without the other.</summary>
    public static StoreOpener WithAccounts(this StoreOpener opener, AccountBook accounts) => opener with
    {
        OpenAsync = async stop =>
        {
            var stores = await opener.OpenAsync(stop);
            try
            {
                await accounts.OpenAsync(stop);
                return stores;
            }
            catch (AccountsUnavailableException error)
            {
                await stores.Owner.DisposeAsync();
                throw opener.MayBeAway
                    ? new JournalUnavailableException(error.Message, error)
                    : new StoreStartException(error.Message, error);
            }
            catch
            {
                await stores.Owner.DisposeAsync();
                throw;
            }
        },
    };

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
