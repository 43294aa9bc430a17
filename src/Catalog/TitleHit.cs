namespace AkkaParty.Catalog;

/// <summary>A film or series as a search shows it. A member that is null is not known.</summary>
/// <param name="Id">Its TMDB id, or 900,000,001 and up for a film of the built-in catalogue.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">The title, 1 to 300 characters.</param>
/// <param name="Year">The year it came out, in four digits.</param>
/// <param name="PosterUrl">The full address of the poster.</param>
/// <param name="RuntimeMinutes">The running time in whole minutes, at least 1; most searches do not tell it.</param>
/// <param name="Genres">The names of its genres in English.</param>
/// <param name="Overview">A short description, at most 4,000 characters.</param>
/// <param name="VoteAverage">The average rating, above 0 to 10.</param>
public sealed record TitleHit(
    long Id,
    TitleKind Kind,
    string Title,
    int? Year,
    string? PosterUrl,
    int? RuntimeMinutes,
    IReadOnlyList<string> Genres,
    string? Overview,
    double? VoteAverage);
