using AkkaParty.Http.Rest.WatchParties;

namespace AkkaParty.Http.Rest.SyncRooms;

// The bodies of requests about rooms, as the description of the interface shows them.

/// <summary>Body of <c>POST /api/v1/rooms</c>.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="MovieId">The UUID of an uploaded film, or the number of one of the catalogue; or <paramref name="Media"/> instead.</param>
/// <param name="Media">What to watch.</param>
/// <param name="Description">At most 1,000 characters.</param>
/// <param name="Visibility"><c>private</c> (default), <c>public</c>, <c>friends</c> or <c>invite</c>.</param>
/// <param name="MaxParticipants">2 to 1,000; 100 by default.</param>
/// <param name="Password">4 to 100 characters; none by default.</param>
/// <param name="Controls"><c>everyone</c> (default), <c>host_only</c>, <c>co_hosts</c> or <c>anyone_pauses</c>.</param>
internal sealed record NewSyncRoomShape(
    string Name,
    string? MovieId = null,
    MediaItemShape? Media = null,
    string? Description = null,
    string? Visibility = null,
    int? MaxParticipants = null,
    string? Password = null,
    string? Controls = null);

/// <summary>Body of <c>PUT /api/v1/rooms/{id}</c>: what is left out stays.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Description">At most 1,000 characters; empty for none.</param>
/// <param name="Visibility">Who may see it and join.</param>
/// <param name="MaxParticipants">2 to 1,000.</param>
/// <param name="Password">4 to 100 characters; empty for none.</param>
/// <param name="Controls">Who controls playback.</param>
internal sealed record SyncRoomChangeShape(
    string? Name = null,
    string? Description = null,
    string? Visibility = null,
    int? MaxParticipants = null,
    string? Password = null,
    string? Controls = null);

/// <summary>Body of <c>POST /api/v1/rooms/{id}/invite</c>.</summary>
/// <param name="Email">The e-mail of an account.</param>
/// <param name="Message">At most 500 characters.</param>
internal sealed record RoomInviteShape(string Email, string? Message = null);

/// <summary>Body of <c>POST /api/v1/rooms/join</c>.</summary>
/// <param name="InviteToken">The room's invite code.</param>
/// <param name="Password">The password, where one is asked.</param>
internal sealed record RoomJoinShape(string InviteToken, string? Password = null);

/// <summary>Body of <c>POST /api/v1/rooms/{id}/room-access</c>.</summary>
/// <param name="RequestMessage">At most 500 characters.</param>
internal sealed record AccessShape(string? RequestMessage = null);

/// <summary>Body of an answer to a request.</summary>
/// <param name="Approved">Whether they may come in.</param>
/// <param name="Message">At most 500 characters.</param>
internal sealed record ReviewShape(bool Approved, string? Message = null);

/// <summary>Body of <c>POST /api/v1/rooms/{id}/request-access</c>.</summary>
/// <param name="GuestName">1 to 100 characters.</param>
/// <param name="RequestMessage">At most 500 characters; <c>message</c> will do.</param>
internal sealed record GuestAccessShape(string GuestName, string? RequestMessage = null);
