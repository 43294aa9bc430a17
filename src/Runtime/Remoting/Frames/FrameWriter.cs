using System.Buffers;
using System.Text;

namespace AkkaParty.Runtime.Remoting.Frames;

/// <summary>
/// Builds one frame at a time: numbers as little-endian groups of seven bits, texts as length and UTF-8. One per thread,
/// because a frame is always sent by the thread that wrote it.
/// </summary>
internal sealed class FrameWriter : IBufferWriter<byte>
{
    private const int KeptBytesMax = 1 << 20;

    [ThreadStatic]
    private static FrameWriter? _own;

    private byte[] _buffer = new byte[1_024];
    private int _length;

    /// <summary>The frame so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>How long the frame is so far.</summary>
    public int Length => _length;

    /// <summary>Begins a frame; the one this thread built before is gone.</summary>
    public static FrameWriter Begin(NodeFrame type)
    {
        var writer = _own ??= new FrameWriter();
        if (writer._buffer.Length > KeptBytesMax)
        {
            writer._buffer = new byte[1_024];
        }

        writer._length = 0;
        writer.Byte((byte)type);
        return writer;
    }

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    public void Number(long value)
    {
        Reserve(10);
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            _buffer[_length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _buffer[_length++] = (byte)rest;
    }

    public void Id(Guid value)
    {
        Reserve(16);
        value.TryWriteBytes(_buffer.AsSpan(_length));
        _length += 16;
    }

    public void Text(string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Number(most < 0x80 ? value.Length : Encoding.UTF8.GetByteCount(value));
        Reserve(most);
        var written = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
        if (most < 0x80 && written != value.Length)
        {
            // Not ASCII after all: one length byte either way.
            _buffer[_length - 1] = (byte)written;
        }

        _length += written;
    }

    /// <summary>A text that may be missing.</summary>
    public void OptionalText(string? value)
    {
        Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    /// <inheritdoc />
    public void Advance(int count) => _length += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_length);
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }
    }
}
