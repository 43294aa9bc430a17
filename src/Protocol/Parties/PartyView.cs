using System.Text.Json.Serialization;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Parties;

/// <summary>
/// The party as anybody who knows its id sees it. Ballots are secret, before the result and after it: what they added up
/// to is in <see cref="Result"/>, round by round.
/// </summary>
/// <param name="Id">The party's id.</param>
/// <param name="Name">The party's name.</param>
/// <param name="Participants">The participants by id, in the order in which they joined.</param>
/// <param name="Phase">Where the party stands.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CurrentNomination">The open nomination; null when none is.</param>
/// <param name="NominationPool">The films that passed, in that order; null in the lobby.</param>
/// <param name="Submissions">An entry with an empty list for each participant who has ranked; null before the ranking.</param>
/// <param name="Winner">The film that won; null until then.</param>
/// <param name="Result">The count with every round; null until then.</param>
/// <param name="EndedBy">Why the ballots were counted when they were; null until then.</param>
/// <param name="Seq">The number of the party's last event: it grows with every change.</param>
/// <param name="Round">How often the party has started, from 1; a restart adds one.</param>
/// <param name="RankingDeadline">When the ballots are counted at the latest; null when the host set no deadline.</param>
/// <param name="Options">The settings the party was created with.</param>
/// <param name="WatchParty">The watch party of the chosen film; null until it is wanted.</param>
public sealed record PartyView(
    string Id,
    string Name,
    IReadOnlyDictionary<string, ParticipantView> Participants,
    PartyPhase Phase,
    DateTimeOffset CreatedAt,
    NominationView? CurrentNomination,
    IReadOnlyList<Movie>? NominationPool,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Submissions,
    Movie? Winner,
    RunoffResult? Result,
    RankingEnd? EndedBy,
    long Seq,
    int Round,
    DateTimeOffset? RankingDeadline,
    PartyOptions Options,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WatchOpening? WatchParty = null);

/// <summary>A participant as everybody sees them.</summary>
/// <param name="Id">The participant's id.</param>
/// <param name="Username">The participant's name.</param>
/// <param name="IsHost">Whether this is the host.</param>
/// <param name="Connected">Whether they have a socket open.</param>
/// <param name="Away">Whether they do not count towards completion until they are back.</param>
/// <param name="JoinedAt">When they joined.</param>
public sealed record ParticipantView(string Id, string Username, bool IsHost, bool Connected, bool Away, DateTimeOffset JoinedAt);

/// <summary>The open nomination as everybody sees it.</summary>
/// <param name="Movie">The film.</param>
/// <param name="Voters">The votes cast, by participant.</param>
/// <param name="ProposerId">Who nominated it; perhaps no longer in the party.</param>
/// <param name="Deadline">When it is decided at the latest, by the votes cast so far.</param>
/// <param name="Eligible">How many people count: everybody who is present or has voted.</param>
/// <param name="Needed">How many yays make it pass at once: more than half of <paramref name="Eligible"/>.</param>
public sealed record NominationView(
    Movie Movie,
    IReadOnlyDictionary<string, NominationVote> Voters,
    string ProposerId,
    DateTimeOffset Deadline,
    int Eligible,
    int Needed);
