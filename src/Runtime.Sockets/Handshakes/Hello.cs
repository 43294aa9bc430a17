using System.Buffers.Binary;
using System.Text;

namespace AkkaParty.Runtime.Sockets.Handshakes;

/// <summary>Which end of a connection speaks.</summary>
internal enum LinkRole : byte
{
    /// <summary>Made the connection.</summary>
    Dialer = 1,

    /// <summary>Accepted it.</summary>
    Listener = 2,
}

/// <summary>One run of a node, as the handshake names it.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Incarnation">Its run.</param>
internal readonly record struct NodeRun(string Name, long Incarnation)
{
    public override string ToString() => $"{Name}#{Incarnation}";
}

/// <summary>Who speaks, to whom, and a number used once.</summary>
/// <param name="Role">Which end speaks.</param>
/// <param name="From">Who speaks.</param>
/// <param name="To">Who is meant.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="FeatureLevel">The newest formats the speaker reads.</param>
/// <param name="Nonce">32 random bytes.</param>
internal sealed record Hello(LinkRole Role, NodeRun From, NodeRun To, string Cluster, int FeatureLevel, byte[] Nonce)
{
    public const int NonceBytes = 32;
    private const byte Version = 1;
    private const int FixedBytes = 4 + 1 + 1 + 4 + 8 + 8 + NonceBytes;

    private static ReadOnlySpan<byte> Magic => "AKPL"u8;

    public byte[] Encode()
    {
        byte[][] texts = [Encoding.UTF8.GetBytes(Cluster), Encoding.UTF8.GetBytes(From.Name), Encoding.UTF8.GetBytes(To.Name)];
        var bytes = new byte[FixedBytes + texts.Sum(text => 1 + text.Length)];
        Magic.CopyTo(bytes);
        bytes[4] = Version;
        bytes[5] = (byte)Role;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(6), FeatureLevel);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(10), From.Incarnation);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(18), To.Incarnation);
        Nonce.CopyTo(bytes, 26);
        var at = FixedBytes;
        foreach (var text in texts)
        {
            bytes[at] = checked((byte)text.Length);
            text.CopyTo(bytes, at + 1);
            at += 1 + text.Length;
        }

        return bytes;
    }

    /// <exception cref="RefusedException">It is none, or of another version.</exception>
    public static Hello Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes || !bytes.StartsWith(Magic))
        {
            throw new RefusedException(Refusal.Malformed);
        }

        if (bytes[4] != Version)
        {
            throw new RefusedException(Refusal.Version);
        }

        var rest = bytes[FixedBytes..];
        var cluster = Text(ref rest);
        var from = Text(ref rest);
        var to = Text(ref rest);
        var role = (LinkRole)bytes[5];
        if (rest.Length > 0 || role is not (LinkRole.Dialer or LinkRole.Listener))
        {
            throw new RefusedException(Refusal.Malformed);
        }

        return new Hello(
            role,
            new NodeRun(from, BinaryPrimitives.ReadInt64LittleEndian(bytes[10..])),
            new NodeRun(to, BinaryPrimitives.ReadInt64LittleEndian(bytes[18..])),
            cluster,
            BinaryPrimitives.ReadInt32LittleEndian(bytes[6..]),
            bytes.Slice(26, NonceBytes).ToArray());
    }

    private static string Text(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 1 || rest.Length < 1 + rest[0])
        {
            throw new RefusedException(Refusal.Malformed);
        }

        var text = Encoding.UTF8.GetString(rest.Slice(1, rest[0]));
        rest = rest[(1 + rest[0])..];
        return text;
    }
}
