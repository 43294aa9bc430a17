using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>A raw WebSocket to a party that keeps every frame it got.</summary>
internal sealed class PartySocket : TextSocket<Frame>
{
    private readonly Action<string>? _onText;
    private Frame? _newest;

    private PartySocket(ClientWebSocket socket, string owner, Action<string>? onText)
        : base(socket, owner)
    {
        _onText = onText;
        BeginReading();
    }

    /// <summary>The newest party it was sent.</summary>
    public PartyView Party => Read(() => _newest)?.Party ?? throw new InvalidOperationException($"{Owner} was sent no party yet.");

    /// <summary>The sequence number of the newest party it was sent; 0 before that.</summary>
    public long Seq => Read(() => _newest)?.Seq ?? 0;

    /// <summary>Connects.</summary>
    /// <exception cref="WebSocketException">The server refused.</exception>
    public static async Task<PartySocket> ConnectAsync(
        Uri address, string owner, Action<string>? onText = null, Action<ClientWebSocket>? configure = null) =>
        new(await OpenAsync(address, configure), owner, onText);

    /// <summary>Sends a frame.</summary>
    public Task SendAsync(string type, object? payload = null, long? id = null)
    {
        var frame = new Dictionary<string, object?> { ["type"] = type };
        if (payload is not null)
        {
            frame["payload"] = payload;
        }

        if (id is not null)
        {
            frame["id"] = id;
        }

        return SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(frame)));
    }

    /// <summary>Sends a frame with a number and awaits what the server says to it.</summary>
    public async Task<Frame> AskAsync(string type, object? payload, long id)
    {
        var from = Read(() => Taken.Count);
        await SendAsync(type, payload, id);
        return await UntilAsync(
            string.Create(CultureInfo.InvariantCulture, $"the answer to {type} with id {id}"),
            () => Taken.Skip(from).FirstOrDefault(frame => frame.Id == id && !frame.Is(ServerFrameTypes.PartyUpdate)));
    }

    /// <summary>Awaits the next frame of a type, skipping others; each frame is given out once.</summary>
    public Task<Frame> NextAsync(string type) => NextAsync($"a {type}", frame => frame.Is(type));

    /// <summary>Awaits that the newest party looks as wanted.</summary>
    public async Task<PartyView> PartyAsync(string what, Func<PartyView, bool> fits) =>
        (await UntilAsync($"a party with {what}", () => _newest is { } newest && fits(newest.Party) ? newest : null)).Party;

    protected override Frame Parse(string text)
    {
        _onText?.Invoke(text);
        return new Frame(text);
    }

    protected override void Take(Frame frame)
    {
        if (frame.Is(ServerFrameTypes.PartyUpdate))
        {
            _newest = frame;
        }
    }
}
