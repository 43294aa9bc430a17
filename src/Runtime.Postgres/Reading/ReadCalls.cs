using Npgsql;

namespace AkkaParty.Runtime.Postgres.Reading;

/// <summary>Calls outside of commits and leases: errors are translated, and a broken connection's call is tried again.</summary>
internal sealed class ReadCalls(NpgsqlDataSource database)
{
    /// <summary>Runs a call that may run twice. A pooled connection may have ended long ago; a second one is new.</summary>
    /// <param name="what">What it does, for errors.</param>
    /// <param name="state">What it works on.</param>
    /// <param name="call">Does it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<T> RunAsync<T, TState>(
        string what, TState state, Func<NpgsqlDataSource, TState, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call(database, state, cancellationToken);
            }
            catch (Exception error) when (attempt == 1 && IsOfABrokenConnection(error))
            {
                // The driver has emptied its pool: the next connection is a new one.
            }
            catch (Exception error) when (PostgresFailure.IsStores(error))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw PostgresFailure.Translate(what, error);
            }
        }
    }

    /// <summary>Runs a call that may have happened although it failed, so never twice by itself.</summary>
    public async ValueTask<T> RunOnceAsync<T, TState>(
        string what, TState state, Func<NpgsqlDataSource, TState, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await call(database, state, cancellationToken);
        }
        catch (Exception error) when (PostgresFailure.IsStores(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailure.Translate(what, error);
        }
    }

    private static bool IsOfABrokenConnection(Exception error) => error is PostgresException postgres
        ? postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
        : error is NpgsqlException { InnerException: IOException };
}
