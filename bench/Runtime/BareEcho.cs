using System.Net;
using System.Net.Sockets;

namespace AkkaParty.Bench.Runtime;

/// <summary>Two ends of a TCP connection: what a round trip costs with nothing around it.</summary>
internal sealed class BareEcho : IAsyncDisposable
{
    private readonly Socket _client;
    private readonly Socket _server;
    private readonly Task _echo;
    private readonly byte[] _answer = new byte[LinkBench.FrameBytes];

    private BareEcho(Socket client, Socket server)
    {
        _client = client;
        _server = server;
        _echo = Task.Run(EchoAsync);
    }

    public static async Task<BareEcho> StartAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndPoint!);
        var server = await listener.AcceptAsync();
        server.NoDelay = true;
        return new BareEcho(client, server);
    }

    public async ValueTask AskAsync(byte[] frame)
    {
        await _client.SendAsync(frame);
        var got = 0;
        while (got < frame.Length)
        {
            got += await _client.ReceiveAsync(_answer.AsMemory(got));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _echo;
        _server.Dispose();
    }

    private async Task EchoAsync()
    {
        var bytes = new byte[LinkBench.FrameBytes];
        while (await _server.ReceiveAsync(bytes) is var count and > 0)
        {
            await _server.SendAsync(bytes.AsMemory(0, count));
        }
    }
}
