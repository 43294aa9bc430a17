using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Sockets;

/// <summary>Many connections that begin something and never end it.</summary>
internal sealed class HalfOpenConnections : IAsyncDisposable
{
    // As many at once as a server's queue of connections takes without losing one, which would be tried again a second later.
    private const int AtOnce = 64;
    private const int SourcesCount = 4;

    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _readings = [];
    private readonly Lock _gate = new();
    private int _ended;

    /// <summary>How many the server has ended.</summary>
    public int Ended => Volatile.Read(ref _ended);

    /// <summary>How many open files a process may have here.</summary>
    public static int OpenFilesMax
    {
        get
        {
            var line = File.ReadLines("/proc/self/limits").Single(l => l.StartsWith("Max open files", StringComparison.Ordinal));
            var limit = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
            return int.TryParse(limit, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        }
    }

    /// <summary>Opens them.</summary>
    /// <param name="port">Where to.</param>
    /// <param name="count">How many.</param>
    /// <param name="beginnings">What they send, in turn.</param>
    public static async Task<HalfOpenConnections> OpenAsync(int port, int count, IReadOnlyList<string> beginnings)
    {
        var connections = new HalfOpenConnections();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            (i, stop) => connections.OpenAsync(port, i, Encoding.ASCII.GetBytes(beginnings[i % beginnings.Count]), stop));
        return connections;
    }

    /// <summary>Waits until the server has ended all of them.</summary>
    public Task GoneAsync() => Patience.For(
        Task.WhenAll(_readings),
        "the server to end half-open connections",
        Patience.Answer,
        () => $"It ended {Ended} of {_sockets.Count}.");

    public async ValueTask DisposeAsync()
    {
        _sockets.ForEach(socket => socket.Dispose());
        await Task.WhenAll(_readings);
    }

    private async ValueTask OpenAsync(int port, int number, byte[] beginning, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        lock (_gate)
        {
            _sockets.Add(socket);
        }

        // From several addresses, so that there are ports enough.
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (number % SourcesCount))]), 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), stop);
        await socket.SendAsync(beginning, stop);
        lock (_gate)
        {
            _readings.Add(ReadToEndAsync(socket));
        }
    }

    private async Task ReadToEndAsync(Socket socket)
    {
        var buffer = new byte[256];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory()) > 0)
            {
                // Some are told why: nobody here listens.
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut instead of closed: an end as well.
        }

        Interlocked.Increment(ref _ended);
    }
}
