using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>A room's counts as rates and averages with two decimals.</summary>
internal static class RoomFigures
{
    /// <summary>How fair the picks were.</summary>
    /// <param name="stats">The counts.</param>
    /// <returns>The figures by user.</returns>
    public static SelectionStatsBody OfSelections(RoomStats stats) => new(
        stats.TotalWatched,
        stats.Users.ToDictionary(
            user => user.UserId,
            user => new UserStatsBody(
                user.ItemsAdded,
                user.ItemsPicked,
                user.ItemsAdded == 0 ? 0 : Round((double)user.ItemsPicked / user.ItemsAdded),
                user.RatingCount,
                Average(user.RatingHalfStars, user.RatingCount)),
            StringComparer.Ordinal));

    /// <summary>How the history was rated.</summary>
    /// <param name="stats">The counts.</param>
    /// <returns>The figures.</returns>
    public static HistoryStatsBody OfHistory(RoomStats stats) =>
        new(stats.TotalWatched, Average(stats.RatingHalfStars, stats.RatingCount), stats.RatingCount);

    /// <summary>The average of ratings.</summary>
    /// <param name="halfStars">Their sum, in half stars.</param>
    /// <param name="count">How many they are.</param>
    /// <returns>Stars; null when there are none.</returns>
    public static double? Average(long halfStars, int count) => count == 0 ? null : Round(halfStars / 2.0 / count);

    private static double Round(double value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);
}
