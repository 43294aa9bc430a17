namespace AkkaParty.Catalog;

/// <summary>One page of the films that match a search, best first.</summary>
/// <param name="Films">At most <see cref="CatalogLimits.PageSize"/> films; empty beyond the last page.</param>
/// <param name="Page">The number of this page, counted from 1.</param>
/// <param name="TotalPages">How many pages can be asked for, 0 to <see cref="CatalogLimits.PageMax"/>.</param>
/// <param name="TotalResults">How many films match in all.</param>
public sealed record FilmPage(IReadOnlyList<Film> Films, int Page, int TotalPages, int TotalResults);
