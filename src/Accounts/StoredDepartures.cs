using AkkaParty.Accounts.Storing;

namespace AkkaParty.Accounts;

/// <summary>Deleted accounts in the database.</summary>
internal sealed class StoredDepartures(IAccountDatabase database) : IDepartures
{
    private Action? _added;

    /// <inheritdoc />
    public async Task<IReadOnlyList<Departure>> ListAsync(int count, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            "Listing deleted accounts", db => DepartureTable.ListAsync(db, count), cancellationToken);
        return [.. rows.Select(row => new Departure(Ids.Of(row.AccountId), Instants.Of(row.DeletedAt)))];
    }

    /// <inheritdoc />
    public Task DoneAsync(Guid accountId, CancellationToken cancellationToken) => database.WriteAsync(
        "Forgetting a deleted account", db => DepartureTable.DeleteAsync(db, accountId), cancellationToken);

    /// <inheritdoc />
    public void OnAdded(Action added) => _added += added;

    /// <summary>Says that the list has grown.</summary>
    public void Tell() => _added?.Invoke();
}
