using System.Buffers;
using System.Buffers.Binary;

namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>
/// What waits to be sent over one link, as it goes over the wire: each frame behind four bytes of length. One buffer fills while
/// the other is sent. Not thread-safe.
/// </summary>
/// <param name="bytesMax">The most bytes in both buffers.</param>
internal sealed class Outbox(int bytesMax)
{
    private const int UsualBytes = 64 * 1024;
    private const int KeptBytesMax = 1024 * 1024;

    private byte[] _filling = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private byte[] _spare = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private byte[]? _sending;
    private int _filled;
    private int _underWay;

    /// <summary>How many bytes wait or are being sent.</summary>
    public int PendingBytes => _filled + _underWay;

    /// <summary>Whether nothing waits; something may be being sent.</summary>
    public bool IsEmpty => _filled == 0;

    /// <summary>Whether bytes were taken and not yet reported as sent.</summary>
    public bool IsSending => _sending is not null;

    /// <summary>Copies a frame; an empty one is a sign of life.</summary>
    /// <returns>False when there is no room.</returns>
    public bool TryAdd(ReadOnlySpan<byte> frame)
    {
        var length = sizeof(int) + frame.Length;
        if (PendingBytes + length > bytesMax)
        {
            return false;
        }

        if (_filled + length > _filling.Length)
        {
            Grow(_filled + length);
        }

        BinaryPrimitives.WriteInt32LittleEndian(_filling.AsSpan(_filled), frame.Length);
        frame.CopyTo(_filling.AsSpan(_filled + sizeof(int)));
        _filled += length;
        return true;
    }

    /// <summary>Hands over everything that waits. The bytes are the caller's until <see cref="Sent"/>.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        Invariant.Check(_sending is null, "A link sends two batches at once");
        _sending = _filling;
        _underWay = _filled;
        _filling = _spare;
        _filled = 0;
        return _sending.AsMemory(0, _underWay);
    }

    /// <summary>The bytes taken last are sent.</summary>
    public void Sent()
    {
        _spare = _sending!;
        _sending = null;
        _underWay = 0;
        if (_spare.Length > KeptBytesMax)
        {
            ArrayPool<byte>.Shared.Return(_spare);
            _spare = ArrayPool<byte>.Shared.Rent(UsualBytes);
        }
    }

    private void Grow(int atLeast)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(atLeast, (int)Math.Min(2L * _filling.Length, bytesMax)));
        _filling.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_filling);
        _filling = larger;
    }
}
