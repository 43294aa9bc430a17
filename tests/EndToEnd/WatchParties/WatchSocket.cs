using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.WatchParties;

/// <summary>A WebSocket to a watch party, in either dialect, that keeps every frame it got.</summary>
internal sealed class WatchSocket : TextSocket<WatchFrame>
{
    private readonly Dictionary<long, WatchFrame> _answers = [];
    private readonly Action<WatchFrame>? _onFrame;

    private WatchSocket(ClientWebSocket socket, string owner, Action<WatchFrame>? onFrame)
        : base(socket, owner)
    {
        _onFrame = onFrame;
        BeginReading();
    }

    /// <summary>Connects.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="owner">Whose it is, for messages.</param>
    /// <param name="onFrame">Called with every frame, in order, before anybody who waits sees it.</param>
    /// <exception cref="WebSocketException">The server refused.</exception>
    public static async Task<WatchSocket> ConnectAsync(Uri address, string owner, Action<WatchFrame>? onFrame = null) =>
        new(await OpenAsync(address), owner, onFrame);

    /// <summary>Sends a text as it is.</summary>
    public Task SendTextAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a frame with a number and awaits what the server says to it.</summary>
    public async Task<WatchFrame> AskAsync(string text, long id)
    {
        Read(() => _answers.Remove(id));
        await SendTextAsync(text);
        return await UntilAsync(
            string.Create(CultureInfo.InvariantCulture, $"the answer to {text}"), () => _answers.GetValueOrDefault(id));
    }

    /// <summary>Awaits the next frame of a type, skipping others; each frame is given out once.</summary>
    public Task<WatchFrame> NextAsync(string type) => NextAsync($"a {type}", frame => frame.Is(type));

    protected override WatchFrame Parse(string text)
    {
        var frame = new WatchFrame(text);
        _onFrame?.Invoke(frame);
        return frame;
    }

    protected override void Take(WatchFrame frame)
    {
        if (frame.Id is { } id && (frame.Is("ack") || frame.Is("error")))
        {
            _answers[id] = frame;
        }
    }
}
