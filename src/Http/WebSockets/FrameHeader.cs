using System.Buffers.Binary;

namespace AkkaParty.Http.WebSockets;

/// <summary>The header of an unmasked, final WebSocket frame as a server sends it (RFC 6455, 5.2).</summary>
internal static class FrameHeader
{
    /// <summary>A text frame.</summary>
    public const byte Text = 0x81;

    /// <summary>A close frame.</summary>
    public const byte Close = 0x88;

    /// <summary>A ping.</summary>
    public const byte Ping = 0x89;

    /// <summary>How long the header of a frame is.</summary>
    /// <param name="payloadBytes">The payload's length.</param>
    /// <returns>2, 4 or 10 bytes.</returns>
    public static int SizeOf(int payloadBytes) => payloadBytes switch
    {
        < 126 => 2,
        <= ushort.MaxValue => 4,
        _ => 10,
    };

    /// <summary>Writes a header.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="opcode">The first byte: final flag and opcode.</param>
    /// <param name="payloadBytes">The payload's length.</param>
    /// <returns>The header's length.</returns>
    public static int Write(Span<byte> output, byte opcode, int payloadBytes)
    {
        output[0] = opcode;
        var size = SizeOf(payloadBytes);
        switch (size)
        {
            case 2:
                output[1] = (byte)payloadBytes;
                break;
            case 4:
                output[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)payloadBytes);
                break;
            default:
                output[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(output[2..], (ulong)payloadBytes);
                break;
        }

        return size;
    }

    /// <summary>A whole frame.</summary>
    /// <param name="opcode">The first byte.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>Header and payload.</returns>
    public static byte[] Frame(byte opcode, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[SizeOf(payload.Length) + payload.Length];
        payload.CopyTo(frame.AsSpan(Write(frame, opcode, payload.Length)));
        return frame;
    }
}
