using System.Collections.Immutable;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// Whose turn it is. A turn is a film of somebody that was watched; a pick that was not watched is none. Over any sequence of turns that
/// are given here, the turns of those with films in the queue differ by at most one, whoever comes and goes. Who is new goes first, but
/// who was passed by somebody new goes before all who came after that, so that new ones without end keep nobody waiting.
/// </summary>
internal static class RoundRobin
{
    /// <summary>
    /// The turns with which somebody comes who had nothing in the queue: those they had, but at least as many as whoever has the fewest,
    /// and at most one more. So who is new is ahead by one turn at most, and nobody gains by leaving. While somebody waits who was
    /// passed, it is one more for everybody.
    /// </summary>
    /// <param name="figures">Everybody's figures, before they come.</param>
    /// <param name="turns">The turns they had.</param>
    /// <returns>The turns they start with.</returns>
    internal static long TurnsOnArrival(ImmutableSortedDictionary<string, RoomFigures> figures, long turns)
    {
        var fewest = long.MaxValue;
        var wasSomebodyPassed = false;
        foreach (var (_, other) in figures)
        {
            if (other.Queued > 0)
            {
                fewest = Math.Min(fewest, other.Turns);
                wasSomebodyPassed |= other.PassedAt > 0;
            }
        }

        return fewest == long.MaxValue ? turns : wasSomebodyPassed ? fewest + 1 : Math.Clamp(turns, fewest, fewest + 1);
    }

    /// <summary>Notes that somebody new had a turn, for all who wait and had one before.</summary>
    /// <param name="figures">Everybody's figures.</param>
    /// <param name="lastNumber">The number of the last thing that got an id: who adds something later came after this.</param>
    /// <returns>The figures with the note.</returns>
    internal static ImmutableSortedDictionary<string, RoomFigures> Passed(
        ImmutableSortedDictionary<string, RoomFigures> figures, uint lastNumber) =>
        figures.SetItems(
            figures
                .Where(row => row.Value is { Queued: > 0, ServedSeq: > 0, PassedAt: 0 })
                .Select(row => KeyValuePair.Create(row.Key, row.Value with { PassedAt = lastNumber })));

    /// <summary>
    /// Whose turn it is, of those with the fewest turns: who is new, the first to have added first; then who was served least recently. One
    /// who was passed goes before those who came after that.
    /// </summary>
    /// <param name="state">The room; something must be queued.</param>
    /// <returns>The user id.</returns>
    internal static string Next(RoomState state)
    {
        (long Turns, uint Came, long ServedSeq)? best = null;
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
            var came = figures.ServedSeq == 0 ? number : figures.PassedAt == 0 ? uint.MaxValue : figures.PassedAt;
            var rank = (figures.Turns, came, figures.ServedSeq);
            if (best is null || rank.CompareTo(best.Value) < 0)
            {
                (best, next) = (rank, userId);
            }
        }

        return next;
    }
}
