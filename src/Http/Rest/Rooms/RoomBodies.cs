using System.Text.Json.Serialization;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>The answer to creating or joining a room: the room, and what one needs to act in it.</summary>
/// <param name="Id">The room's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Code">Its code.</param>
/// <param name="Members">Its members.</param>
/// <param name="Admins">The user ids of its admins.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Seq">The number of its last event.</param>
/// <param name="UserId">Whose seat the token is for; null for an admin without a seat.</param>
/// <param name="Token">The token; left out when nothing changed.</param>
/// <param name="ExpiresAt">When the token ends.</param>
internal sealed record RoomAdmittedBody(
    [property: JsonPropertyName("_id")] string Id,
    string Name,
    string Code,
    IReadOnlyList<RoomMemberView> Members,
    IReadOnlyList<string> Admins,
    RoomSettings Settings,
    DateTimeOffset CreatedAt,
    long Seq,
    string? UserId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ExpiresAt);

/// <summary>Another token.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="UserId">Whose it is; null for an admin without a seat.</param>
/// <param name="Token">The token.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record RoomTokenBody(string RoomId, string? UserId, string Token, DateTimeOffset ExpiresAt);

/// <summary>Whose token a request shows.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="UserId">The member; null for an admin without a seat.</param>
/// <param name="Name">The member's name.</param>
/// <param name="IsAdmin">Whether they are an admin.</param>
/// <param name="ExpiresAt">When the token ends.</param>
internal sealed record RoomMeBody(string RoomId, string? UserId, string? Name, bool IsAdmin, DateTimeOffset ExpiresAt);

/// <summary>A vote just after it was cast.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="UserId">The voter.</param>
/// <param name="Vote"><c>up</c> or <c>down</c>.</param>
/// <param name="VotedAt">When it was cast or changed.</param>
/// <param name="VoteCounts">The item's counts with it.</param>
internal sealed record VoteCastBody(string ItemId, string UserId, string Vote, DateTimeOffset VotedAt, VoteCounts VoteCounts);

/// <summary>A voting round that is open.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="StartTime">When it began.</param>
/// <param name="DurationSeconds">How long it takes at most.</param>
/// <param name="Status">Always <c>voting</c>.</param>
/// <param name="RoundId">Its id.</param>
/// <param name="EndsAt">When it ends at the latest.</param>
/// <param name="StartedBy">Who started it; null for an admin without a seat.</param>
/// <param name="Done">Who is done.</param>
internal sealed record OpenRoundBody(
    string RoomId,
    DateTimeOffset StartTime,
    int DurationSeconds,
    string Status,
    string RoundId,
    DateTimeOffset EndsAt,
    string? StartedBy,
    IReadOnlyList<string> Done)
{
    /// <summary>Shows a round.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="round">The round.</param>
    /// <returns>The same for clients.</returns>
    public static OpenRoundBody Of(string roomId, OpenRoundView round) => new(
        roomId, round.StartedAt, round.DurationSeconds, "voting", round.Id, round.EndsAt, round.StartedBy, round.Done);
}

/// <summary>The voting rounds of a room.</summary>
/// <param name="Open">The open round; null when none is.</param>
/// <param name="Last">How the last one ended; null when none has.</param>
internal sealed record VotingRoundsBody(OpenRoundBody? Open, RoundResultView? Last);

/// <summary>How fair a room's picks were.</summary>
/// <param name="TotalWatched">How many films were watched.</param>
/// <param name="UserStats">The figures by user.</param>
internal sealed record SelectionStatsBody(int TotalWatched, IReadOnlyDictionary<string, UserStatsBody> UserStats);

/// <summary>One user's figures.</summary>
/// <param name="ItemsAdded">How many films they added.</param>
/// <param name="ItemsPicked">How many of those were watched.</param>
/// <param name="PickRate">The share of those, with two decimals.</param>
/// <param name="RatingsGiven">How many ratings they gave.</param>
/// <param name="AvgRating">The average of those, with two decimals; null when they gave none.</param>
internal sealed record UserStatsBody(int ItemsAdded, int ItemsPicked, double PickRate, int RatingsGiven, double? AvgRating);

/// <summary>The figures of a room's history.</summary>
/// <param name="TotalWatched">How many films were watched.</param>
/// <param name="AvgRating">The average of all ratings, with two decimals; null when there are none.</param>
/// <param name="TotalRatings">How many ratings were given.</param>
internal sealed record HistoryStatsBody(int TotalWatched, double? AvgRating, int TotalRatings);

/// <summary>A film or series that a search found.</summary>
/// <param name="TmdbId">Its number in the catalogue.</param>
/// <param name="Title">Its title.</param>
/// <param name="PosterUrl">The address of its poster.</param>
/// <param name="Year">The year it came out.</param>
/// <param name="VoteAverage">The catalogue's average rating.</param>
/// <param name="Overview">The beginning of its description, at most 150 characters.</param>
/// <param name="Genres">Its genres.</param>
/// <param name="RuntimeMinutes">Its running time, when the search tells it.</param>
internal sealed record TitleFoundBody(
    long TmdbId,
    string Title,
    string? PosterUrl,
    int? Year,
    double? VoteAverage,
    string? Overview,
    IReadOnlyList<string> Genres,
    int? RuntimeMinutes);
