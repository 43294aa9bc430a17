using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Journal;

/// <summary>A stored event as the whole journal shows it, for projections.</summary>
/// <param name="Offset">Its place in the one order of all events; grows, may have holes, and is never filled in behind a reader.</param>
/// <param name="Address">The entity.</param>
/// <param name="Entry">The event.</param>
public readonly record struct JournalRecord(long Offset, EntityAddress Address, JournalEntry Entry);
