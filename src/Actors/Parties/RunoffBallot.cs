namespace AkkaParty.Actors.Parties;

/// <summary>A ranking, and how many voters handed it in.</summary>
/// <param name="Ranks">Film ids, most preferred first, each at most once; any number of films may be left out, even all of them.</param>
/// <param name="Count">How many voters handed in exactly this ranking; 1 or more.</param>
public readonly record struct RunoffBallot(IReadOnlyList<string> Ranks, int Count = 1);
