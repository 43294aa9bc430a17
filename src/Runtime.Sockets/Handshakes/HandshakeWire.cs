using System.Buffers.Binary;

namespace AkkaParty.Runtime.Sockets.Handshakes;

/// <summary>The four messages of the handshake.</summary>
internal enum HandshakeMessage : byte
{
    /// <summary>A <see cref="Handshakes.Hello"/>.</summary>
    Hello = 1,

    /// <summary>The dialer's proof that it knows the secret.</summary>
    Proof = 2,

    /// <summary>The listener's proof; the link is up.</summary>
    Welcome = 3,

    /// <summary>There will be no link; one byte says why.</summary>
    Refused = 4,
}

/// <summary>
/// Reads and writes the handshake's messages: a length of two bytes, a type, a body. It reads not one byte more than they have,
/// and no more than is allowed in all.
/// </summary>
/// <param name="stream">The connection.</param>
internal sealed class HandshakeWire(Stream stream)
{
    private int _bytesLeft = SocketTransportOptions.HandshakeBytesMax;

    public async Task WriteAsync(HandshakeMessage type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var bytes = new byte[3 + body.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)body.Length));
        bytes[2] = (byte)type;
        body.CopyTo(bytes.AsMemory(3));
        await stream.WriteAsync(bytes, cancellationToken);
    }

    /// <returns>The body of the next message, which must be of this type.</returns>
    /// <exception cref="RefusedException">It is not, or it says that there will be no link.</exception>
    public async Task<byte[]> ReadAsync(HandshakeMessage type, CancellationToken cancellationToken)
    {
        var head = await ReadExactlyAsync(3, cancellationToken);
        var body = await ReadExactlyAsync(BinaryPrimitives.ReadUInt16LittleEndian(head), cancellationToken);
        if ((HandshakeMessage)head[2] == HandshakeMessage.Refused && body.Length == 1)
        {
            throw new RefusedException((Refusal)body[0], byPeer: true);
        }

        return (HandshakeMessage)head[2] == type ? body : throw new RefusedException(Refusal.Malformed);
    }

    private async Task<byte[]> ReadExactlyAsync(int count, CancellationToken cancellationToken)
    {
        _bytesLeft -= count;
        if (_bytesLeft < 0)
        {
            throw new RefusedException(Refusal.Malformed);
        }

        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
