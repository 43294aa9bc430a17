using System.Globalization;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// How a room picks: pure functions of the candidates and, where chance decides, of a random number that comes from outside.
/// </summary>
internal static class RoomSelection
{
    /// <summary>What can be picked: the queued items in the order of their ids.</summary>
    /// <param name="state">The room.</param>
    /// <returns>The items with their numbers.</returns>
    internal static IEnumerable<KeyValuePair<uint, RoomItem>> Candidates(RoomState state) =>
        state.Active.Where(row => row.Value.Facts.Status == ItemStatus.Queued);

    /// <summary>The queued items by their place: the highest score first, of equal ones the one added first.</summary>
    /// <param name="state">The room.</param>
    /// <returns>The items.</returns>
    internal static IEnumerable<RoomItem> ByScore(RoomState state) =>
        Candidates(state).OrderByDescending(row => row.Value.Facts.Score).ThenBy(row => row.Key).Select(row => row.Value);

    /// <summary>The weight of a score in a draw: 1 + 2 x the score, and 1 for anything below zero.</summary>
    /// <param name="score">The score.</param>
    /// <returns>At least 1.</returns>
    internal static long WeightOf(int score) => 1 + (2L * Math.Max(0, score));

    /// <summary>
    /// Draws by weight. The ticket is the high half of the 128-bit product of the random number and the total weight, so each ticket has
    /// the same share of all random numbers to within one of 2^64.
    /// </summary>
    /// <param name="weights">The weights, at least one, each at least 1.</param>
    /// <param name="draw">64 random bits.</param>
    /// <returns>The place of the winner, the sum of the weights, and where the draw fell: 0 to the sum less 1.</returns>
    internal static (int Place, long Total, long Ticket) Draw(IReadOnlyList<long> weights, ulong draw)
    {
        long total = 0;
        for (var place = 0; place < weights.Count; place++)
        {
            total += weights[place];
        }

        var ticket = (long)Math.BigMul(draw, (ulong)total, out _);
        var rest = ticket;
        for (var place = 0; place < weights.Count; place++)
        {
            rest -= weights[place];
            if (rest < 0)
            {
                return (place, total, ticket);
            }
        }

        throw new ArgumentException("There is nothing to draw from.", nameof(weights));
    }

    /// <summary>Picks an item.</summary>
    /// <param name="state">The room; something must be queued.</param>
    /// <param name="mode">How.</param>
    /// <param name="draw">64 random bits.</param>
    /// <returns>The pick, with everything that explains it; the caller adds who, when and the id.</returns>
    internal static SelectionMade Pick(RoomState state, SelectionMode mode, ulong draw)
    {
        List<ItemFacts> items = [.. Candidates(state).Select(row => row.Value.Facts)];
        var pick = mode switch
        {
            SelectionMode.WeightedRandom => ByDraw(items, draw),
            SelectionMode.HighestVotes => ByVotes(items),
            SelectionMode.RoundRobin => ByTurn(state, items),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such way to pick."),
        };
        return pick with { Draw = draw.ToString("x16", CultureInfo.InvariantCulture) };
    }

    /// <summary>An admin's own pick.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The pick; the caller adds who, when and the id.</returns>
    internal static SelectionMade ByHand(ItemFacts item) => Make(null, item, [], 0, null, null, "An admin picked it by hand.");

    private static SelectionMade ByDraw(List<ItemFacts> items, ulong draw)
    {
        List<long> weights = [.. items.Select(item => WeightOf(item.Score))];
        var (place, total, ticket) = Draw(weights, draw);
        var won = string.Create(CultureInfo.InvariantCulture, $"and ticket {ticket + 1} won.");
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Drawn at random: its score of {items[place].Score} gave it {weights[place]} of {total} tickets, ") + won;
        return Make(SelectionMode.WeightedRandom, items[place], Candidates(items, weights), total, ticket, null, text);
    }

    private static SelectionMade ByVotes(List<ItemFacts> items)
    {
        var best = Best(items);
        var equal = items.Count(item => item.Score == best.Score);
        var text = string.Create(CultureInfo.InvariantCulture, $"It has the highest score, {best.Score}")
            + (equal == 1 ? "." : string.Create(CultureInfo.InvariantCulture, $", and of the {equal} that have it, it was added first."));
        return Make(SelectionMode.HighestVotes, best, Candidates(items, null), items.Count, null, null, text);
    }

    private static SelectionMade ByTurn(RoomState state, List<ItemFacts> items)
    {
        var turn = RoundRobin.Next(state);
        var best = Best(items.Where(item => item.AddedBy == turn));
        var figures = state.Figures[turn];
        var name = state.Find(turn)?.Seat.Name ?? turn;
        var why = figures.ServedSeq == 0
            ? $"It was the turn of {name}, of whose films none has been watched yet"
            : $"It was the turn of {name}, who has waited the longest";
        var text = string.Create(CultureInfo.InvariantCulture, $"{why}; of their films this one has the highest score, {best.Score}.");
        return Make(SelectionMode.RoundRobin, best, Candidates(items, null), items.Count, null, turn, text);
    }

    private static ItemFacts Best(IEnumerable<ItemFacts> items)
    {
        // They come in the order of their ids, which is the one in which they were added: of equal ones the first stays.
        ItemFacts? best = null;
        foreach (var item in items)
        {
            best = best is null || item.Score > best.Score ? item : best;
        }

        return best ?? throw new ArgumentException("There is nothing to pick.", nameof(items));
    }

    private static List<DrawnCandidate> Candidates(List<ItemFacts> items, List<long>? weights) =>
        [.. items.Select((item, place) => new DrawnCandidate(item.Id, item.Score, weights is null ? 1 : weights[place]))];

    private static SelectionMade Make(
        SelectionMode? mode, ItemFacts item, List<DrawnCandidate> candidates, long total, long? ticket, string? turn, string explanation) =>
        new(
            default, "", mode, null, item.Id, item.Title, item.Details.PosterUrl, candidates, total, new string('0', 16), ticket, turn,
            explanation);
}
