using System.Buffers.Binary;

namespace AkkaParty.Bench.Sockets;

/// <summary>What a scanner tells of each frame that has ended.</summary>
internal interface IFrameSink
{
    /// <summary>A frame has ended.</summary>
    /// <param name="opcode">WebSocket's: 1 text, 8 close, 9 ping.</param>
    /// <param name="kind">The tenth byte of the payload: the first letter of a <c>{"type":"...</c>.</param>
    /// <param name="length">The payload's length.</param>
    /// <param name="tail">The payload's last bytes, at most <see cref="FrameScanner.TailBytes"/>.</param>
    void OnFrame(int opcode, byte kind, long length, ReadOnlySpan<byte> tail);
}

/// <summary>Walks over a server's WebSocket frames, however they were cut, looking only at headers and ends.</summary>
internal sealed class FrameScanner
{
    /// <summary>How much of a payload's end is shown.</summary>
    public const int TailBytes = 40;

    private const int KindIndex = 9;
    private readonly byte[] _header = new byte[10];
    private int _headerBytes;
    private byte[]? _tail;
    private int _tailBytes;
    private long _length;
    private long _seen;
    private byte _kind;
    private bool _inPayload;

    /// <summary>Takes what has been received.</summary>
    public void Scan(ReadOnlySpan<byte> received, IFrameSink sink)
    {
        while (received.Length > 0 || (_inPayload && _length == 0))
        {
            if (!_inPayload && !TakeHeader(ref received))
            {
                return;
            }

            TakePayload(ref received, sink);
        }
    }

    private bool TakeHeader(ref ReadOnlySpan<byte> received)
    {
        while (_headerBytes < HeaderLength())
        {
            if (received.IsEmpty)
            {
                return false;
            }

            _header[_headerBytes++] = received[0];
            received = received[1..];
        }

        _length = (_header[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
            127 => BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(2)),
            var length => length,
        };
        _inPayload = true;
        _seen = 0;
        _kind = 0;
        _tailBytes = 0;
        return true;
    }

    private int HeaderLength() => _headerBytes < 2 ? 2 : (_header[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };

    private void TakePayload(ref ReadOnlySpan<byte> received, IFrameSink sink)
    {
        var taken = received[..(int)Math.Min(_length - _seen, received.Length)];
        received = received[taken.Length..];
        if (_seen <= KindIndex && _seen + taken.Length > KindIndex)
        {
            _kind = taken[(int)(KindIndex - _seen)];
        }

        var whole = _seen == 0 && taken.Length == _length;
        _seen += taken.Length;
        if (!whole)
        {
            KeepTail(taken);
        }

        if (_seen < _length)
        {
            return;
        }

        _inPayload = false;
        _headerBytes = 0;
        sink.OnFrame(
            _header[0] & 0x0F, _kind, _length, whole ? taken[Math.Max(0, taken.Length - TailBytes)..] : _tail.AsSpan(0, _tailBytes));
    }

    private void KeepTail(ReadOnlySpan<byte> taken)
    {
        _tail ??= new byte[TailBytes];
        if (taken.Length >= TailBytes)
        {
            taken[^TailBytes..].CopyTo(_tail);
            _tailBytes = TailBytes;
            return;
        }

        var kept = Math.Min(_tailBytes, TailBytes - taken.Length);
        _tail.AsSpan(_tailBytes - kept, kept).CopyTo(_tail);
        taken.CopyTo(_tail.AsSpan(kept));
        _tailBytes = kept + taken.Length;
    }
}
