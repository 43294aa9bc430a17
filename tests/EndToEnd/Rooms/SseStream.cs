using System.Globalization;
using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>One event of a stream: its id, if it has one, and its data.</summary>
internal sealed record SseEvent(string? Id, RoomFrame Data);

/// <summary>A stream was refused.</summary>
internal sealed class StreamRefusedException(Answer answer) : Exception($"{answer.Call} answered {answer.Status}: {answer.Body}")
{
    /// <summary>How.</summary>
    public Answer Answer { get; } = answer;
}

/// <summary>
/// Reads server-sent events as a browser does and keeps them all. A line that a room's streams do not have (<c>event:</c>,
/// <c>retry:</c>, or anything the format does not know) fails whoever waits.
/// </summary>
internal sealed class SseStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly string _owner;
    private readonly Pulse _pulse = new();
    private readonly List<SseEvent> _events = [];
    private readonly Task _reading;
    private string? _end;
    private int _next;

    private SseStream(HttpResponseMessage response, string owner, Action<SseEvent>? onEvent)
    {
        _response = response;
        _owner = owner;
        _reading = ReadAsync(onEvent);
    }

    /// <summary>Every event so far.</summary>
    public IReadOnlyList<SseEvent> Events => _pulse.Read(() => _events.ToArray());

    /// <summary>The answer's head.</summary>
    public HttpResponseMessage Response => _response;

    /// <summary>How it ended; null while it is open.</summary>
    public string? End => _pulse.Read(() => _end);

    /// <summary>Completes when it has ended, however long that takes.</summary>
    public Task Ended => _reading;

    /// <summary>Connects.</summary>
    /// <param name="http">With what.</param>
    /// <param name="address">Where to.</param>
    /// <param name="owner">Whose it is, for messages.</param>
    /// <param name="token">The token for the header; null for none.</param>
    /// <param name="lastId">The id of the last event that was seen; null for none.</param>
    /// <param name="onEvent">Called with every event, in order, before anybody who waits sees it.</param>
    /// <exception cref="StreamRefusedException">The server refused.</exception>
    public static async Task<SseStream> ConnectAsync(
        HttpClient http, Uri address, string owner, string? token, string? lastId = null, Action<SseEvent>? onEvent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        using var patience = new CancellationTokenSource(Patience.Answer);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var body = await response.Content.ReadAsStringAsync(patience.Token);
            throw new StreamRefusedException(new Answer($"GET {address.AbsolutePath} ({owner})", response.StatusCode, body, response));
        }

        return Read(response, owner, onEvent);
    }

    /// <summary>Reads an answer that has begun.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="owner">Whose it is, for messages.</param>
    /// <param name="onEvent">Called with every event, in order, before anybody who waits sees it.</param>
    public static SseStream Read(HttpResponseMessage response, string owner, Action<SseEvent>? onEvent = null)
    {
        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/event-stream");
        response.Headers.CacheControl?.NoCache.ShouldBeTrue("Cache-Control says no-cache");
        response.Headers.TryGetValues("X-Accel-Buffering", out var buffering).ShouldBeTrue();
        buffering.ShouldBe(["no"]);
        return new SseStream(response, owner, onEvent);
    }

    /// <summary>Awaits the next event that fits, skipping others; each event is given out once.</summary>
    public Task<SseEvent> NextAsync(string what, Func<SseEvent, bool> fits) => _pulse.UntilAsync(
        () =>
        {
            while (_next < _events.Count)
            {
                var item = _events[_next++];
                if (fits(item))
                {
                    return item;
                }
            }

            return _end is null ? null : throw new ConnectionLostException($"{_owner} waited for {what}, but: {_end}. {Last()}");
        },
        $"{what} ({_owner})",
        () => _pulse.Read(Last));

    /// <summary>Awaits the next event of a type, skipping others; each event is given out once.</summary>
    public Task<SseEvent> NextAsync(string type) => NextAsync($"a {type}", e => e.Data.Is(type));

    /// <summary>Awaits the end.</summary>
    public Task<string> EndAsync() => _pulse.UntilAsync(() => _end, $"the end of {_owner}'s stream", () => _pulse.Read(Last));

    /// <summary>Cuts the connection.</summary>
    public void Abort() => _response.Dispose();

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        await _reading;
    }

    private async Task ReadAsync(Action<SseEvent>? onEvent)
    {
        var end = "the stream ended";
        try
        {
            await using var stream = await _response.Content.ReadAsStreamAsync();
            using var reader = new StreamReader(stream);
            string? id = null;
            var data = new List<string>();
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    end = Field(line, data, ref id) ? end : throw new FormatException($"The stream has the line '{line}'.");
                }
                else if (data.Count > 0)
                {
                    var item = new SseEvent(id, new RoomFrame(string.Join('\n', data)));
                    (id, data) = (null, []);
                    onEvent?.Invoke(item);
                    _pulse.Change(() => _events.Add(item));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException
            or ObjectDisposedException or FormatException or System.Text.Json.JsonException)
        {
            // The connection broke, or what came is no stream of a room: an end that whoever waits is told.
            end = exception.Message;
        }

        _pulse.Change(() => _end = end);
    }

    private static bool Field(string line, List<string> data, ref string? id)
    {
        if (line.StartsWith("data: ", StringComparison.Ordinal))
        {
            data.Add(line[6..]);
            return true;
        }

        if (line.StartsWith("id: ", StringComparison.Ordinal))
        {
            id = line[4..];
            return true;
        }

        return line[0] == ':';
    }

    private string Last() => string.Create(
        CultureInfo.InvariantCulture,
        $"Of {_events.Count} events the last were:{Environment.NewLine}{string.Join(Environment.NewLine, _events.TakeLast(5))}");
}
