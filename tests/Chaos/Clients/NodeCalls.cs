using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace AkkaParty.Chaos.Clients;

/// <summary>An answer that is no success and does not say to try again.</summary>
internal sealed class RefusedException(string call, HttpStatusCode status, string code, string body)
    : Exception($"{call} answered {(int)status} {code}: {body}")
{
    /// <summary>The error's code.</summary>
    public string Code => code;
}

/// <summary>Plain calls to any node, made again with the same key until there is an answer.</summary>
internal sealed class NodeCalls(IReadOnlyList<Uri> nodes, int first) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = ClientPlan.CallPatience,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = ClientPlan.CallPatience,
    };

    private int _node = first;

    /// <summary>The node that is asked at the moment.</summary>
    public Uri Node => nodes[(_node & int.MaxValue) % nodes.Count];

    /// <summary>Goes on to another node.</summary>
    public void TurnAway() => Interlocked.Increment(ref _node);

    /// <summary>Calls until there is an answer.</summary>
    /// <param name="call">What.</param>
    /// <param name="key">The idempotency key; null for a call that may be made twice.</param>
    /// <param name="retried">Told why a call is made again.</param>
    /// <exception cref="RefusedException">The server said no.</exception>
    public async Task<CallAnswer> UntilAnsweredAsync(PlainCall call, string? key = null, Action<string>? retried = null)
    {
        for (var tries = 1; ; tries++)
        {
            string? code;
            try
            {
                (code, var answer) = await OnceAsync(call, key);
                if (answer is not null)
                {
                    return answer;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                code = exception is OperationCanceledException ? "no_answer" : "no_connection";
                TurnAway();
            }

            retried?.Invoke(code ?? "unknown");
            await Pace.UpToAsync(Math.Min(400, 25 * tries), CancellationToken.None);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(string? Code, CallAnswer? Answer)> OnceAsync(PlainCall call, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), new Uri(Node, call.Path));
        request.Content = call.Body is null ? null : JsonContent.Create(call.Body);
        if (call.Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.Token);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode)
        {
            var tag = response.Headers.ETag?.Tag.Trim('"');
            return (null, new CallAnswer(
                text.Length == 0 ? default : JsonDocument.Parse(text).RootElement,
                tag is null ? 0 : long.Parse(tag, CultureInfo.InvariantCulture)));
        }

        var code = CodeOf(text, out var retryable);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            TurnAway();
            return (code, null);
        }

        return retryable ? (code, null) : throw new RefusedException($"{call.Method} {call.Path}", response.StatusCode, code, text);
    }

    private static string CodeOf(string body, out bool retryable)
    {
        retryable = false;
        try
        {
            var json = JsonDocument.Parse(body).RootElement;
            retryable = json.TryGetProperty("retryable", out var value) && value.GetBoolean();
            return json.GetProperty("code").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "no_problem_document";
        }
    }
}
