using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Parties;

/// <summary>Picks the film to eliminate when several share the fewest votes.</summary>
/// <param name="tied">The films that share the fewest votes, at least two, in the order of nomination.</param>
/// <param name="earlierRounds">The rounds before the tied one, oldest first; empty when the tie is in the first round.</param>
/// <returns>The film to eliminate: one of <paramref name="tied"/>.</returns>
public delegate string RunoffTieBreaker(IReadOnlyList<string> tied, IReadOnlyList<RunoffRound> earlierRounds);
