using AkkaParty.Node.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AkkaParty.Node.Hosting;

/// <summary>
/// Ends connections that only take up room. The web server's own limit for a request's head begins with its first byte: who never sends
/// one would be let wait as long as somebody between two requests.
/// </summary>
internal static class ConnectionGuard
{
    /// <summary>Sets the limits.</summary>
    /// <param name="kestrel">The web server.</param>
    /// <param name="options">The limits.</param>
    public static void LimitConnections(this KestrelServerOptions kestrel, ConnectionSection options)
    {
        var head = TimeSpan.FromSeconds(options.HeadSeconds);
        kestrel.Limits.RequestHeadersTimeout = head;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        kestrel.Limits.MaxConcurrentConnections = options.OpenMax;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => ServeAsync(connection, next, head)));
    }

    private static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next, TimeSpan patience)
    {
        if (await HasBegunAsync(connection, patience))
        {
            await next(connection);
        }
        else
        {
            connection.Abort();
        }
    }

    // Nothing is taken of what came: it is there for whoever reads next.
    private static async Task<bool> HasBegunAsync(ConnectionContext connection, TimeSpan patience)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping, connection.ConnectionClosed);
        waiting.CancelAfter(patience);
        try
        {
            var read = await connection.Transport.Input.ReadAsync(waiting.Token);
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
            return !read.Buffer.IsEmpty;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Silent for too long, gone, or the server stops.
            return false;
        }
    }
}
