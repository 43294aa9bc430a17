using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// The look-up of what is known of a film. The room says what is to be looked up; somebody else does it and tells the room.
/// </summary>
internal static class EnrichmentDecider
{
    internal static RoomOutcome Request(RoomTurn turn, RequestEnrichment c, RoomCaller caller)
    {
        if (turn.State.FindItem(c.ItemId) is not { Facts.Status: not ItemStatus.Removed } item)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.ItemNotFound);
        }

        if (item.Facts.Enrichment != EnrichmentStatus.Pending)
        {
            var facts = item.Facts with
            {
                Enrichment = EnrichmentStatus.Pending,
                EnrichmentError = null,
                EnrichmentRequest = item.Facts.EnrichmentRequest + 1,
            };
            turn.Raise(new EnrichmentRequested(c.At, facts, Regions(turn.State), caller.UserId));
        }

        return RoomOutcome.Say(state => new ItemChanged(state.FindItem(c.ItemId)!.Facts.ToView()));
    }

    internal static RoomOutcome Finish(RoomTurn turn, FinishEnrichment c)
    {
        if (turn.State.FindItem(c.ItemId)?.Facts is { Status: not ItemStatus.Removed, Enrichment: EnrichmentStatus.Pending } before
            && before.EnrichmentRequest == c.Request)
        {
            var after = Finished(turn.State, before, c);
            turn.Raise(new ItemEnriched(c.At, after, ItemFields.Changed(before, after)));
        }

        return RoomOutcome.Done;
    }

    /// <summary>The regions whose services count.</summary>
    /// <param name="state">The room.</param>
    /// <returns>The members' regions in alphabetical order; never empty.</returns>
    internal static IReadOnlyList<string> Regions(RoomState state) => state.Members.IsEmpty
        ? [RoomSeat.DefaultRegion]
        : [.. state.Members.Select(member => member.Seat.Region).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static ItemFacts Finished(RoomState state, ItemFacts before, FinishEnrichment c)
    {
        var failure = c.Failure ?? (c.Found is null ? null : ItemInput.Validate(c.Found)?.Message);
        if (failure is not null)
        {
            return before with { Enrichment = EnrichmentStatus.Failed, EnrichmentError = failure };
        }

        if (c.Found is null)
        {
            return before with { Enrichment = EnrichmentStatus.NotFound, EnrichmentError = null };
        }

        // Two titles may turn out to be one film: the one that was known as it first keeps the id.
        var found = ItemInput.Clean(c.Found);
        var other = before.Status == ItemStatus.Watched ? null : QueueDecider.FindActive(state, null, found.TmdbId);
        return before with
        {
            Enrichment = EnrichmentStatus.Done,
            EnrichmentError = null,
            Found = other is null || other.Facts.Id == before.Id ? found : found with { TmdbId = null },
        };
    }
}
