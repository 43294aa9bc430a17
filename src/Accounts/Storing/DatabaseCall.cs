using System.Data.Common;
using Dapper;

namespace AkkaParty.Accounts.Storing;

/// <summary>One call on the database: a connection while it is ours, inside a transaction or not.</summary>
/// <param name="connection">The open connection.</param>
/// <param name="transaction">Its transaction; null for none.</param>
/// <param name="locking">What a SELECT of rows that are about to be changed ends with.</param>
/// <param name="cancellationToken">Stops what is under way.</param>
internal sealed class DatabaseCall(
    DbConnection connection, DbTransaction? transaction, string locking, CancellationToken cancellationToken)
{
    static DatabaseCall() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>What a SELECT of rows that are about to be changed ends with; empty where there is only one writer.</summary>
    public string Locking => locking;

    /// <summary>Reads all rows.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, object? values = null) =>
        [.. await connection.QueryAsync<T>(Command(sql, values))];

    /// <summary>Reads the first row; null when there is none.</summary>
    public Task<T?> FindAsync<T>(string sql, object? values = null)
        where T : class => connection.QueryFirstOrDefaultAsync<T>(Command(sql, values));

    /// <summary>Reads one number; null when there is no row.</summary>
    public Task<long?> NumberAsync(string sql, object? values = null) => connection.ExecuteScalarAsync<long?>(Command(sql, values));

    /// <summary>Changes rows.</summary>
    /// <returns>How many.</returns>
    public Task<int> ExecuteAsync(string sql, object? values = null) => connection.ExecuteAsync(Command(sql, values));

    private CommandDefinition Command(string sql, object? values) =>
        new(sql, values, transaction, cancellationToken: cancellationToken);
}
