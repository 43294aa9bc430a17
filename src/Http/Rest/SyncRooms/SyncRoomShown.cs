using System.Globalization;
using AkkaParty.Http.Rest.WatchParties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.SyncRooms;

/// <summary>What a watch party says of itself, as rooms show it.</summary>
/// <param name="shown">The other surface's way.</param>
internal sealed class SyncRoomShown(WatchShown shown)
{
    /// <summary>The words for how an account's request stands.</summary>
    private static readonly Dictionary<AccessStatus, string> AccountWords = new()
    {
        [AccessStatus.Pending] = "requested",
        [AccessStatus.Approved] = "granted",
        [AccessStatus.Denied] = "denied",
    };

    private static readonly Dictionary<AccessStatus, string> GuestWords = new()
    {
        [AccessStatus.Pending] = "pending",
        [AccessStatus.Approved] = "approved",
        [AccessStatus.Denied] = "denied",
    };

    /// <summary>Shows a room.</summary>
    /// <param name="request">The request that asks.</param>
    /// <param name="view">The party.</param>
    /// <param name="memberId">Who asks; null for nobody in particular.</param>
    /// <returns>The body.</returns>
    public SyncRoomBody Room(HttpRequest request, WatchPartyView view, string? memberId)
    {
        var item = WatchShown.Playing(view) ?? (view.Items.Count == 0 ? null : view.Items[0]);
        var host = view.Participants.FirstOrDefault(one => one.MemberId == view.HostId);
        var own = view.Participants.FirstOrDefault(one => one.MemberId == memberId);
        return new SyncRoomBody(
            view.Id,
            item is null ? null : MovieIdOf(item),
            view.HostId,
            view.Title,
            view.Description ?? string.Empty,
            view.CreatedAt,
            Movie(item),
            view.HostId is { } hostId ? new RoomHostBody(hostId, host?.Name) : null,
            view.ParticipantCount,
            WatchWords.Of(view.Settings.Visibility),
            view.HasPassword,
            view.InviteCode,
            shown.InviteUrl(request, view.InviteCode),
            own is null ? null : WatchPersonShown.WordOf(own.Role),
            view.StartedAt,
            view.EndedAt,
            view.Seq);
    }

    /// <summary>Shows a room in a list of somebody's.</summary>
    /// <param name="request">The request that asks.</param>
    /// <param name="mine">The room and what they are there.</param>
    /// <returns>The body.</returns>
    public SyncRoomBody Listed(HttpRequest request, WatchPartyOfMember mine)
    {
        var row = mine.Party;
        var code = mine.JoinedAt is null ? null : row.InviteCode;
        return new SyncRoomBody(
            row.Id,
            row.FirstItem is null ? null : MovieIdOf(row.FirstItem),
            row.HostId,
            row.Title,
            row.Description ?? string.Empty,
            row.CreatedAt,
            Movie(row.FirstItem),
            row.HostId is null ? null : new RoomHostBody(row.HostId, row.HostName),
            row.ParticipantCount,
            WatchWords.Of(row.Visibility),
            row.HasPassword,
            code,
            shown.InviteUrl(request, code),
            mine.JoinedAt is null ? null : WatchPersonShown.WordOf(mine.Role),
            row.StartedAt,
            row.EndedAt,
            null);
    }

    /// <summary>Shows a room's film.</summary>
    /// <param name="item">The item; null for none.</param>
    /// <returns>The body, or null.</returns>
    public static RoomMovieBody? Movie(MediaItem? item) => item is null
        ? null
        : new RoomMovieBody(
            MovieIdOf(item), item.Title, string.Empty, item.DurationMs / 1000, item.Url, item.PosterUrl);

    /// <summary>Shows where a room plays.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="changed">Where.</param>
    /// <returns>The body.</returns>
    public static RoomStateBody State(string roomId, PlaybackChanged changed) =>
        new(RoomStateShown.Of(roomId, changed), changed.Seq);

    /// <summary>Shows an account's request.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="view">The request.</param>
    /// <returns>The body.</returns>
    public static AccessRequestBody AccountRequest(string roomId, AccessRequestView view) => new(
        view.RequestId,
        roomId,
        view.MemberId,
        null,
        view.Name,
        view.Message ?? string.Empty,
        OfAccount(view.Status),
        view.RequestedAt,
        view.ReviewedAt,
        view.ReviewedBy);

    /// <summary>Shows a guest's request.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="view">The request.</param>
    /// <returns>The body.</returns>
    public static AccessRequestBody GuestRequest(string roomId, AccessRequestView view) => new(
        view.RequestId,
        roomId,
        null,
        view.Name,
        view.Name,
        view.Message ?? string.Empty,
        OfGuest(view.Status),
        view.RequestedAt,
        view.ReviewedAt,
        view.ReviewedBy);

    /// <summary>The word for how an account's request stands.</summary>
    /// <param name="status">How.</param>
    /// <returns>The word.</returns>
    public static string OfAccount(AccessStatus status) => AccountWords[status];

    /// <summary>The word for how a guest's request stands.</summary>
    /// <param name="status">How.</param>
    /// <returns>The word.</returns>
    public static string OfGuest(AccessStatus status) => GuestWords[status];

    private static string MovieIdOf(MediaItem item) =>
        item.MediaId ?? item.TmdbId?.ToString(CultureInfo.InvariantCulture) ?? item.ItemId;
}
