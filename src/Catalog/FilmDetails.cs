namespace AkkaParty.Catalog;

/// <summary>A film with what one wants to know before voting for it.</summary>
/// <param name="Film">The film as a search shows it.</param>
/// <param name="Genres">The names of its genres in English; may be empty.</param>
/// <param name="RuntimeMinutes">The running time in whole minutes, at least 1, or null when it is not known.</param>
/// <param name="Overview">A short description, at most 4,000 characters; may be empty.</param>
public sealed record FilmDetails(Film Film, IReadOnlyList<string> Genres, int? RuntimeMinutes, string Overview);
