using AkkaParty.Catalog;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Node.Enrichment;

/// <summary>A look-up that has ended.</summary>
/// <param name="Pending">What was to be looked up.</param>
/// <param name="Title">What the catalogue knows; null when it knows nothing, or could not be asked.</param>
/// <param name="Failure">Why it could not be asked, for people; null when it could.</param>
internal sealed record Lookup(PendingEnrichment Pending, TitleDetails? Title, string? Failure)
{
    /// <summary>How it ended, in a word for metrics.</summary>
    public string Outcome => Failure is not null ? "failed" : Title is null ? "not_found" : "found";

    /// <summary>What the room is told.</summary>
    public FinishEnrichment ToCommand(DateTimeOffset at) => new(
        at,
        Pending.ItemId,
        Pending.Request,
        Title is null ? null : FoundDetails.From(Title, Pending.Regions),
        Failure);
}
