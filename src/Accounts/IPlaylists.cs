namespace AkkaParty.Accounts;

/// <summary>Something to watch.</summary>
/// <param name="Id">The item's UUID; empty in input lets one be made.</param>
/// <param name="Title">The title, 1 to 300 characters.</param>
/// <param name="Url">Where it plays, http or https, at most 2,000 characters; null for none.</param>
/// <param name="MediaId">The id of an uploaded film: a UUID; null for none.</param>
/// <param name="TmdbId">The catalogue's number, from 1; null for none.</param>
/// <param name="PosterUrl">Its picture, http or https; null for none.</param>
/// <param name="DurationMs">How long it plays in milliseconds, 1 to 86,400,000; null when nobody knows.</param>
public sealed record PlaylistItem(
    Guid Id, string Title, string? Url = null, Guid? MediaId = null, int? TmdbId = null, string? PosterUrl = null, long? DurationMs = null);

/// <summary>A saved list of things to watch.</summary>
/// <param name="Id">The playlist's UUID.</param>
/// <param name="Name">The name, 1 to 200 characters.</param>
/// <param name="Description">A few words, at most 2,000 characters; null for none.</param>
/// <param name="Items">The items in their order, at most 500.</param>
/// <param name="Version">Counts the changes, from 1.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record Playlist(
    Guid Id,
    string Name,
    string? Description,
    IReadOnlyList<PlaylistItem> Items,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>A playlist without its items.</summary>
/// <param name="Id">The playlist's UUID.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">A few words; null for none.</param>
/// <param name="ItemCount">How many items it has.</param>
/// <param name="Version">Counts the changes, from 1.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record PlaylistSummary(
    Guid Id, string Name, string? Description, int ItemCount, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>What a playlist shall be; null leaves a member as it is.</summary>
/// <param name="Name">The name; needed for a new one.</param>
/// <param name="Description">A few words; empty for none.</param>
/// <param name="Items">All of its items.</param>
public sealed record PlaylistChange(string? Name = null, string? Description = null, IReadOnlyList<PlaylistItem>? Items = null);

/// <summary>
/// Saved playlists; everybody sees their own only. Every method throws <see cref="AccountsUnavailableException"/> when the database is
/// away.
/// </summary>
public interface IPlaylists
{
    /// <summary>The playlists of an account, the latest changed first.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The playlists without their items.</returns>
    Task<IReadOnlyList<PlaylistSummary>> ListAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>One playlist of an account.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="playlistId">Which.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The playlist, or null when the account has none of that id.</returns>
    Task<Playlist?> FindAsync(Guid accountId, Guid playlistId, CancellationToken cancellationToken);

    /// <summary>Makes a playlist.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="playlistId">The new playlist's id. One that the account has already is answered as it is: a repeated call.</param>
    /// <param name="change">What it shall be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The playlist, or <c>invalid_playlist</c>, <c>too_many_playlists</c>, <c>account_not_found</c>.</returns>
    Task<AccountAnswer<Playlist>> CreateAsync(
        Guid accountId, Guid playlistId, PlaylistChange change, CancellationToken cancellationToken);

    /// <summary>Changes a playlist.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="playlistId">Which.</param>
    /// <param name="change">What it shall be.</param>
    /// <param name="expectedVersion">The version that was read before; null to change whichever there is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The playlist, or <c>invalid_playlist</c>, <c>playlist_not_found</c>, <c>playlist_changed</c>.</returns>
    Task<AccountAnswer<Playlist>> ChangeAsync(
        Guid accountId, Guid playlistId, PlaylistChange change, long? expectedVersion, CancellationToken cancellationToken);

    /// <summary>Deletes a playlist.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="playlistId">Which.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Done, or <c>playlist_not_found</c>.</returns>
    Task<AccountAnswer<Done>> DeleteAsync(Guid accountId, Guid playlistId, CancellationToken cancellationToken);
}
