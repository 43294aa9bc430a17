using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AkkaParty.Http.Tests.Support;

/// <summary>A WebSocket client that shows and sends every byte, and reads only when asked.</summary>
internal sealed class RawSocket : IDisposable
{
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte CloseOpcode = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TcpClient _client = new();
    private NetworkStream? _stream;

    public string Head { get; private set; } = string.Empty;

    public int Status => int.Parse(Head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Opens a connection; the server's answer is in <see cref="Head"/>.</summary>
    public static async Task<RawSocket> OpenAsync(Uri address, int receiveBufferBytes = 0, params string[] headers)
    {
        var socket = new RawSocket();
        if (receiveBufferBytes > 0)
        {
            socket._client.ReceiveBufferSize = receiveBufferBytes;
        }

        await socket._client.ConnectAsync(address.Host, address.Port);
        socket._stream = socket._client.GetStream();
        var request = $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + $"{string.Concat(headers.Select(h => h + "\r\n"))}\r\n";
        await socket._stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await socket.ReadExactlyAsync(1))[0]);
        }

        socket.Head = head.ToString();
        return socket;
    }

    public Task SendTextAsync(string text) => SendAsync(Text, Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte opcode, byte[] payload, bool final = true, bool masked = true)
    {
        var frame = new List<byte> { (byte)((final ? 0x80 : 0) | opcode) };
        var mask = (byte)(masked ? 0x80 : 0);
        if (payload.Length < 126)
        {
            frame.Add((byte)(mask | payload.Length));
        }
        else
        {
            frame.Add((byte)(mask | 126));
            frame.Add((byte)(payload.Length >> 8));
            frame.Add((byte)payload.Length);
        }

        byte[] key = [7, 11, 13, 17];
        if (masked)
        {
            frame.AddRange(key);
        }

        frame.AddRange(payload.Select((value, i) => masked ? (byte)(value ^ key[i % 4]) : value));
        await _stream!.WriteAsync(frame.ToArray());
    }

    /// <summary>The next frame, pings and pongs included.</summary>
    public async Task<(byte Opcode, byte[] Payload)> ReadFrameAsync()
    {
        var head = await ReadExactlyAsync(2);
        (head[1] & 0x80).ShouldBe(0, "a server must not mask");
        long length = head[1] & 0x7F;
        length = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadExactlyAsync(2)),
            127 => BinaryPrimitives.ReadInt64BigEndian(await ReadExactlyAsync(8)),
            _ => length,
        };
        (head[0] & 0x80).ShouldBe(0x80, "the server sends whole frames");
        return ((byte)(head[0] & 0x0F), await ReadExactlyAsync((int)length));
    }

    /// <summary>The next text frame as JSON; pings are passed over.</summary>
    public async Task<JsonElement> ReadJsonAsync()
    {
        var (opcode, payload) = await ReadFrameAsync();
        while (opcode is Ping or Pong)
        {
            (opcode, payload) = await ReadFrameAsync();
        }

        opcode.ShouldBe(Text, opcode == CloseOpcode ? $"closed: {Encoding.UTF8.GetString(payload.AsSpan(2))}" : "expected a text frame");
        return JsonDocument.Parse(payload).RootElement;
    }

    /// <summary>Reads the next text frame that is no update of the party.</summary>
    public async Task<JsonElement> ReadAnswerAsync()
    {
        var frame = await ReadJsonAsync();
        while (frame.GetProperty("type").GetString() == "party_update")
        {
            frame = await ReadJsonAsync();
        }

        return frame;
    }

    /// <summary>Reads on until the server's close frame.</summary>
    public async Task<int> ReadCloseAsync()
    {
        while (true)
        {
            var (opcode, payload) = await ReadFrameAsync();
            if (opcode == CloseOpcode)
            {
                return payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(payload);
            }
        }
    }

    /// <summary>Whether the server has cut or finished the connection.</summary>
    public async Task<bool> EndsAsync()
    {
        try
        {
            var rest = new byte[1024];
            while (await _stream!.ReadAsync(rest).AsTask().WaitAsync(Patience) > 0)
            {
            }
        }
        catch (IOException)
        {
            return true;
        }

        return true;
    }

    public async Task<string> ReadBodyAsync()
    {
        var length = int.Parse(
            Head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).AsSpan(15),
            System.Globalization.CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetString(await ReadExactlyAsync(length));
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> ReadExactlyAsync(int count)
    {
        var buffer = new byte[count];
        await _stream!.ReadExactlyAsync(buffer).AsTask().WaitAsync(Patience);
        return buffer;
    }
}
