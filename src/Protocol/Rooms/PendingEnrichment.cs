namespace AkkaParty.Protocol.Rooms;

/// <summary>An item whose data is to be looked up.</summary>
/// <param name="RoomId">Its room.</param>
/// <param name="ItemId">Its id.</param>
/// <param name="Request">Which look-up this is; it goes back with <see cref="FinishEnrichment.Request"/>.</param>
/// <param name="Title">Its title.</param>
/// <param name="TmdbId">Its TMDB id, when it is known.</param>
/// <param name="Year">The year it came out, when it is known.</param>
/// <param name="Regions">The members' regions, two letters each, in alphabetical order; never empty.</param>
/// <param name="RequestedAt">When it was asked for.</param>
public sealed record PendingEnrichment(
    string RoomId,
    string ItemId,
    long Request,
    string Title,
    long? TmdbId,
    int? Year,
    IReadOnlyList<string> Regions,
    DateTimeOffset RequestedAt);
