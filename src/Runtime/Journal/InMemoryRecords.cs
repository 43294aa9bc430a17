using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Journal;

/// <summary>
/// The in-memory journal's one order: append-only chunks of slots, and blocks of bytes that the slots point into.
/// Written under the journal's lock; what a <see cref="View"/> shows may be read without it.
/// </summary>
internal sealed class InMemoryRecords
{
    // Chunks and blocks are large enough for the large object heap: they are never moved, and a young collection never sees them.
    private const int ChunkSlots = 1024;
    private const int BlockBytes = 256 * 1024;

    // Bytes above this size get an array of their own, so that a block's unused end stays small.
    private const int SharedBytesMax = 16 * 1024;

    private Slot[][] _chunks = new Slot[16][];
    private long _count;
    private byte[] _block = [];
    private int _blockUsed;

    /// <summary>Everything appended so far.</summary>
    public View Current => new(_chunks, _count);

    /// <summary>Appends a copy of an entry.</summary>
    /// <returns>Its offset, from 1.</returns>
    public long Append(InMemoryEntity entity, in JournalEntry entry)
    {
        var (chunk, index) = Math.DivRem(_count, ChunkSlots);
        if (chunk == _chunks.Length)
        {
            var grown = new Slot[_chunks.Length * 2][];
            _chunks.CopyTo(grown, 0);
            _chunks = grown;
        }

        ref var slot = ref (_chunks[chunk] ??= new Slot[ChunkSlots])[index];
        slot.Entity = entity;
        slot.Seq = entry.Seq;
        slot.At = entry.At;
        slot.Manifest = entry.Manifest;
        slot.Payload = Keep(entry.Payload.Span);
        if (entry.Command is { } command)
        {
            slot.Command = command;
            slot.ReplyManifest = entry.ReplyManifest;
            slot.Reply = Keep(entry.Reply.Span);
        }

        return ++_count;
    }

    private ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SharedBytesMax)
        {
            return bytes.ToArray();
        }

        if (bytes.Length > _block.Length - _blockUsed)
        {
            _block = GC.AllocateUninitializedArray<byte>(BlockBytes);
            _blockUsed = 0;
        }

        var kept = _block.AsMemory(_blockUsed, bytes.Length);
        bytes.CopyTo(kept.Span);
        _blockUsed += bytes.Length;
        return kept;
    }

    /// <summary>The records up to one moment.</summary>
    /// <param name="chunks">The chunks of that moment.</param>
    /// <param name="count">How many records there were.</param>
    public readonly struct View(Slot[][] chunks, long count)
    {
        /// <summary>How many records there are.</summary>
        public long Count => count;

        /// <summary>The record at an offset from 1 to <see cref="Count"/>.</summary>
        public JournalRecord this[long offset]
        {
            get
            {
                var (chunk, index) = Math.DivRem(offset - 1, ChunkSlots);
                ref readonly var slot = ref chunks[chunk][index];
                return new JournalRecord(offset, slot.Entity.Address, slot.ToEntry());
            }
        }
    }

    /// <summary>One event as it is kept; a command number of 0 means that there was no command id.</summary>
    internal struct Slot
    {
        public InMemoryEntity Entity;
        public string Manifest;
        public string? ReplyManifest;
        public ReadOnlyMemory<byte> Payload;
        public ReadOnlyMemory<byte> Reply;
        public long Seq;
        public DateTimeOffset At;
        public CommandId Command;

        public readonly JournalEntry ToEntry() => Command.Number == 0
            ? new JournalEntry(Seq, Manifest, Payload, At)
            : new JournalEntry(Seq, Manifest, Payload, At, Command, ReplyManifest, Reply);
    }
}
