using System.Buffers;
using System.Buffers.Binary;

namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>What was read and not yet cut into frames. One reader.</summary>
/// <param name="frameBytesMax">The longest frame.</param>
internal sealed class FrameBuffer(int frameBytesMax)
{
    private const int UsualBytes = 64 * 1024;
    private const int KeptBytesMax = 1024 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private int _start;
    private int _end;

    /// <summary>Room for the next read; never empty.</summary>
    public Memory<byte> Room()
    {
        if (_start == _end)
        {
            _start = _end = 0;
            if (_bytes.Length > KeptBytesMax)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
                _bytes = ArrayPool<byte>.Shared.Rent(UsualBytes);
            }
        }

        // A frame that has begun gets room for all of it, so that it is moved at most once.
        var needed = _end - _start >= sizeof(int) ? sizeof(int) + Length() : UsualBytes / 2;
        if (_start + needed > _bytes.Length || _end == _bytes.Length)
        {
            MakeRoom(needed);
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes were read into the room.</summary>
    public void Read(int count) => _end += count;

    /// <summary>Cuts the next frame off; an empty one is a sign of life.</summary>
    /// <returns>False when none is complete.</returns>
    /// <exception cref="InvalidDataException">It is longer than a frame may be.</exception>
    public bool TryTake(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (_end - _start < sizeof(int))
        {
            return false;
        }

        var length = Length();
        if (length < 0 || length > frameBytesMax)
        {
            throw new InvalidDataException($"a frame of {length} bytes");
        }

        if (_end - _start - sizeof(int) < length)
        {
            return false;
        }

        frame = _bytes.AsSpan(_start + sizeof(int), length);
        _start += sizeof(int) + length;
        return true;
    }

    private int Length() => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(_start));

    private void MakeRoom(int needed)
    {
        var held = _bytes.AsSpan(_start, _end - _start);
        if (needed <= _bytes.Length)
        {
            held.CopyTo(_bytes);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(needed);
            held.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        _end -= _start;
        _start = 0;
    }
}
