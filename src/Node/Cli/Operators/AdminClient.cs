using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AkkaParty.Node.Operations;

namespace AkkaParty.Node.Cli.Operators;

/// <summary>A call to a node that failed: what to tell the operator, and with which exit code.</summary>
internal sealed class AdminCallException(int exitCode, string message) : Exception(message)
{
    /// <summary>The exit code.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>Calls the operators' endpoint of one node.</summary>
internal sealed class AdminClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;

    /// <summary>Makes a client.</summary>
    /// <param name="address">Where the endpoint is.</param>
    /// <param name="token">The token.</param>
    public AdminClient(Uri address, string token)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Asks.</summary>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        CallAsync<T>(HttpMethod.Get, path, cancellationToken);

    /// <summary>Wishes.</summary>
    public Task<T> PostAsync<T>(string path, CancellationToken cancellationToken) =>
        CallAsync<T>(HttpMethod.Post, path, cancellationToken);

    /// <summary>A path with its query.</summary>
    public static string Path(string path, params (string Name, object? Value)[] query) =>
        path + string.Concat(query
            .Where(pair => pair.Value is not null)
            .Select((pair, i) => FormattableString.Invariant($"{(i == 0 ? '?' : '&')}{pair.Name}={Escape(pair.Value!)}")));

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string Escape(object value) => Uri.EscapeDataString(FormattableString.Invariant($"{value}"));

    private async Task<T> CallAsync<T>(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return await response.Content.ReadFromJsonAsync<T>(AdminJson.Options, cancellationToken)
                    ?? throw NoAnswer("an empty answer");
            }

            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new AdminCallException(CodeOf(response.StatusCode), ErrorIn(text) ?? $"The node answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException error)
        {
            throw NoAnswer(error.Message);
        }
        catch (JsonException error)
        {
            throw NoAnswer(error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswer($"nothing came within {Patience.TotalSeconds} seconds");
        }
    }

    private AdminCallException NoAnswer(string reason) =>
        new(AkkaPartyCommand.Failure, $"No answer from {_http.BaseAddress}: {reason.ReplaceLineEndings(" ")}");

    private static int CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => AkkaPartyCommand.NotFound,
        HttpStatusCode.BadRequest => AkkaPartyCommand.Misuse,
        _ => AkkaPartyCommand.Failure,
    };

    private static string? ErrorIn(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<RefusalView>(text, AdminJson.Options)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
