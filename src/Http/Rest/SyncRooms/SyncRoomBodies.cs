using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.SyncRooms;

/// <summary>A watch party as a room.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MovieId">What it was opened for, or plays: an uploaded film, a number of the catalogue, or the item.</param>
/// <param name="HostId">The host; left out when nobody has a seat.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">More about it; empty for none.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Movie">The film.</param>
/// <param name="Host">The host.</param>
/// <param name="MemberCount">How many have a seat.</param>
/// <param name="Visibility">Who may see it and join.</param>
/// <param name="HasPassword">Whether joining takes a password.</param>
/// <param name="InviteCode">The code; left out for those who have no seat.</param>
/// <param name="InviteUrl">The address that invites.</param>
/// <param name="Role">What the caller is: <c>host</c>, <c>co-host</c>, <c>viewer</c>; left out for those who have no seat.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Seq">The number of its last event; left out in lists.</param>
internal sealed record SyncRoomBody(
    string Id,
    string? MovieId,
    string? HostId,
    string Name,
    string Description,
    DateTimeOffset CreatedAt,
    RoomMovieBody? Movie,
    RoomHostBody? Host,
    int MemberCount,
    string Visibility,
    bool HasPassword,
    string? InviteCode,
    string? InviteUrl,
    string? Role,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    long? Seq);

/// <summary>A room's film.</summary>
/// <param name="Id">Its id, as the room's <c>movie_id</c>.</param>
/// <param name="Title">The title.</param>
/// <param name="Description">More about it; empty for none.</param>
/// <param name="DurationSeconds">How long it plays.</param>
/// <param name="Url">Where it plays.</param>
/// <param name="PosterUrl">Its picture.</param>
internal sealed record RoomMovieBody(
    string Id, string Title, string Description, long? DurationSeconds, string? Url, string? PosterUrl);

/// <summary>A room's host.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">Their name.</param>
internal sealed record RoomHostBody(string Id, string? Name);

/// <summary>A room, and what was done.</summary>
/// <param name="Room">The room.</param>
/// <param name="Message">What was done, for people.</param>
internal sealed record RoomCreatedBody(SyncRoomBody Room, string Message);

/// <summary>That it was done.</summary>
/// <param name="Message">One sentence for people.</param>
internal sealed record RoomMessageBody(string Message);

/// <summary>An invitation.</summary>
/// <param name="InviteToken">The room's invite code, which <c>POST /api/v1/rooms/join</c> takes.</param>
/// <param name="InviteUrl">The address that invites.</param>
/// <param name="Message">What was done, for people.</param>
internal sealed record RoomInvitedBody(string InviteToken, string? InviteUrl, string Message);

/// <summary>A request for access was made.</summary>
/// <param name="Status"><c>requested</c>.</param>
/// <param name="Message">What happens next, for people.</param>
internal sealed record AccessRequestedBody(string Status, string Message);

/// <summary>How one's own request stands.</summary>
/// <param name="Status"><c>requested</c>, <c>granted</c> or <c>denied</c>.</param>
/// <param name="Message">What the host said.</param>
internal sealed record AccessStatusBody(string Status, string? Message);

/// <summary>Requests for access.</summary>
/// <param name="Requests">The newest first.</param>
internal sealed record AccessRequestsBody(IReadOnlyList<AccessRequestBody> Requests);

/// <summary>A request for access.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="RoomId">The room.</param>
/// <param name="UserId">The account; left out for guests.</param>
/// <param name="GuestName">The guest's name; left out for accounts.</param>
/// <param name="Name">The name of whoever asks.</param>
/// <param name="RequestMessage">What they say; empty for nothing.</param>
/// <param name="Status">
/// <c>requested</c>, <c>granted</c> or <c>denied</c>; of guests <c>pending</c>, <c>approved</c> or <c>denied</c>.
/// </param>
/// <param name="RequestedAt">When they asked.</param>
/// <param name="ReviewedAt">When it was answered.</param>
/// <param name="ReviewedBy">Who answered it.</param>
internal sealed record AccessRequestBody(
    string Id,
    string RoomId,
    string? UserId,
    string? GuestName,
    string Name,
    string RequestMessage,
    string Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset? ReviewedAt,
    string? ReviewedBy);

/// <summary>A request for access was answered.</summary>
/// <param name="UserId">Whose it was.</param>
/// <param name="Status"><c>granted</c> or <c>denied</c>.</param>
/// <param name="Message">What was done, for people.</param>
internal sealed record AccessReviewedBody(string UserId, string Status, string Message);

/// <summary>A guest asked to be let in.</summary>
/// <param name="RequestId">The guest's own id of the request: keep it secret, it is how the token is fetched.</param>
/// <param name="Status"><c>pending</c>, or <c>approved</c> where everybody may come in.</param>
/// <param name="Message">What happens next, for people.</param>
/// <param name="SessionToken">The guest token, when it was approved at once.</param>
/// <param name="ExpiresAt">When that ends.</param>
internal sealed record GuestRequestedBody(
    string RequestId, string Status, string Message, string? SessionToken, DateTimeOffset? ExpiresAt);

/// <summary>How a guest's request stands.</summary>
/// <param name="Status"><c>pending</c>, <c>approved</c> or <c>denied</c>.</param>
/// <param name="SessionToken">The guest token, for the guest whose request was approved.</param>
/// <param name="ExpiresAt">When that ends.</param>
/// <param name="RoomId">The room.</param>
/// <param name="Message">What the host said.</param>
internal sealed record GuestStatusBody(
    string Status, string? SessionToken, DateTimeOffset? ExpiresAt, string RoomId, string? Message);

/// <summary>A guest's request was answered.</summary>
/// <param name="RequestId">The request, as the host knows it.</param>
/// <param name="Status"><c>approved</c> or <c>denied</c>.</param>
/// <param name="ExpiresAt">When a token that the guest fetches now would end; left out for a denial.</param>
/// <param name="Message">What was done, for people.</param>
internal sealed record GuestReviewedBody(string RequestId, string Status, DateTimeOffset? ExpiresAt, string Message);

/// <summary>A guest token that holds.</summary>
/// <param name="Valid">Always true.</param>
/// <param name="RoomId">The room.</param>
/// <param name="GuestName">The guest's name.</param>
/// <param name="GuestId">The guest's id there.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record GuestSessionBody(bool Valid, string RoomId, string GuestName, string GuestId, DateTimeOffset? ExpiresAt);

/// <summary>A room as its guests see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">More about it; empty for none.</param>
/// <param name="Movie">The film; left out when there is none.</param>
internal sealed record GuestRoomBody(string Id, string Name, string Description, RoomMovieBody? Movie);

/// <summary>Where a room plays.</summary>
/// <param name="State">Where, as in the frame <c>state</c>.</param>
/// <param name="Seq">The number of the room's last event.</param>
internal sealed record RoomStateBody(RoomStateShown State, long Seq);

/// <summary>Who has a seat in a room.</summary>
/// <param name="Participants">In the order in which they came, as in the frame <c>participants</c>.</param>
/// <param name="Count">How many they are.</param>
internal sealed record RoomParticipantsBody(IReadOnlyList<RoomParticipantShown> Participants, int Count);
