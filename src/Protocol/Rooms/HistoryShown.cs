using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>A history entry as clients see it, in answers and in frames.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="RoomId">The room.</param>
/// <param name="ItemId">The item.</param>
/// <param name="WatchedAt">When it was watched.</param>
/// <param name="Ratings">Whole stars by user, 1 to 5; a half is rounded up.</param>
/// <param name="Notes">Notes.</param>
/// <param name="Title">The item's title.</param>
/// <param name="AddedBy">Who had added it.</param>
/// <param name="ExactRatings">Stars by user, 1 to 5 in halves.</param>
public sealed record HistoryShown(
    [property: JsonPropertyName("_id")] string Id,
    string RoomId,
    string ItemId,
    DateTimeOffset WatchedAt,
    IReadOnlyDictionary<string, int> Ratings,
    string? Notes,
    string Title,
    string AddedBy,
    IReadOnlyDictionary<string, double> ExactRatings)
{
    /// <summary>Shows an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>As clients see it.</returns>
    public static HistoryShown Of(HistoryView entry)
    {
        var ratings = new OrderedDictionary<string, int>(entry.Ratings.Count, StringComparer.Ordinal);
        var exact = new OrderedDictionary<string, double>(entry.Ratings.Count, StringComparer.Ordinal);
        foreach (var (userId, halfStars) in entry.Ratings)
        {
            ratings.Add(userId, (halfStars + 1) / 2);
            exact.Add(userId, halfStars / 2.0);
        }

        return new HistoryShown(
            entry.Id, entry.RoomId, entry.ItemId, entry.WatchedAt, ratings, entry.Notes, entry.Title, entry.AddedBy, exact);
    }
}
