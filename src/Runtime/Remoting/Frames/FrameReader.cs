using System.Text;

namespace AkkaParty.Runtime.Remoting.Frames;

/// <summary>Reads what <see cref="FrameWriter"/> wrote. Anything else ends in a <see cref="MalformedFrameException"/>.</summary>
internal ref struct FrameReader(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Take(1)[0];

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)value;
            }
        }

        throw new MalformedFrameException("A number has more than ten bytes.");
    }

    /// <summary>A number of things that follow, each of at least one byte.</summary>
    public int Count()
    {
        var count = Number();
        return count >= 0 && count <= _rest.Length
            ? (int)count
            : throw new MalformedFrameException($"{count} things are announced and {_rest.Length} bytes are left.");
    }

    public Guid Id() => new(Take(16));

    public ReadOnlySpan<byte> TextBytes() => Take(Count());

    public string Text() => Encoding.UTF8.GetString(TextBytes());

    public string? OptionalText() => Byte() == 0 ? null : Text();

    public ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw new MalformedFrameException($"{count} bytes are missing from a frame that has {_rest.Length} left.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
