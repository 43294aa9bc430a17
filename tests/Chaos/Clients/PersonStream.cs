using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>A person's event stream, which goes on after the last event by its id as browsers do.</summary>
internal sealed class PersonStream(ClientPlan plan, Part part, HistoryFile history, int firstNode)
    : PersonFeed(plan, part, history, firstNode)
{
    private const string Data = "data: ";

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = ClientPlan.CallPatience,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc />
    public override void Dispose() => _http.Dispose();

    /// <inheritdoc />
    protected override async Task<string> FollowAsync(Uri node, long since, CancellationToken over)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(over);
        silence.CancelAfter(ClientPlan.CallPatience);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, Part.FeedPath(string.Empty, since)));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Seat.Token);
        if (since > 0)
        {
            request.Headers.Add("Last-Event-ID", since.ToString(CultureInfo.InvariantCulture));
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode}");
        }

        Open(node, since);
        await using var stream = await response.Content.ReadAsStreamAsync(silence.Token);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(silence.Token) is { } line)
        {
            silence.CancelAfter(ClientPlan.Silence);
            if (line.StartsWith(Data, StringComparison.Ordinal))
            {
                using var json = JsonDocument.Parse(line.AsMemory(Data.Length));
                Take(Part.Hear(json.RootElement), since);
            }
        }

        return "the stream ended";
    }
}
