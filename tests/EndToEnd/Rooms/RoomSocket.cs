using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>A WebSocket to a room that keeps every frame it got.</summary>
internal sealed class RoomSocket : TextSocket<RoomFrame>
{
    private readonly Dictionary<long, RoomFrame> _answers = [];
    private readonly Action<RoomFrame>? _onFrame;

    private RoomSocket(ClientWebSocket socket, string owner, Action<RoomFrame>? onFrame)
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
    public static async Task<RoomSocket> ConnectAsync(Uri address, string owner, Action<RoomFrame>? onFrame = null) =>
        new(await OpenAsync(address), owner, onFrame);

    /// <summary>Sends a message: its type, and its members beside that.</summary>
    public Task SendAsync(string type, object? members = null, long? id = null)
    {
        var message = new Dictionary<string, object?> { ["type"] = type };
        if (members is not null)
        {
            foreach (var member in JsonSerializer.SerializeToElement(members).EnumerateObject())
            {
                message[member.Name] = member.Value;
            }
        }

        if (id is not null)
        {
            message["id"] = id;
        }

        return SendTextAsync(JsonSerializer.Serialize(message));
    }

    /// <summary>Sends a text as it is.</summary>
    public Task SendTextAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a message with a number and awaits what the server says to it.</summary>
    public async Task<RoomFrame> AskAsync(string type, object? members, long id)
    {
        Read(() => _answers.Remove(id));
        await SendAsync(type, members, id);
        return await UntilAsync(
            string.Create(CultureInfo.InvariantCulture, $"the answer to {type} with id {id}"), () => _answers.GetValueOrDefault(id));
    }

    /// <summary>Awaits the next frame of a type, skipping others; each frame is given out once.</summary>
    public Task<RoomFrame> NextAsync(string type) => NextAsync($"a {type}", frame => frame.Is(type));

    /// <summary>Awaits the next frame of a type in which a member has a value, skipping others; each frame is given out once.</summary>
    public Task<RoomFrame> NextAsync(string type, string member, string value) =>
        NextAsync($"a {type} with {member} {value}", frame => frame.Is(type, member, value));

    protected override RoomFrame Parse(string text)
    {
        var frame = new RoomFrame(text);
        _onFrame?.Invoke(frame);
        return frame;
    }

    protected override void Take(RoomFrame frame)
    {
        if (frame.Id is { } id && (frame.Is("ack") || frame.Is("error")))
        {
            _answers[id] = frame;
        }
    }
}
