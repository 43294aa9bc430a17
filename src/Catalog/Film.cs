namespace AkkaParty.Catalog;

/// <summary>A film as a search shows it.</summary>
/// <param name="Id">The film's number as text, digits only: TMDB's id, or 900000001 and up for a film of the built-in catalogue.</param>
/// <param name="Title">The title, 1 to 300 characters.</param>
/// <param name="Year">The year of first release in four digits, or empty when it is not known.</param>
/// <param name="PosterPath">The full address of the poster, or empty when there is none.</param>
public sealed record Film(string Id, string Title, string Year, string PosterPath);
