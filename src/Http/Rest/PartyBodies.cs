using AkkaParty.Protocol.Parties;
using OpensWatchParty = AkkaParty.Protocol.WatchParties.OpensWatchParty;

namespace AkkaParty.Http.Rest;

/// <summary>Body of <c>POST /api/party</c>.</summary>
/// <param name="Name">The party's name, 1 to 100 characters.</param>
/// <param name="Username">The creator's name, 1 to 40 characters; <c>Host</c> when left out.</param>
/// <param name="OpenWatchParty">When the party gets its watch party; <c>manual</c> when left out.</param>
internal sealed record CreatePartyBody(string? Name = null, string? Username = null, OpensWatchParty? OpenWatchParty = null);

/// <summary>Body of <c>POST /api/party/{id}/join</c>.</summary>
/// <param name="Username">The name, 1 to 40 characters, not taken in the party.</param>
internal sealed record JoinPartyBody(string? Username = null);

/// <summary>The answer to a creation.</summary>
/// <param name="PartyId">The party's id.</param>
/// <param name="HostId">The creator's participant id.</param>
/// <param name="Party">The party.</param>
/// <param name="AuthToken">The creator's token.</param>
/// <param name="ExpiresAt">When the token ends.</param>
internal sealed record PartyCreatedBody(string PartyId, string HostId, PartyView Party, string AuthToken, DateTimeOffset ExpiresAt);

/// <summary>The answer to a join.</summary>
/// <param name="UserId">The new participant's id.</param>
/// <param name="Participant">The new participant.</param>
/// <param name="Party">The party.</param>
/// <param name="AuthToken">The participant's token.</param>
/// <param name="ExpiresAt">When the token ends.</param>
internal sealed record PartyJoinedBody(
    string UserId, ParticipantView Participant, PartyView Party, string AuthToken, DateTimeOffset ExpiresAt);

/// <summary>One's own ballot.</summary>
/// <param name="Ranks">The film ids, best first; null when none was handed in.</param>
/// <param name="Seq">The party's sequence number at which this holds.</param>
internal sealed record BallotBody(IReadOnlyList<string>? Ranks, long Seq);

/// <summary>The answer to a search.</summary>
/// <param name="Query">What was looked for, trimmed.</param>
/// <param name="Movies">At most 20 films, best first.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="TotalPages">How many pages there are.</param>
/// <param name="TotalResults">How many films match.</param>
internal sealed record MoviePageBody(string Query, IReadOnlyList<Movie> Movies, int Page, int TotalPages, int TotalResults);

/// <summary>The films that parties chose.</summary>
/// <param name="Movies">The films with the most wins, most first.</param>
internal sealed record ChosenFilmsBody(IReadOnlyList<ChosenFilm> Movies);

/// <summary>One film.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Year">Its year, or empty.</param>
/// <param name="PosterPath">Its poster's address, or empty.</param>
/// <param name="Genres">Its genres.</param>
/// <param name="RuntimeMinutes">Its running time, when known.</param>
/// <param name="Overview">What it is about; may be empty.</param>
internal sealed record MovieDetailsBody(
    string Id, string Title, string Year, string PosterPath, IReadOnlyList<string> Genres, int? RuntimeMinutes, string Overview);
