using System.Collections.Immutable;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// Whose turn it is. A turn is a film of somebody that was watched; a pick that was not watched is none. Over any sequence of turns that
/// are given here, the turns of those with films in the queue differ by at most one, whoever comes and goes.
/// </summary>
internal static class RoundRobin
{
    /// <summary>
    /// The turns with which somebody comes who had nothing in the queue: those they had, but at least as many as whoever has the fewest,
    /// and at most one more. So who is new goes first, and is ahead by one turn at most; and nobody gains by leaving.
    /// </summary>
    /// <param name="figures">Everybody's figures, before they come.</param>
    /// <param name="turns">The turns they had.</param>
    /// <returns>The turns they start with.</returns>
    internal static long TurnsOnArrival(ImmutableSortedDictionary<string, RoomFigures> figures, long turns)
    {
        var fewest = long.MaxValue;
        foreach (var (_, other) in figures)
        {
            fewest = other.Queued > 0 ? Math.Min(fewest, other.Turns) : fewest;
        }

        return fewest == long.MaxValue ? turns : Math.Clamp(turns, fewest, fewest + 1);
    }

    /// <summary>Whose turn it is: of those with the fewest turns the one served least recently; of the new ones the one who added first.</summary>
    /// <param name="state">The room; something must be queued.</param>
    /// <returns>The user id.</returns>
    internal static string Next(RoomState state)
    {
        (long Turns, long ServedSeq, uint FirstItem)? best = null;
        var next = "";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, item) in RoomSelection.Candidates(state))
        {
            var userId = item.Facts.AddedBy;
            if (!seen.Add(userId))
            {
                continue;
            }

            var figures = state.Figures[userId];
            var rank = (figures.Turns, figures.ServedSeq, number);
            if (best is null || rank.CompareTo(best.Value) < 0)
            {
                (best, next) = (rank, userId);
            }
        }

        return next;
    }
}
