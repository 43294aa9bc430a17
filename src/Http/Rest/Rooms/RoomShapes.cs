using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Http.Rest.Rooms;

// The bodies of requests about rooms, as the description of the interface shows them. They are read member by member, so that an
// answer can name everything that is wrong with one.

/// <summary>Body of <c>POST /api/rooms</c>.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Members">At most 50; the first is the admin.</param>
/// <param name="Settings">The settings; defaults where left out.</param>
internal sealed record NewRoomShape(string Name, IReadOnlyList<MemberShape>? Members = null, SettingsShape? Settings = null);

/// <summary>A member.</summary>
/// <param name="UserId">1 to 50 characters of your choosing.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Avatar">At most 10 characters.</param>
/// <param name="Region">Two letters.</param>
internal sealed record MemberShape(string UserId, string Name, string? Avatar = null, string? Region = null);

/// <summary>A room's settings.</summary>
/// <param name="VotingDurationSeconds">10 to 600.</param>
/// <param name="SelectionMode">How the room picks.</param>
/// <param name="AllowRevotes">Whether votes may be changed within a voting round.</param>
internal sealed record SettingsShape(int? VotingDurationSeconds = null, SelectionMode? SelectionMode = null, bool? AllowRevotes = null);

/// <summary>Body of <c>PATCH /api/rooms/{room_id}</c>.</summary>
/// <param name="Name">The new name.</param>
/// <param name="Settings">The new settings as a whole.</param>
internal sealed record RoomChangeShape(string? Name = null, SettingsShape? Settings = null);

/// <summary>Body of <c>POST /api/rooms/{room_id}/admins</c>.</summary>
/// <param name="TargetUserId">The next admin.</param>
/// <param name="ActingUserId">Who acts.</param>
internal sealed record AdminGrantShape(string TargetUserId, string? ActingUserId = null);

/// <summary>Body of <c>POST /api/rooms/{room_id}/seats/free</c>.</summary>
/// <param name="UserId">Whose seat.</param>
/// <param name="ActingUserId">Who acts.</param>
internal sealed record SeatFreeShape(string UserId, string? ActingUserId = null);

/// <summary>Body of <c>POST /api/rooms/{room_id}/leave</c>.</summary>
/// <param name="UserId">Who leaves.</param>
/// <param name="NewAdminUserId">The next admin, when the last one leaves.</param>
internal sealed record LeaveShape(string? UserId = null, string? NewAdminUserId = null);

/// <summary>Body of <c>POST /api/queue</c>.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Title">1 to 500 characters.</param>
/// <param name="AddedBy">Who adds it.</param>
/// <param name="TmdbId">Its TMDB id.</param>
/// <param name="PosterUrl">The address of its poster.</param>
/// <param name="Year">1800 to 2100.</param>
/// <param name="RuntimeMinutes">1 to 1,000.</param>
/// <param name="Genres">Its genres.</param>
/// <param name="Overview">What it is about.</param>
/// <param name="VoteAverage">0 to 10.</param>
internal sealed record NewItemShape(
    string RoomId,
    string Title,
    string? AddedBy = null,
    long? TmdbId = null,
    string? PosterUrl = null,
    int? Year = null,
    int? RuntimeMinutes = null,
    IReadOnlyList<string>? Genres = null,
    string? Overview = null,
    double? VoteAverage = null);

/// <summary>Body of <c>PATCH /api/queue/{item_id}</c>.</summary>
/// <param name="Status">Its new status.</param>
/// <param name="PosterUrl">The address of its poster.</param>
/// <param name="Year">1800 to 2100.</param>
/// <param name="RuntimeMinutes">1 to 1,000.</param>
/// <param name="Genres">Its genres.</param>
/// <param name="StreamingOn">The services that show it.</param>
/// <param name="PlayNowUrl">Where it can be watched at once.</param>
/// <param name="ProviderLinks">The services with what they ask for it.</param>
/// <param name="ProvidersByRegion">The services by region.</param>
internal sealed record ItemChangeShape(
    ItemStatus? Status = null,
    string? PosterUrl = null,
    int? Year = null,
    int? RuntimeMinutes = null,
    IReadOnlyList<string>? Genres = null,
    IReadOnlyList<string>? StreamingOn = null,
    string? PlayNowUrl = null,
    IReadOnlyList<ProviderLink>? ProviderLinks = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? ProvidersByRegion = null);

/// <summary>Body of <c>POST /api/votes</c>.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Vote"><c>up</c> or <c>down</c>.</param>
/// <param name="UserId">Who votes.</param>
internal sealed record VoteShape(string ItemId, string Vote, string? UserId = null);

/// <summary>Body of <c>POST /api/votes/reactions</c>.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Reaction"><c>fire</c>, <c>sleepy</c>, <c>laughing</c>, <c>scream</c> or <c>hundred</c>.</param>
/// <param name="UserId">Who reacts.</param>
/// <param name="Active">Whether it shall be there; turned over when left out.</param>
internal sealed record ReactionShape(string ItemId, string Reaction, string? UserId = null, bool? Active = null);

/// <summary>Body of <c>POST /api/votes/history/{history_id}/rate</c>.</summary>
/// <param name="Rating">1 to 5 stars.</param>
/// <param name="ExactRating">The same in halves, instead.</param>
/// <param name="UserId">Who rates.</param>
internal sealed record RatingShape(int? Rating = null, double? ExactRating = null, string? UserId = null);
