namespace AkkaParty.Chaos.Checking;

/// <summary>An event as it lies in the journal.</summary>
/// <param name="Entity">The party's or room's id.</param>
/// <param name="Seq">Its number there.</param>
/// <param name="Manifest">Its name.</param>
/// <param name="Payload">What it says, as JSON.</param>
internal sealed record JournalEvent(string Entity, long Seq, string Manifest, string Payload);
