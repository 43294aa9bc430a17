namespace AkkaParty.Catalog;

/// <summary>
/// Where films and series are looked up with everything known of them: TMDB, or the built-in catalogue when the server has no key for it.
/// </summary>
public interface ITitleCatalog
{
    /// <summary>Finds films and series by what somebody types, for them to choose from.</summary>
    /// <param name="query">
    /// What the person typed, at most <see cref="CatalogLimits.QueryLengthMax"/> characters; without any letter or digit it matches
    /// nothing.
    /// </param>
    /// <param name="limit">At most this many, 1 to <see cref="CatalogLimits.PageSize"/>.</param>
    /// <param name="cancellationToken">Stops this caller's waiting; an answer that others wait for too goes on.</param>
    /// <returns>What matches, best first.</returns>
    /// <exception cref="ArgumentException">The query is too long or the limit is out of range; the message names the rule.</exception>
    /// <exception cref="CatalogUnavailableException">Nothing can be looked up now.</exception>
    ValueTask<IReadOnlyList<TitleHit>> SuggestAsync(string query, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the one film or series that is meant, with everything known of it. Whoever asks for the same at the same time shares one
    /// look-up.
    /// </summary>
    /// <param name="query">What is known of it.</param>
    /// <param name="cancellationToken">Stops this caller's waiting; an answer that others wait for too goes on.</param>
    /// <returns>It, or null when there is none.</returns>
    /// <exception cref="CatalogUnavailableException">Nothing can be looked up now.</exception>
    ValueTask<TitleDetails?> MatchAsync(TitleQuery query, CancellationToken cancellationToken);
}
