using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>One person with one device: speaks REST and a socket, and keeps everything the server ever told it.</summary>
internal sealed class PartyClient(ServerProcess server, string name) : IAsyncDisposable
{
    private readonly List<string> _heard = [];
    private readonly List<PartySocket> _sockets = [];
    private PartySocket? _socket;
    private long _lastId;

    /// <summary>The person's username.</summary>
    public string Name => name;

    /// <summary>The device's own name, under which its frame numbers survive a reconnection.</summary>
    public string Device { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The party; empty before one was created or joined.</summary>
    public string PartyId { get; private set; } = string.Empty;

    /// <summary>The participant's id.</summary>
    public string UserId { get; private set; } = string.Empty;

    /// <summary>The participant's token.</summary>
    public string Token { get; private set; } = string.Empty;

    /// <summary>The socket that was opened last.</summary>
    public PartySocket Socket => _socket ?? throw new InvalidOperationException($"{name} has no socket.");

    /// <summary>The newest sequence number it has seen on a socket.</summary>
    public long Seq { get; private set; }

    /// <summary>Every body and frame it got.</summary>
    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>Creates a party and remembers the way in.</summary>
    public async Task<Answer> CreateAsync(string partyName, string? key = null)
    {
        var answer = await CallAsync(HttpMethod.Post, "/api/party", new { name = partyName, username = name }, key);
        if (answer.Status == HttpStatusCode.Created)
        {
            (PartyId, UserId, Token) = (answer.Text("party_id"), answer.Text("host_id"), answer.Text("auth_token"));
        }

        return answer;
    }

    /// <summary>Joins a party and remembers the way in.</summary>
    public async Task<Answer> JoinAsync(string partyId, string? key = null)
    {
        var answer = await CallAsync(HttpMethod.Post, $"/api/party/{partyId}/join", new { username = name }, key);
        if (answer.Status == HttpStatusCode.Created)
        {
            (PartyId, UserId, Token) = (partyId, answer.Text("user_id"), answer.Text("auth_token"));
        }

        return answer;
    }

    /// <summary>Calls a route of its party, with its token.</summary>
    public Task<Answer> CallAsync(string method, string path, object? body = null, string? key = null) =>
        CallAsync(new HttpMethod(method), $"/api/party/{PartyId}{path}", body, key);

    /// <summary>Calls a route and keeps the answer.</summary>
    public async Task<Answer> CallAsync(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (Token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Hear(text);
        return new Answer($"{method} {path} ({name})", response.StatusCode, text, response);
    }

    /// <summary>The party as REST shows it.</summary>
    public async Task<PartyView> PartyAsync() => (await CallAsync("GET", string.Empty)).Expect(HttpStatusCode.OK).Party;

    /// <summary>Its own ballot; null when it handed in none.</summary>
    public async Task<string[]?> BallotAsync() =>
        (await CallAsync("GET", "/ballots/me")).Expect(HttpStatusCode.OK).Json.GetProperty("ranks").Deserialize<string[]?>();

    /// <summary>Opens a socket. Without an explicit <paramref name="since"/> it asks for the state.</summary>
    public async Task<PartySocket> ConnectAsync(string? since = null, Action<ClientWebSocket>? configure = null)
    {
        _socket = await PartySocket.ConnectAsync(SocketAddress(since), name, Hear, configure);
        _sockets.Add(_socket);
        return _socket;
    }

    /// <summary>Connects again after a loss, from where it was.</summary>
    public Task<PartySocket> ReconnectAsync() => ConnectAsync(Seq.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where its socket goes.</summary>
    public Uri SocketAddress(string? since = null, string? token = null, string? partyId = null)
    {
        var query = $"token={token ?? Token}&client={Device}" + (since is null ? string.Empty : $"&since={since}");
        return new Uri($"ws://127.0.0.1:{server.Port}/ws/party/{partyId ?? PartyId}?{query}");
    }

    /// <summary>Sends a command over the socket and awaits that it was carried out.</summary>
    /// <returns>The party's sequence number at which it was.</returns>
    public async Task<long> DoAsync(string type, object? payload = null)
    {
        var frame = await Socket.AskAsync(type, payload, NextId());
        frame.Type.ShouldBe(ServerFrameTypes.Ack, $"{name} sent {type} and got {frame}");
        return frame.Payload.GetProperty("seq").GetInt64();
    }

    /// <summary>Sends a command over the socket and awaits that it is refused.</summary>
    public async Task<ErrorPayload> RefusedAsync(string type, object? payload, string code)
    {
        var frame = await Socket.AskAsync(type, payload, NextId());
        frame.Type.ShouldBe(ServerFrameTypes.Error, $"{name} sent {type} and got {frame}");
        frame.Error.Code.ShouldBe(code, frame.Text);
        return frame.Error;
    }

    /// <summary>The next number for a frame.</summary>
    public long NextId() => ++_lastId;

    /// <summary>Takes over the way in that another client was given.</summary>
    public void Use(string partyId, string userId, string token) => (PartyId, UserId, Token) = (partyId, userId, token);

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.DisposeAsync();
        }
    }

    private void Hear(string text)
    {
        lock (_heard)
        {
            _heard.Add(text);
            Seq = Math.Max(Seq, SeqOf(text));
        }
    }

    private static long SeqOf(string text)
    {
        const string start = "{\"type\":\"party_update\"";
        return text.StartsWith(start, StringComparison.Ordinal) ? new Frame(text).Seq : 0;
    }
}
