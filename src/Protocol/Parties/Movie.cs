namespace AkkaParty.Protocol.Parties;

/// <summary>A film as a party shows it.</summary>
/// <param name="Id">The film's id in the catalogue, 1 to 20 digits as text.</param>
/// <param name="Title">The title.</param>
/// <param name="Year">The four digits of the year of release; empty when it is not known.</param>
/// <param name="PosterPath">The full address of a poster; empty when there is none.</param>
public sealed record Movie(string Id, string Title, string Year, string PosterPath);
