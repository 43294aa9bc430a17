namespace AkkaParty.Catalog;

/// <summary>What somebody knows of a film or series.</summary>
/// <param name="Title">
/// The title as it was typed; a year in brackets at its end counts as <paramref name="Year"/>. Only its first
/// <see cref="CatalogLimits.QueryLengthMax"/> characters are looked for.
/// </param>
/// <param name="Id">
/// Its TMDB id, or that of the built-in catalogue, when known. As it may be a film's or a series', the title decides; an id that means
/// nothing is passed over in favour of the title.
/// </param>
/// <param name="Year">The year it came out, when known.</param>
public sealed record TitleQuery(string Title, long? Id = null, int? Year = null);
