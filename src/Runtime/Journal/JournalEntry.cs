using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Journal;

/// <summary>One stored event of an entity.</summary>
/// <param name="Seq">Its number within the entity, from 1, without gaps.</param>
/// <param name="Manifest">The event's name and version.</param>
/// <param name="Payload">The event's bytes.</param>
/// <param name="At">When it was decided, in cluster time; stored with millisecond precision or better.</param>
/// <param name="Command">The command it came from; null when that had no id, and set on the command's last event only.</param>
/// <param name="ReplyManifest">The reply's name; null when the command had no id.</param>
/// <param name="Reply">The reply's bytes, so that a duplicate of the command is answered alike.</param>
public readonly record struct JournalEntry(
    long Seq,
    string Manifest,
    ReadOnlyMemory<byte> Payload,
    DateTimeOffset At,
    CommandId? Command = null,
    string? ReplyManifest = null,
    ReadOnlyMemory<byte> Reply = default);
