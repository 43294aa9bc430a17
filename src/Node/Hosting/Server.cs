using AkkaParty.Node.Cli;
using AkkaParty.Node.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AkkaParty.Node.Hosting;

/// <summary>Runs the server from its start to its orderly end.</summary>
internal static class Server
{
    /// <summary>Starts the server, says that it is ready, and waits for SIGTERM, SIGINT or Ctrl+C.</summary>
    /// <param name="settings">A configuration without problems.</param>
    /// <param name="output">Takes the line that says it is ready.</param>
    /// <param name="error">Takes the one line that says why it could not start.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(NodeSettings settings, TextWriter output, TextWriter error)
    {
        try
        {
            await using var app = Composition.Build(settings);
            var stop = app.Services.GetRequiredService<StopSignals>();
            stop.Listen();
            await RunAsync(app, stop, settings.Options, output);
            return AkkaPartyCommand.Success;
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } line)
        {
            await error.WriteLineAsync(line);
            return AkkaPartyCommand.Failure;
        }
    }

    private static async Task RunAsync(WebApplication app, StopSignals stop, NodeOptions options, TextWriter output)
    {
        var host = app.Services.GetRequiredService<RuntimeHost>();
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var asked = stop.Token.Register(() => ending.TrySetResult());
        await using var stopping = app.Lifetime.ApplicationStopping.Register(() => ending.TrySetResult());
        try
        {
            await app.StartAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return;
        }

        await Task.WhenAny(host.Started, ending.Task);
        if (host.Started.IsCompletedSuccessfully)
        {
            await AnnounceAsync(app, options, output);
        }

        await ending.Task;
        await app.StopAsync();
        if (host.Started.IsFaulted)
        {
            await host.Started;
        }
    }

    private static async Task AnnounceAsync(WebApplication app, NodeOptions options, TextWriter output)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.ToList() ?? [];
        var text = Banner.Text(options, bound, options.Lan ? LanAddress.OfThisMachine() : [], isTerminal: !Console.IsOutputRedirected);
        await output.WriteAsync(text);
        await output.FlushAsync();
    }
}
