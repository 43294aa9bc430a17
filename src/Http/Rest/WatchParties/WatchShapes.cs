namespace AkkaParty.Http.Rest.WatchParties;

// The bodies of requests about watch parties, as the description of the interface shows them. They are read member by member, so that
// an answer can name what is wrong with one.

/// <summary>Body of <c>POST /api/v1/watch-parties</c>.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Description">At most 1,000 characters.</param>
/// <param name="PlaylistId">One of your saved playlists, whose items are copied.</param>
/// <param name="Visibility"><c>private</c> (default), <c>public</c>, <c>friends</c> or <c>invite</c>.</param>
/// <param name="MaxParticipants">2 to 1,000; 100 by default.</param>
/// <param name="Password">4 to 100 characters; none by default.</param>
/// <param name="Controls"><c>co_hosts</c> (default), <c>host_only</c>, <c>everyone</c> or <c>anyone_pauses</c>.</param>
/// <param name="WaitForReady">Whether playing waits until everybody is ready.</param>
/// <param name="ReadySeconds">1 to 60.</param>
/// <param name="SlowModeSeconds">0 to 300.</param>
/// <param name="SkipPercent">0 to 100.</param>
/// <param name="Items">What to watch; at most 500.</param>
internal sealed record NewWatchPartyShape(
    string Title,
    string? Description = null,
    string? PlaylistId = null,
    string? Visibility = null,
    int? MaxParticipants = null,
    string? Password = null,
    string? Controls = null,
    bool? WaitForReady = null,
    int? ReadySeconds = null,
    int? SlowModeSeconds = null,
    int? SkipPercent = null,
    IReadOnlyList<MediaItemShape>? Items = null);

/// <summary>Something to watch.</summary>
/// <param name="Title">1 to 300 characters; may be left out with <c>tmdb_id</c>, whose title it is then.</param>
/// <param name="Url">Where it plays.</param>
/// <param name="MediaId">The id of an uploaded film.</param>
/// <param name="TmdbId">The film's number in the catalogue.</param>
/// <param name="PosterUrl">Its picture.</param>
/// <param name="DurationMs">How long it plays, in milliseconds; <c>duration</c> in seconds will do.</param>
/// <param name="Duration">The same in seconds.</param>
/// <param name="Place">Where in the playlist, from 0; the end when left out.</param>
internal sealed record MediaItemShape(
    string? Title = null,
    string? Url = null,
    string? MediaId = null,
    int? TmdbId = null,
    string? PosterUrl = null,
    long? DurationMs = null,
    double? Duration = null,
    int? Place = null);

/// <summary>Body of <c>POST /api/v1/watch-parties/{id}/join</c>.</summary>
/// <param name="Password">The password, where one is asked.</param>
internal sealed record JoinWatchPartyShape(string? Password = null);

/// <summary>Body of <c>PATCH /api/v1/watch-parties/{id}/settings</c>: what is left out stays.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Description">At most 1,000 characters; empty for none.</param>
/// <param name="Visibility">Who may see it and join.</param>
/// <param name="Password">4 to 100 characters; empty for none.</param>
/// <param name="MaxParticipants">2 to 1,000.</param>
/// <param name="Controls">Who controls playback.</param>
/// <param name="WaitForReady">Whether playing waits until everybody is ready.</param>
/// <param name="ReadySeconds">1 to 60.</param>
/// <param name="SlowModeSeconds">0 to 300.</param>
/// <param name="SkipPercent">0 to 100.</param>
internal sealed record WatchSettingsShape(
    string? Title = null,
    string? Description = null,
    string? Visibility = null,
    string? Password = null,
    int? MaxParticipants = null,
    string? Controls = null,
    bool? WaitForReady = null,
    int? ReadySeconds = null,
    int? SlowModeSeconds = null,
    int? SkipPercent = null);

/// <summary>Body of <c>POST /api/v1/watch-parties/{id}/messages</c>.</summary>
/// <param name="Message">1 to 1,000 characters.</param>
internal sealed record WatchMessageShape(string Message);

/// <summary>Body of <c>POST /api/v1/watch-parties/{id}/react</c>.</summary>
/// <param name="Emoji">1 to 10 characters.</param>
/// <param name="VideoTimestamp">Where in the film, in seconds.</param>
internal sealed record WatchReactionShape(string Emoji, double? VideoTimestamp = null);

/// <summary>Names a participant.</summary>
/// <param name="UserId">Whom.</param>
internal sealed record WatchMemberShape(string UserId);

/// <summary>Body of <c>POST /api/v1/watch-parties/{id}/kick</c>.</summary>
/// <param name="UserId">Whom.</param>
/// <param name="Ban">Whether they may never come back.</param>
internal sealed record WatchKickShape(string UserId, bool? Ban = null);

/// <summary>Body of <c>POST /api/v1/watch-parties/{id}/mute</c>.</summary>
/// <param name="UserId">Whom.</param>
/// <param name="Muted">Whether they are muted from now on; true when left out.</param>
internal sealed record WatchMuteShape(string UserId, bool? Muted = null);

/// <summary>Body of <c>POST /api/v1/watch-parties/{id}/invite</c>.</summary>
/// <param name="UserId">An account.</param>
/// <param name="Email">Its e-mail, instead.</param>
internal sealed record WatchInviteShape(string? UserId = null, string? Email = null);

/// <summary>Body of the playback commands.</summary>
/// <param name="Position">In seconds.</param>
/// <param name="PositionMs">The same in milliseconds.</param>
/// <param name="Rate">0.25 to 4; for <c>rate</c>.</param>
/// <param name="ItemId">For <c>skip</c>; the next when left out.</param>
/// <param name="MeantAtMs">When it was meant, in milliseconds since 1970, server time: its effect comes a moment later.</param>
internal sealed record WatchPlaybackShape(
    double? Position = null, long? PositionMs = null, double? Rate = null, string? ItemId = null, long? MeantAtMs = null);

/// <summary>Body of <c>PATCH /api/v1/watch-parties/{id}/items/{item_id}</c>.</summary>
/// <param name="Place">Its new place, from 0.</param>
/// <param name="DurationMs">How long it really is; used while nobody knew.</param>
internal sealed record WatchItemChangeShape(int? Place = null, long? DurationMs = null);

/// <summary>Body of <c>POST /api/v1/watch-parties/{id}/skip-vote</c>.</summary>
/// <param name="ItemId">What to skip.</param>
/// <param name="Skip">Whether to; false takes the vote back.</param>
internal sealed record WatchSkipVoteShape(string ItemId, bool? Skip = null);
