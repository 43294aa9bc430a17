using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>One person with one device in a room: speaks REST, sockets and streams.</summary>
internal sealed class RoomClient(RoomSite site, string userId) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _connections = [];
    private long _lastId;

    /// <summary>The person's user id.</summary>
    public string UserId => userId;

    /// <summary>The person's name.</summary>
    public string Name => char.ToUpperInvariant(userId[0]) + userId[1..];

    /// <summary>The device's own name, under which its frame numbers survive a reconnection.</summary>
    public string Device { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The number of the node it speaks to.</summary>
    public int Node { get; set; }

    /// <summary>The room; empty before one was created or joined.</summary>
    public string RoomId { get; private set; } = string.Empty;

    /// <summary>The room's code.</summary>
    public string Code { get; private set; } = string.Empty;

    /// <summary>The token; empty for none.</summary>
    public string Token { get; private set; } = string.Empty;

    /// <summary>The person as a member of the room.</summary>
    public object Seat => new { user_id = UserId, name = Name };

    /// <summary>Creates a room and remembers the way in.</summary>
    public async Task<Answer> CreateAsync(object room, string? key = null)
    {
        var answer = await CallAsync("POST", "/api/rooms", room, key);
        if (answer.Status == HttpStatusCode.Created)
        {
            Enter(answer);
        }

        return answer;
    }

    /// <summary>Joins a room and remembers the way in.</summary>
    public async Task<Answer> JoinAsync(string code, string? key = null)
    {
        var answer = await CallAsync("POST", $"/api/rooms/{code}/join", Seat, key);
        if (answer.Status == HttpStatusCode.OK)
        {
            Enter(answer);
        }

        return answer;
    }

    /// <summary>Calls a route with its token and keeps the answer.</summary>
    public async Task<Answer> CallAsync(string method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), site.Url(Node, path));
        request.Content = body is null ? null : JsonContent.Create(body);
        if (Token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var response = await site.Http.SendAsync(request);
        return new Answer($"{method} {path} ({userId})", response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>Calls a route that answers 200.</summary>
    public async Task<JsonElement> GetAsync(string path) => (await CallAsync("GET", path)).Expect(HttpStatusCode.OK).Json;

    /// <summary>Adds a film.</summary>
    /// <returns>The item's id.</returns>
    public async Task<string> AddAsync(string title, string? key = null) =>
        (await CallAsync("POST", "/api/queue", new { room_id = RoomId, title, added_by = UserId }, key))
            .Expect(HttpStatusCode.Created).Text("_id");

    /// <summary>Votes.</summary>
    public async Task VoteAsync(string itemId, string vote, string? key = null) =>
        (await CallAsync("POST", "/api/votes", new { item_id = itemId, user_id = UserId, vote }, key)).Expect(HttpStatusCode.Created);

    /// <summary>Opens a socket.</summary>
    /// <param name="since">The last seq that was seen; null for none.</param>
    /// <param name="onFrame">Called with every frame.</param>
    public async Task<RoomSocket> ConnectAsync(long? since = null, Action<RoomFrame>? onFrame = null)
    {
        var socket = await RoomSocket.ConnectAsync(SocketAddress(since), userId, onFrame);
        _connections.Add(socket);
        return socket;
    }

    /// <summary>Where its socket goes.</summary>
    public Uri SocketAddress(long? since = null, string? token = null, string? user = null, string? roomId = null)
    {
        var query = $"client={Device}";
        token ??= Token;
        query += token.Length > 0 ? $"&token={token}" : string.Empty;
        query += since is { } seq ? string.Create(CultureInfo.InvariantCulture, $"&since={seq}") : string.Empty;
        return site.SocketUrl(Node, $"/ws/{roomId ?? RoomId}/{user ?? UserId}?{query}");
    }

    /// <summary>Opens a stream: <c>room</c>, <c>votes</c> or <c>queue</c>.</summary>
    public async Task<SseStream> StreamAsync(string kind, string? lastId = null, Action<SseEvent>? onEvent = null)
    {
        var url = site.Url(Node, $"/api/events/{kind}/{RoomId}");
        var token = Token.Length > 0 ? Token : null;
        var stream = await SseStream.ConnectAsync(site.Http, url, $"{userId}'s {kind} stream", token, lastId, onEvent);
        _connections.Add(stream);
        return stream;
    }

    /// <summary>Sends a message over a socket and awaits that it was carried out.</summary>
    /// <returns>The room's sequence number at which it was.</returns>
    public async Task<long> DoAsync(RoomSocket socket, string type, object? members = null)
    {
        var frame = await socket.AskAsync(type, members, NextId());
        frame.Type.ShouldBe("ack", $"{userId} sent {type} and got {frame}");
        return frame.Json.GetProperty("seq").GetInt64();
    }

    /// <summary>Sends a message over a socket and awaits that it is refused.</summary>
    public async Task<RoomFrame> RefusedAsync(RoomSocket socket, string type, object? members, string code, string? field = null)
    {
        var frame = await socket.AskAsync(type, members, NextId());
        frame.Type.ShouldBe("error", $"{userId} sent {type} and got {frame}");
        frame.Text("code").ShouldBe(code, frame.Raw);
        frame.Text("error").ShouldNotBeNullOrEmpty();
        frame.Text("detail").ShouldNotBeNullOrEmpty();
        frame.Json.GetProperty("retryable").GetBoolean().ShouldBeFalse(frame.Raw);
        if (field is not null)
        {
            frame.Text("field").ShouldBe(field, frame.Raw);
        }

        return frame;
    }

    /// <summary>The next number for a message.</summary>
    public long NextId() => ++_lastId;

    /// <summary>Another device, or the same person under another token.</summary>
    public RoomClient With(string token, string? user = null)
    {
        var other = new RoomClient(site, user ?? UserId) { Node = Node };
        (other.RoomId, other.Code, other.Token) = (RoomId, Code, token);
        return other;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private void Enter(Answer answer)
    {
        var json = answer.Json;
        (RoomId, Code) = (answer.Text("_id"), answer.Text("code"));

        // In an open room nobody gets a token, and who shows the token of their seat gets no other.
        if (json.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String)
        {
            Token = token.GetString()!;
        }
    }
}
