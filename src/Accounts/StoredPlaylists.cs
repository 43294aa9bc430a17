using AkkaParty.Accounts.Storing;

namespace AkkaParty.Accounts;

/// <summary>Playlists in the database.</summary>
internal sealed class StoredPlaylists(IAccountDatabase database, TimeProvider time) : IPlaylists
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<PlaylistSummary>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync("Listing playlists", db => PlaylistTable.ListAsync(db, accountId), cancellationToken);
        return [.. rows.Select(row => row.ToSummary())];
    }

    /// <inheritdoc />
    public async Task<Playlist?> FindAsync(Guid accountId, Guid playlistId, CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            "Reading a playlist", db => PlaylistTable.FindAsync(db, accountId, playlistId), cancellationToken))?.ToPlaylist();

    /// <inheritdoc />
    public async Task<AccountAnswer<Playlist>> CreateAsync(
        Guid accountId, Guid playlistId, PlaylistChange change, CancellationToken cancellationToken)
    {
        if (PlaylistInput.Check(change, isNew: true) is { } fault)
        {
            return fault;
        }

        var now = Instants.Now(time);
        var items = PlaylistInput.WithIds(change.Items ?? [], time);
        var row = new PlaylistRow
        {
            Id = Ids.Text(playlistId),
            AccountId = Ids.Text(accountId),
            Name = change.Name!.Trim(),
            Description = string.IsNullOrEmpty(change.Description) ? null : change.Description,
            Items = PlaylistJson.Write(items),
            ItemCount = items.Count,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return await database.WriteAsync<AccountAnswer<Playlist>>(
            "Making a playlist",
            async db =>
            {
                if (await AccountTable.LockAsync(db, accountId) is null)
                {
                    return AccountFaults.AccountNotFound;
                }

                if (await PlaylistTable.FindAsync(db, accountId, playlistId) is { } there)
                {
                    return there.ToPlaylist();
                }

                if (await PlaylistTable.CountAsync(db, accountId) >= AccountLimits.PlaylistsMax)
                {
                    return AccountFaults.TooManyPlaylists;
                }

                return await PlaylistTable.InsertAsync(db, row) ? row.ToPlaylist() : AccountFaults.PlaylistNotFound;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task<AccountAnswer<Playlist>> ChangeAsync(
        Guid accountId, Guid playlistId, PlaylistChange change, long? expectedVersion, CancellationToken cancellationToken)
    {
        if (PlaylistInput.Check(change, isNew: false) is { } fault)
        {
            return fault;
        }

        return await database.WriteAsync<AccountAnswer<Playlist>>(
            "Changing a playlist",
            async db =>
            {
                if (await PlaylistTable.LockAsync(db, accountId, playlistId) is not { } before)
                {
                    return AccountFaults.PlaylistNotFound;
                }

                if (expectedVersion is { } expected && expected != before.Version)
                {
                    return AccountFaults.PlaylistChanged;
                }

                var row = Changed(before, change);
                await PlaylistTable.UpdateAsync(db, row);
                return row.ToPlaylist();
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task<AccountAnswer<Done>> DeleteAsync(Guid accountId, Guid playlistId, CancellationToken cancellationToken)
    {
        var isDone = await database.WriteAsync(
            "Deleting a playlist", db => PlaylistTable.DeleteAsync(db, accountId, playlistId), cancellationToken);
        return isDone ? Done.Value : AccountFaults.PlaylistNotFound;
    }

    private PlaylistRow Changed(PlaylistRow before, PlaylistChange change)
    {
        var items = change.Items is null ? null : PlaylistInput.WithIds(change.Items, time);
        return new PlaylistRow
        {
            Id = before.Id,
            AccountId = before.AccountId,
            Name = change.Name?.Trim() ?? before.Name,
            Description = change.Description is null ? before.Description : change.Description.Length == 0 ? null : change.Description,
            Items = items is null ? before.Items : PlaylistJson.Write(items),
            ItemCount = items?.Count ?? before.ItemCount,
            Version = before.Version + 1,
            CreatedAt = before.CreatedAt,
            UpdatedAt = Math.Max(before.UpdatedAt, Instants.Now(time)),
        };
    }
}
