using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>A frame as it lies on the wire.</summary>
internal sealed record RawFrame(int Opcode, byte[] Payload)
{
    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload);

    /// <summary>The code of a close frame.</summary>
    public int CloseCode => BinaryPrimitives.ReadUInt16BigEndian(Payload);
}

/// <summary>A WebSocket client made by hand, for everything a well-behaved client cannot do.</summary>
internal sealed class RawSocketClient : IDisposable
{
    /// <summary>Continues a message.</summary>
    public const int Continuation = 0;

    /// <summary>A text message.</summary>
    public const int Text = 1;

    /// <summary>A binary message.</summary>
    public const int Binary = 2;

    /// <summary>Says goodbye.</summary>
    public const int Close = 8;

    /// <summary>Asks for a pong.</summary>
    public const int Ping = 9;

    /// <summary>Answers a ping.</summary>
    public const int Pong = 10;

    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private RawSocketClient(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    /// <summary>The status of the answer to the upgrade.</summary>
    public int Status { get; private set; }

    /// <summary>The answer's head.</summary>
    public string Head { get; private set; } = string.Empty;

    /// <summary>Connects and upgrades.</summary>
    /// <param name="server">The server.</param>
    /// <param name="address">The socket's address.</param>
    /// <param name="headers">Further headers, each a whole line.</param>
    /// <param name="receiveBuffer">The receive buffer in bytes; 0 for the system's own choice.</param>
    public static async Task<RawSocketClient> UpgradeAsync(
        ServerProcess server, Uri address, IReadOnlyList<string>? headers = null, int receiveBuffer = 0)
    {
        var tcp = new TcpClient { NoDelay = true };
        if (receiveBuffer > 0)
        {
            tcp.ReceiveBufferSize = receiveBuffer;
        }

        await tcp.ConnectAsync(IPAddress.Loopback, server.Port);
        var client = new RawSocketClient(tcp);
        var hasHost = headers?.Any(h => h.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)) == true;
        string[] lines =
        [
            $"GET {address.PathAndQuery} HTTP/1.1",
            .. hasHost ? (string[])[] : [$"Host: {address.Authority}"],
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            .. headers ?? [],
        ];
        await client.SendBytesAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"));
        await client.ReadHeadAsync();
        return client;
    }

    /// <summary>Upgrades as a participant; the test fails when the server refuses.</summary>
    public static async Task<RawSocketClient> ConnectAsync(ServerProcess server, PartyClient person, int receiveBuffer = 0)
    {
        var client = await UpgradeAsync(server, person.SocketAddress(), null, receiveBuffer);
        client.Status.ShouldBe(101, client.Head);
        return client;
    }

    /// <summary>Sends a frame.</summary>
    /// <param name="opcode">What kind.</param>
    /// <param name="payload">What is in it.</param>
    /// <param name="final">Whether it ends its message.</param>
    /// <param name="masked">Clients must mask.</param>
    /// <param name="reserved">The reserved bits, 0-7; clients must send 0.</param>
    public Task SendAsync(int opcode, ReadOnlyMemory<byte> payload, bool final = true, bool masked = true, int reserved = 0)
    {
        var frame = new List<byte> { (byte)((final ? 0x80 : 0) | (reserved << 4) | opcode) };
        var maskBit = masked ? 0x80 : 0;
        if (payload.Length < 126)
        {
            frame.Add((byte)(maskBit | payload.Length));
        }
        else
        {
            frame.AddRange([(byte)(maskBit | 126), (byte)(payload.Length >> 8), (byte)payload.Length]);
        }

        byte[] mask = masked ? [0x12, 0x34, 0x56, 0x78] : [0, 0, 0, 0];
        frame.AddRange(masked ? mask : []);
        for (var i = 0; i < payload.Length; i++)
        {
            frame.Add((byte)(payload.Span[i] ^ mask[i % 4]));
        }

        return SendBytesAsync(frame.ToArray());
    }

    /// <summary>Sends a text in one frame.</summary>
    public Task SendTextAsync(string text) => SendAsync(Text, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes) =>
        await Patience.For(_stream.WriteAsync(bytes).AsTask(), "the server to take bytes", Patience.Answer);

    /// <summary>Reads the next frame; null when the connection is over.</summary>
    public async Task<RawFrame?> ReadAsync()
    {
        var head = await ReadBytesAsync(2);
        if (head is null)
        {
            return null;
        }

        (head[1] & 0x80).ShouldBe(0, "a server's frames are not masked");
        var length = head[1] & 0x7F;
        if (length == 126)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadBytesAsync(2));
        }
        else if (length == 127)
        {
            length = (int)BinaryPrimitives.ReadInt64BigEndian(await ReadBytesAsync(8));
        }

        return await ReadBytesAsync(length) is { } payload ? new RawFrame(head[0] & 0x0F, payload) : null;
    }

    /// <summary>Reads until a frame fits; the test fails when the connection ends before.</summary>
    public async Task<RawFrame> UntilAsync(string what, Func<RawFrame, bool> fits)
    {
        var seen = new Queue<string>();
        while (await ReadAsync() is { } frame)
        {
            if (fits(frame))
            {
                return frame;
            }

            seen.Enqueue($"{frame.Opcode}: {frame.Text}");
            if (seen.Count > 5)
            {
                seen.Dequeue();
            }
        }

        throw new InvalidOperationException($"The connection ended before {what}. Last frames: {string.Join(Environment.NewLine, seen)}");
    }

    /// <summary>Reads until the close frame.</summary>
    /// <returns>Its code.</returns>
    public async Task<int> CloseCodeAsync() => (await UntilAsync("a close frame", frame => frame.Opcode == Close)).CloseCode;

    /// <summary>Reads until a text frame of a type.</summary>
    public async Task<Frame> NextAsync(string type) =>
        new((await UntilAsync($"a {type}", frame => frame.Opcode == Text && new Frame(frame.Text).Is(type))).Text);

    public void Dispose() => _tcp.Dispose();

    private async Task ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var next = await ReadBytesAsync(1) ?? throw new InvalidOperationException($"The connection ended after: {head}");
            head.Append((char)next[0]);
        }

        Head = head.ToString();
        Status = int.Parse(Head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<byte[]?> ReadBytesAsync(int count)
    {
        var bytes = new byte[count];
        try
        {
            var read = await Patience.For(
                _stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false).AsTask(), $"{count} more bytes", Patience.Answer);
            return read == count ? bytes : null;
        }
        catch (IOException)
        {
            // The server cut the connection: over, like an orderly end.
            return null;
        }
    }
}
