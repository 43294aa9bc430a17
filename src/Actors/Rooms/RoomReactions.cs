using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>Reactions as bits: the place of one in <see cref="ItemReactions.All"/> is its bit, so new ones go to the end.</summary>
internal static class RoomReactions
{
    /// <summary>The bit of a reaction.</summary>
    /// <param name="reaction">One of <see cref="ItemReactions"/>.</param>
    /// <returns>A power of two.</returns>
    internal static int BitOf(string reaction)
    {
        for (var place = 0; place < ItemReactions.All.Count; place++)
        {
            if (ItemReactions.All[place] == reaction)
            {
                return 1 << place;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(reaction), reaction, "There is no such reaction.");
    }

    /// <summary>The reactions of a set of bits.</summary>
    /// <param name="bits">The bits.</param>
    /// <returns>The reactions, in the order of <see cref="ItemReactions.All"/>.</returns>
    internal static IEnumerable<string> Of(int bits) => ItemReactions.All.Where((_, place) => (bits & (1 << place)) != 0);
}
