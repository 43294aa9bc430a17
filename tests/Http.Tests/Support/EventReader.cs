using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AkkaParty.Http.Tests.Support;

/// <summary>One event of a stream.</summary>
internal sealed record StreamEvent(string? Id, JsonElement Data)
{
    public string? Type => Data.GetProperty("type").GetString();
}

/// <summary>A client of server-sent events that shows every line, and reads only when asked.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TcpClient _client = new();
    private readonly MemoryStream _unread = new();
    private NetworkStream? _stream;

    public string Head { get; private set; } = string.Empty;

    public int Status => int.Parse(Head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<EventReader> OpenAsync(Uri address, int receiveBufferBytes = 0, params string[] headers)
    {
        var reader = new EventReader();
        if (receiveBufferBytes > 0)
        {
            reader._client.ReceiveBufferSize = receiveBufferBytes;
        }

        await reader._client.ConnectAsync(address.Host, address.Port);
        reader._stream = reader._client.GetStream();
        var request = $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: text/event-stream\r\n"
            + $"{string.Concat(headers.Select(h => h + "\r\n"))}\r\n";
        await reader._stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await reader.ReadRawAsync(1))[0]);
        }

        reader.Head = head.ToString();
        return reader;
    }

    /// <summary>The next event; null when the stream has ended as it should.</summary>
    public async Task<StreamEvent?> ReadAsync()
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync();
            if (line is null)
            {
                lines.ShouldBeEmpty();
                return null;
            }

            if (line.Length == 0)
            {
                break;
            }

            lines.Add(line);
        }

        lines.ShouldAllBe(line => line.StartsWith("id: ", StringComparison.Ordinal) || line.StartsWith("data: ", StringComparison.Ordinal));
        var data = lines.Single(line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..];
        var id = lines.SingleOrDefault(line => line.StartsWith("id: ", StringComparison.Ordinal))?["id: ".Length..];
        return new StreamEvent(id, JsonDocument.Parse(data).RootElement);
    }

    /// <summary>Whether the server has cut the connection, after whatever still came.</summary>
    public async Task<bool> IsCutAsync()
    {
        try
        {
            while (await ReadLineAsync() is not null)
            {
            }

            return false;
        }
        catch (Exception exception) when (exception is IOException or EndOfStreamException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _unread.Dispose();
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new List<byte>();
        while (true)
        {
            if (_unread.Position == _unread.Length && !await ReadChunkAsync())
            {
                return line.Count == 0 ? null : throw new EndOfStreamException();
            }

            var next = _unread.ReadByte();
            if (next == '\n')
            {
                return Encoding.UTF8.GetString([.. line]);
            }

            line.Add((byte)next);
        }
    }

    private async Task<bool> ReadChunkAsync()
    {
        var size = new StringBuilder();
        while (!size.ToString().EndsWith("\r\n", StringComparison.Ordinal))
        {
            size.Append((char)(await ReadRawAsync(1))[0]);
        }

        var length = Convert.ToInt32(size.ToString().Trim(), 16);
        var chunk = await ReadRawAsync(length + 2);
        _unread.SetLength(0);
        _unread.Write(chunk, 0, length);
        _unread.Position = 0;
        return length > 0;
    }

    private async Task<byte[]> ReadRawAsync(int count)
    {
        var buffer = new byte[count];
        await _stream!.ReadExactlyAsync(buffer).AsTask().WaitAsync(Patience);
        return buffer;
    }
}
