namespace AkkaParty.Protocol.WatchParties;

/// <summary>Something to watch: a film of the catalogue, an uploaded one, or an address.</summary>
/// <param name="ItemId">The item's id in its watch party: a UUID in its 36-character form.</param>
/// <param name="Title">The title, 1 to 300 characters.</param>
/// <param name="Url">Where it plays, http or https, at most 2,000 characters; null for none.</param>
/// <param name="MediaId">The id of an uploaded film; null for none.</param>
/// <param name="TmdbId">The catalogue's number; null for none.</param>
/// <param name="PosterUrl">Its picture; null for none.</param>
/// <param name="DurationMs">How long it plays in milliseconds, 1 to 86,400,000; null when nobody knows.</param>
public sealed record MediaItem(
    string ItemId,
    string Title,
    string? Url = null,
    string? MediaId = null,
    int? TmdbId = null,
    string? PosterUrl = null,
    long? DurationMs = null);
