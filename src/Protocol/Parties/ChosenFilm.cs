namespace AkkaParty.Protocol.Parties;

/// <summary>A film that won, and how often, over all parties of this server.</summary>
/// <param name="Id">The film's id in the catalogue.</param>
/// <param name="Title">The title, as the party that chose it last knew it.</param>
/// <param name="Year">The four digits of the year of release; empty when it is not known.</param>
/// <param name="PosterPath">The full address of a poster; empty when there is none.</param>
/// <param name="Wins">How many rounds it won; at least 1.</param>
/// <param name="LastChosenAt">When it won last, in cluster time.</param>
public sealed record ChosenFilm(string Id, string Title, string Year, string PosterPath, long Wins, DateTimeOffset LastChosenAt);
