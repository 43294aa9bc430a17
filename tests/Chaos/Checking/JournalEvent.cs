namespace AkkaParty.Chaos.Checking;

/// <summary>An event as it lies in the journal.</summary>
/// <param name="Party">The party's id.</param>
/// <param name="Seq">Its number in the party.</param>
/// <param name="Manifest">Its name.</param>
/// <param name="Payload">What it says, as JSON.</param>
internal sealed record JournalEvent(string Party, long Seq, string Manifest, string Payload);
