using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace AkkaParty.Catalog.Tmdb;

/// <summary>Sends requests to TMDB and gives back bodies; every failure leaves as a <see cref="CatalogUnavailableException"/>.</summary>
internal sealed class TmdbClient : IDisposable
{
    private const int BodyBytesMax = 1024 * 1024;
    private const int ConnectionsMax = 16;
    private const int RefusalLengthMax = 200;

    private readonly HttpClient _http;
    private readonly ResiliencePipeline<TmdbAnswer> _resilience;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _baseUrl;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _secret;
    private readonly bool _bearer;

    public TmdbClient(TmdbOptions options, TimeProvider time, ILogger logger)
    {
        (_secret, _bearer) = Secret(options);
        var address = options.BaseUrl.AbsoluteUri;
        _baseUrl = new Uri(address.EndsWith('/') ? address : address + "/");
        _timeout = options.Timeout;
        _time = time;
        _logger = logger;
        _resilience = TmdbResilience.Build(options, time, logger);
        _http = new HttpClient(new SocketsHttpHandler
        {
            // A redirect would carry the key to wherever it points.
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy would look for this machine's loopback on its own.
            UseProxy = !_baseUrl.IsLoopback,
            AutomaticDecompression = DecompressionMethods.All,
            MaxConnectionsPerServer = ConnectionsMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = BodyBytesMax,
        };
    }

    /// <summary>Sends a GET, repeating it as the options say.</summary>
    /// <param name="path">The path below the base address.</param>
    /// <param name="query">The query without the key, or empty.</param>
    /// <returns>The body of a 200, or null for a 404.</returns>
    public async Task<byte[]?> GetAsync(string path, string query)
    {
        try
        {
            var answer = await _resilience.ExecuteAsync(
                static async (state, token) => await state.Client.TryAsync(state.Path, state.Query, token),
                (Client: this, Path: path, Query: query),
                _stopping.Token);
            return answer.Status switch
            {
                HttpStatusCode.OK => answer.Body,
                HttpStatusCode.NotFound => null,
                _ => throw Refused(answer),
            };
        }
        catch (CatalogUnavailableException failure)
        {
            TmdbLog.Failed(_logger, failure.Message);
            throw;
        }
        catch (BrokenCircuitException failure)
        {
            throw new CatalogUnavailableException(
                "TMDB has been failing and is left alone for a while.", failure.RetryAfter ?? TimeSpan.FromSeconds(1), failure);
        }
        catch (TimeoutRejectedException failure)
        {
            throw Logged($"TMDB did not answer within {_timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Logged("TMDB cannot be reached.", failure);
        }
        catch (OperationCanceledException failure) when (_stopping.IsCancellationRequested)
        {
            throw new CatalogUnavailableException("The film catalogue is shutting down.", null, failure);
        }
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="CatalogUnavailableException">It is not what TMDB documents.</exception>
    public TBody Read<TBody>(byte[] body, JsonTypeInfo<TBody> type)
        where TBody : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException failure)
        {
            throw Unreadable(failure);
        }
    }

    /// <summary>The failure for a body that is not what TMDB documents.</summary>
    public CatalogUnavailableException Unreadable(JsonException? failure) => Logged("TMDB answered with something unreadable.", failure);

    public void Dispose()
    {
        _stopping.Cancel();
        _http.Dispose();
        _stopping.Dispose();
    }

    private async ValueTask<TmdbAnswer> TryAsync(string path, string query, CancellationToken cancellationToken)
    {
        // A v3 key has no other place than the query; addresses are therefore never logged.
        var key = _bearer ? "" : "api_key=" + Uri.EscapeDataString(_secret);
        var fullQuery = (key.Length > 0 && query.Length > 0 ? $"{query}&{key}" : query + key) is { Length: > 0 } some ? "?" + some : "";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_baseUrl, path + fullQuery));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _secret);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        return new TmdbAnswer(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            RetryAfter(response.Headers.RetryAfter));
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - _time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private CatalogUnavailableException Refused(TmdbAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new CatalogUnavailableException(
            $"TMDB does not accept the configured API key or access token ({(int)answer.Status})."),
        HttpStatusCode.TooManyRequests => new CatalogUnavailableException(
            "TMDB is limiting this server's requests (429).", answer.RetryAfter),
        _ when answer.IsPassing => new CatalogUnavailableException(
            $"TMDB is having trouble ({(int)answer.Status}).", answer.RetryAfter),
        _ => new CatalogUnavailableException($"TMDB refused the request ({(int)answer.Status}){Explanation(answer.Body)}."),
    };

    private string Explanation(byte[] body)
    {
        try
        {
            var message = JsonSerializer.Deserialize(body, TmdbJson.Default.TmdbErrorBody)?.StatusMessage;
            return string.IsNullOrWhiteSpace(message) || message.Length > RefusalLengthMax || message.Any(char.IsControl)
                || message.Contains(_secret, StringComparison.OrdinalIgnoreCase)
                ? ""
                : ": " + message.TrimEnd('.');
        }
        catch (JsonException)
        {
            // A proxy's page instead of TMDB's words: the status has been said, and a page of HTML would add nothing.
            return "";
        }
    }

    private CatalogUnavailableException Logged(string message, Exception? failure)
    {
        TmdbLog.Failed(_logger, message);
        return new CatalogUnavailableException(message, null, failure);
    }

    private static (string Secret, bool Bearer) Secret(TmdbOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.AccessToken))
        {
            return (options.AccessToken.Trim(), true);
        }

        var key = options.ApiKey?.Trim() ?? "";
        return (key, key.StartsWith("eyJ", StringComparison.Ordinal) && key.Count(c => c == '.') == 2);
    }
}
