using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>Which members of an item's view a change changes.</summary>
internal static class ItemFields
{
    /// <summary>Compares an item before and after.</summary>
    /// <param name="before">The item before.</param>
    /// <param name="after">The item after.</param>
    /// <returns>The names of the members that differ, as they are on the wire.</returns>
    internal static IReadOnlyList<string> Changed(ItemFacts before, ItemFacts after)
    {
        var (old, now) = (before.Details, after.Details);
        (string Name, bool Differs)[] fields =
        [
            ("tmdb_id", old.TmdbId != now.TmdbId),
            ("poster_url", old.PosterUrl != now.PosterUrl),
            ("year", old.Year != now.Year),
            ("runtime_minutes", old.RuntimeMinutes != now.RuntimeMinutes),
            ("genres", Differ(old.Genres, now.Genres)),
            ("streaming_on", Differ(old.StreamingOn, now.StreamingOn)),
            ("status", before.Status != after.Status),
            ("overview", old.Overview != now.Overview),
            ("vote_average", old.VoteAverage != now.VoteAverage),
            ("play_now_url", old.PlayNowUrl != now.PlayNowUrl),
            ("provider_links", Differ(old.ProviderLinks, now.ProviderLinks)),
            ("providers_by_region", Differ(old.ProvidersByRegion, now.ProvidersByRegion)),
            ("enrichment", before.Enrichment != after.Enrichment),
            ("enrichment_error", before.EnrichmentError != after.EnrichmentError),
        ];
        return [.. fields.Where(field => field.Differs).Select(field => field.Name)];
    }

    private static bool Differ<T>(IReadOnlyList<T>? old, IReadOnlyList<T>? now) => !(old ?? []).SequenceEqual(now ?? []);

    private static bool Differ(
        IReadOnlyDictionary<string, IReadOnlyList<string>>? old, IReadOnlyDictionary<string, IReadOnlyList<string>>? now)
    {
        (old, now) = (old ?? ItemDetails.NoProviders, now ?? ItemDetails.NoProviders);
        return old.Count != now.Count
            || old.Any(row => !now.TryGetValue(row.Key, out var names) || !names.SequenceEqual(row.Value, StringComparer.Ordinal));
    }
}
