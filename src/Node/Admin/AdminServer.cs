using AkkaParty.Node.Configuration;
using AkkaParty.Node.Hosting;
using AkkaParty.Node.Operations;
using Microsoft.AspNetCore.Connections;

namespace AkkaParty.Node.Admin;

/// <summary>
/// The endpoint for operators: a web server of its own on an address of its own, so that nothing of it can be reached over the
/// public port, whatever a proxy does.
/// </summary>
internal sealed partial class AdminServer(NodeOptions options, OperatorDesk desk, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    private readonly ILogger _logger = logs.CreateLogger<AdminServer>();
    private WebApplication? _app;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!HostAndPort.TryParse(options.Admin.Listen, out var address))
        {
            return;
        }

        var app = Build(address, AdminToken.Ensure(options));
        try
        {
            await app.StartAsync(cancellationToken);
            _app = app;
        }
        catch (IOException error) when (error.InnerException is AddressInUseException && options.Admin.Listen == AdminSection.DefaultListen)
        {
            // Nobody asked for this address: a second server on one machine works all the same.
            LogInUse(_logger, options.Admin.Listen);
            await app.DisposeAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is { } app)
        {
            await app.StopAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.DisposeAsync();
        }
    }

    private WebApplication Build(HostAndPort address, string token)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "akkaparty" });
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, NoSignalsLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
        });
        builder.WebHost.UseUrls($"http://{address}");
        var app = builder.Build();
        AdminRoutes.UseToken(app, token);
        app.UseRouting();
        AdminRoutes.Map(app, desk);
        return app;
    }

    [LoggerMessage(1, LogLevel.Warning,
        "The operators' address {Address} is in use: this server has no operators' endpoint. AkkaParty__Admin__Listen sets another one.")]
    private static partial void LogInUse(ILogger logger, string address);
}
