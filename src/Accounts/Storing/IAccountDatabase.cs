namespace AkkaParty.Accounts.Storing;

/// <summary>
/// The seam between what accounts are and where they are kept: both kinds of database understand the same statements, and differ in how
/// they are opened, how they lock, and what their errors mean. Every method throws <see cref="AccountsUnavailableException"/> when the
/// database is away, and <see cref="AccountsStartException"/> when it can never be used.
/// </summary>
internal interface IAccountDatabase : IAsyncDisposable
{
    /// <summary>Opens the database and brings its schema to this program's version; does nothing when that was done.</summary>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <returns>A task that completes when it can be used.</returns>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Reads, outside of any transaction.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="what">What is done, for errors: "Reading an account".</param>
    /// <param name="read">Does it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What was read.</returns>
    Task<T> ReadAsync<T>(string what, Func<DatabaseCall, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction, stored when the task completes. May do it again when it lost a race for locks.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="what">What is done, for errors.</param>
    /// <param name="write">Does it; what it throws undoes it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The result.</returns>
    Task<T> WriteAsync<T>(string what, Func<DatabaseCall, Task<T>> write, CancellationToken cancellationToken);
}
