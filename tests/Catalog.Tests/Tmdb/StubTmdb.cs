using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using AkkaParty.Catalog.Tmdb;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Catalog.Tests.Tmdb;

/// <summary>
/// A server on the loopback that answers like TMDB: with the next scripted answer, or with the last one again and again.
/// </summary>
internal sealed class StubTmdb : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly Channel<StubRequest> _arrivals = Channel.CreateUnbounded<StubRequest>();
    private Func<HttpContext, Task> _last = context => Answer(context, HttpStatusCode.NotImplemented, "{}");

    private StubTmdb(WebApplication app) => _app = app;

    public ManualTime Time { get; } = new();

    public LogLines<TmdbCatalog> Log { get; } = new();

    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public Uri BaseUrl => new(_app.Urls.First() + "/3/");

    public static async Task<StubTmdb> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new StubTmdb(builder.Build());
        stub._app.Run(stub.HandleAsync);
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>A catalogue on this server, with the manual clock and without repeating unless asked for.</summary>
    public TmdbCatalog Catalog(Action<TmdbOptions>? change = null)
    {
        var options = new TmdbOptions { ApiKey = "0123456789abcdef", BaseUrl = BaseUrl, RetriesMax = 0 };
        change?.Invoke(options);
        options.Problems().ShouldBeEmpty();
        return new TmdbCatalog(options, Time, Log);
    }

    public StubTmdb Then(string fixture, HttpStatusCode status = HttpStatusCode.OK, string? retryAfter = null)
        => ThenText(Fixture(fixture), status, retryAfter);

    public StubTmdb ThenText(string body, HttpStatusCode status = HttpStatusCode.OK, string? retryAfter = null)
        => Then(context => Answer(context, status, body, retryAfter));

    public StubTmdb Then(Func<HttpContext, Task> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    /// <summary>The next answer comes only when the test says so.</summary>
    public StubTmdb ThenHeld(string fixture, Task release) => Then(async context =>
    {
        await release.WaitAsync(context.RequestAborted);
        await Answer(context, HttpStatusCode.OK, Fixture(fixture));
    });

    /// <summary>The next request is never answered.</summary>
    public StubTmdb ThenHangs() => Then(async context =>
    {
        var aborted = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    });

    /// <summary>The next request's connection is cut.</summary>
    public StubTmdb ThenCuts() => Then(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    public async Task<StubRequest> ArrivedAsync() => await _arrivals.Reader.ReadAsync().AsTask().Within("a request at the stub");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    public static string Fixture(string name)
    {
        using var stream = typeof(StubTmdb).Assembly.GetManifestResourceStream(name + ".json").ShouldNotBeNull(name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static async Task Answer(HttpContext context, HttpStatusCode status, string body, string? retryAfter = null)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/json;charset=utf-8";
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        await context.Response.WriteAsync(body);
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (_script.TryDequeue(out var next))
        {
            _last = next;
        }

        var request = new StubRequest(
            context.Request.Path.Value!,
            context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            context.Request.Headers.Authorization.ToString());
        _requests.Enqueue(request);
        _arrivals.Writer.TryWrite(request);
        await _last(context);
    }
}

/// <summary>What arrived at the stub.</summary>
internal sealed record StubRequest(string Path, IReadOnlyDictionary<string, string> Query, string Authorization);
