using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>A watch party in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="HostUserId">The host.</param>
/// <param name="HostName">Their name.</param>
/// <param name="Title">The title.</param>
/// <param name="Description">More about it.</param>
/// <param name="Visibility">Who may see it and join.</param>
/// <param name="HasPassword">Whether joining takes a password.</param>
/// <param name="MaxParticipants">At most this many participants.</param>
/// <param name="ParticipantCount">How many have a seat.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Item">What it began with, or plays.</param>
internal sealed record WatchListedBody(
    string Id,
    string? HostUserId,
    string? HostName,
    string Title,
    string? Description,
    string Visibility,
    bool HasPassword,
    int MaxParticipants,
    int ParticipantCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    MediaItem? Item);

/// <summary>Watch parties.</summary>
/// <param name="Parties">The parties.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Limit">How many were asked for.</param>
/// <param name="Offset">Without how many of the first.</param>
internal sealed record WatchListBody(IReadOnlyList<WatchListedBody> Parties, int Count, int Limit, int Offset);

/// <summary>A watch party that one was in.</summary>
/// <param name="Party">The party.</param>
/// <param name="Role">What one was.</param>
/// <param name="JoinedAt">When one came.</param>
/// <param name="LeftAt">When one left.</param>
/// <param name="DurationSeconds">How long the party took.</param>
/// <param name="WatchedSeconds">How long one watched.</param>
internal sealed record WatchHistoryEntry(
    WatchListedBody Party, string Role, DateTimeOffset? JoinedAt, DateTimeOffset? LeftAt, long? DurationSeconds, long WatchedSeconds);

/// <summary>The watch parties one was in.</summary>
/// <param name="History">The latest first.</param>
/// <param name="Pagination">Which of them these are.</param>
internal sealed record WatchHistoryBody(IReadOnlyList<WatchHistoryEntry> History, WatchPageBody Pagination);

/// <summary>A page of a list.</summary>
/// <param name="Page">Which, from 1.</param>
/// <param name="Limit">How many entries a page has.</param>
/// <param name="TotalCount">How many entries there are.</param>
/// <param name="TotalPages">How many pages there are.</param>
internal sealed record WatchPageBody(int Page, int Limit, int TotalCount, int TotalPages);

/// <summary>What somebody did in watch parties.</summary>
/// <param name="UserId">Who.</param>
/// <param name="TotalPartiesHosted">How many parties they are, or were last, the host of.</param>
/// <param name="TotalPartiesAttended">How many they had a seat in.</param>
/// <param name="ActiveParties">How many of those go on.</param>
/// <param name="TotalWatchTimeSeconds">For how long they watched.</param>
internal sealed record WatchStatsBody(
    string UserId, int TotalPartiesHosted, int TotalPartiesAttended, int ActiveParties, long TotalWatchTimeSeconds);
