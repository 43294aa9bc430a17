using AkkaParty.Accounts;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Accounts;

namespace AkkaParty.Http.Rest.Accounts;

/// <summary>Body of <c>POST /api/v1/playlists</c> and <c>PATCH /api/v1/playlists/{id}</c>; what is left out stays.</summary>
/// <param name="Name">1 to 200 characters; a new playlist needs it.</param>
/// <param name="Description">At most 2,000 characters; empty for none.</param>
/// <param name="Items">All items in their order, at most 500.</param>
internal sealed record PlaylistChangeBody(
    string? Name = null, string? Description = null, IReadOnlyList<PlaylistItemBody?>? Items = null)
{
    /// <summary>What the playlist shall be.</summary>
    /// <returns>The change, or what is wrong with the form of its ids; the accounts check the rest.</returns>
    public (PlaylistChange? Change, ApiError? Error) Read()
    {
        if (Items is null)
        {
            return (new PlaylistChange(Name, Description), null);
        }

        var items = new List<PlaylistItem>(Items.Count);
        for (var i = 0; i < Items.Count; i++)
        {
            var (id, media) = (Guid.Empty, Guid.Empty);
            if (Items[i] is not { } item)
            {
                return (null, Invalid($"items[{i}] must be an object", $"items[{i}]"));
            }

            if (item.Id is not null && !Guid.TryParseExact(item.Id, "D", out id))
            {
                return (null, Invalid($"items[{i}].id must be a UUID, or left out for a new one", $"items[{i}].id"));
            }

            if (item.MediaId is not null && !Guid.TryParseExact(item.MediaId, "D", out media))
            {
                return (null, Invalid($"items[{i}].media_id must be a UUID", $"items[{i}].media_id"));
            }

            items.Add(new PlaylistItem(
                id,
                item.Title ?? string.Empty,
                item.Url,
                item.MediaId is null ? null : media,
                item.TmdbId,
                item.PosterUrl,
                item.DurationMs));
        }

        return (new PlaylistChange(Name, Description, items), null);
    }

    private static ApiError Invalid(string rule, string field) => AccountError.Of(AccountErrorCodes.InvalidPlaylist, rule, field);
}

/// <summary>Something to watch.</summary>
/// <param name="Id">The item's UUID; a new one is made when it is left out.</param>
/// <param name="Title">1 to 300 characters.</param>
/// <param name="Url">Where it plays, http or https, at most 2,000 characters.</param>
/// <param name="MediaId">The UUID of an uploaded film.</param>
/// <param name="TmdbId">The catalogue's number.</param>
/// <param name="PosterUrl">Its picture, http or https.</param>
/// <param name="DurationMs">How long it plays in milliseconds, 1 to 86,400,000.</param>
internal sealed record PlaylistItemBody(
    string? Id = null,
    string? Title = null,
    string? Url = null,
    string? MediaId = null,
    int? TmdbId = null,
    string? PosterUrl = null,
    long? DurationMs = null)
{
    /// <summary>Shows an item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The same for clients.</returns>
    public static PlaylistItemBody Of(PlaylistItem item) => new(
        item.Id.ToString("D"), item.Title, item.Url, item.MediaId?.ToString("D"), item.TmdbId, item.PosterUrl, item.DurationMs);
}

/// <summary>A saved playlist.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">A few words; null for none.</param>
/// <param name="Items">The items in their order.</param>
/// <param name="ItemCount">How many these are.</param>
/// <param name="Version">Counts the changes, from 1; also the entity tag.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record PlaylistBody(
    Guid Id,
    string Name,
    string? Description,
    IReadOnlyList<PlaylistItemBody> Items,
    int ItemCount,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Shows a playlist.</summary>
    /// <param name="playlist">The playlist.</param>
    /// <returns>The same for its owner.</returns>
    public static PlaylistBody Of(Playlist playlist) => new(
        playlist.Id,
        playlist.Name,
        playlist.Description,
        [.. playlist.Items.Select(PlaylistItemBody.Of)],
        playlist.Items.Count,
        playlist.Version,
        playlist.CreatedAt,
        playlist.UpdatedAt);
}

/// <summary>A playlist without its items.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">A few words; null for none.</param>
/// <param name="ItemCount">How many items it has.</param>
/// <param name="Version">Counts the changes, from 1.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record PlaylistSummaryBody(
    Guid Id, string Name, string? Description, int ItemCount, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Shows a playlist.</summary>
    /// <param name="playlist">The playlist.</param>
    /// <returns>The same for its owner.</returns>
    public static PlaylistSummaryBody Of(PlaylistSummary playlist) => new(
        playlist.Id,
        playlist.Name,
        playlist.Description,
        playlist.ItemCount,
        playlist.Version,
        playlist.CreatedAt,
        playlist.UpdatedAt);
}

/// <summary>The playlists of an account.</summary>
/// <param name="Playlists">The latest changed first, without their items.</param>
internal sealed record PlaylistsBody(IReadOnlyList<PlaylistSummaryBody> Playlists);
