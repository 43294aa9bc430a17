using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Bench.Sockets;

/// <summary>
/// The limit for rooms: bare Kestrel, upgraded streams, and rooms that frame everything waiting once into one buffer
/// and send it once to each member. No tokens, no limits, no state, no journal, no pings.
/// </summary>
internal static class BareBroadcaster
{
    // The answer to the one key that the generator sends, from RFC 6455.
    private const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    /// <summary>Runs until the process is ended.</summary>
    /// <param name="port">The loopback port.</param>
    /// <param name="newRoom">Makes the room of a request path.</param>
    public static async Task RunAsync(int port, Func<string, IBareRoom> newRoom)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        var rooms = new ConcurrentDictionary<string, Lazy<IBareRoom>>();
        app.Run(context => ServeAsync(context, rooms, newRoom));
        await app.RunAsync();
    }

    private static async Task ServeAsync(
        HttpContext context, ConcurrentDictionary<string, Lazy<IBareRoom>> rooms, Func<string, IBareRoom> newRoom)
    {
        var path = context.Request.Path.Value ?? "";
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
        {
            await context.Response.WriteAsync("ok");
            return;
        }

        var room = rooms.GetOrAdd(path, _ => new Lazy<IBareRoom>(() => newRoom(path))).Value;
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers["Sec-WebSocket-Accept"] = Accept;
        var stream = await upgrade.UpgradeAsync();
        var member = new BareMember(stream);
        room.Join(member);
        try
        {
            await ReadAsync(stream, member, room);
        }
        catch (IOException)
        {
            // The client has gone.
        }

        room.Leave(member);
    }

    private static async Task ReadAsync(Stream stream, BareMember member, IBareRoom room)
    {
        var buffer = new byte[512];
        var length = 0;
        while (true)
        {
#pragma warning disable CA2022 // An empty read only waits: it holds no buffer of the transport's meanwhile.
            await stream.ReadAsync(Memory<byte>.Empty);
#pragma warning restore CA2022
            var read = await stream.ReadAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                return;
            }

            length += read;
            var used = 0;
            while (TryFrame(buffer.AsSpan(used, length - used), out var frameBytes, out var isText))
            {
                if (isText)
                {
                    room.Post(member, buffer.AsSpan(used + 6, frameBytes - 6));
                }

                used += frameBytes;
            }

            buffer.AsSpan(used, length - used).CopyTo(buffer);
            length -= used;
        }
    }

    // The generator's frames are short and masked with zeros.
    private static bool TryFrame(ReadOnlySpan<byte> bytes, out int frameBytes, out bool isText)
    {
        frameBytes = bytes.Length < 2 ? int.MaxValue : 6 + (bytes[1] & 0x7F);
        isText = bytes.Length > 0 && (bytes[0] & 0x0F) == 1;
        return bytes.Length >= frameBytes;
    }
}
