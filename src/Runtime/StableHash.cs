using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AkkaParty.Runtime;

/// <summary>
/// A hash that is the same in every process and for ever. Shard numbers and derived command sessions are stored, so
/// this function may never change; its values are pinned by a test.
/// </summary>
public static class StableHash
{
    private const ulong Offset = 0xcbf29ce484222325;
    private const ulong Prime = 0x9e3779b97f4a7c15;

    /// <summary>Hashes a text's UTF-16 code units, eight bytes at a time.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The hash, evenly spread over all 64 bits.</returns>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var bytes = MemoryMarshal.AsBytes(text);
        var hash = Offset ^ ((ulong)bytes.Length * Prime);
        while (bytes.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        ulong tail = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            tail |= (ulong)bytes[i] << (8 * i);
        }

        return Finish(Mix(hash ^ tail));
    }

    /// <summary>A command session derived from what caused it, so that a repeated cause repeats the session.</summary>
    /// <param name="text">The cause as one text.</param>
    /// <returns>The session.</returns>
    public static Guid SessionOf(string text)
    {
        Span<byte> bytes = stackalloc byte[16];
        var low = Of(text);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Finish(Mix(low ^ Prime) + (ulong)text.Length));
        return new Guid(bytes);
    }

    private static ulong Mix(ulong value)
    {
        value *= Prime;
        return value ^ (value >> 32);
    }

    // The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    private static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
