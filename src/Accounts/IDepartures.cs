namespace AkkaParty.Accounts;

/// <summary>A deleted account that others have yet to forget.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="DeletedAt">When it was deleted.</param>
public sealed record Departure(Guid AccountId, DateTimeOffset DeletedAt);

/// <summary>
/// The list of deleted accounts that are still named elsewhere, such as in watch parties. It is written with the deletion, so that nothing
/// is forgotten to be forgotten. Every method throws <see cref="AccountsUnavailableException"/> when the database is away.
/// </summary>
public interface IDepartures
{
    /// <summary>Lists them.</summary>
    /// <param name="count">At most this many, 1 to 10,000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The one that waits the longest first.</returns>
    Task<IReadOnlyList<Departure>> ListAsync(int count, CancellationToken cancellationToken);

    /// <summary>Takes one off the list: nothing names it any more. One that is not on it is no error.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when it is off the list.</returns>
    Task DoneAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>Has somebody told when the list has grown on this node. What other nodes add is not told.</summary>
    /// <param name="added">Quick, and fails never; on any thread.</param>
    void OnAdded(Action added);
}
