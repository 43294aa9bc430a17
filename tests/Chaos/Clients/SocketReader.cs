using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace AkkaParty.Chaos.Clients;

/// <summary>Reads one connection to its end, and ends it when nothing comes for too long although it was asked for.</summary>
internal sealed class SocketReader(ClientWebSocket socket, PersonSocket person, CancellationToken over) : IDisposable
{
    private readonly MemoryStream _message = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private long _heardAt = Pace.Now;

    /// <summary>Reads.</summary>
    /// <returns>How it ended.</returns>
    public async Task<string> ReadAsync()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(over);
        var watching = WatchAsync(ended.Token);
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(_buffer.AsMemory(), over);
                Volatile.Write(ref _heardAt, Pace.Now);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture, $"{(int?)socket.CloseStatus} {socket.CloseStatusDescription}");
                }

                _message.Write(_buffer, 0, result.Count);
                if (result.EndOfMessage)
                {
                    using var json = JsonDocument.Parse(_message.GetBuffer().AsMemory(0, (int)_message.Length));
                    person.Take(json.RootElement);
                    _message.SetLength(0);
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }
    }

    public void Dispose() => _message.Dispose();

    private async Task WatchAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested && await person.PingAsync(socket))
        {
            try
            {
                await Pace.PassAsync(ClientPlan.Silence / 3, ended);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (Pace.Milliseconds(Volatile.Read(ref _heardAt), Pace.Now) > ClientPlan.Silence.TotalMilliseconds)
            {
                socket.Abort();
                return;
            }
        }
    }
}
