using System.Net;
using System.Net.Sockets;

namespace AkkaParty.Postgres.TestKit;

/// <summary>Finds loopback ports below the range from which the system gives ports to outgoing connections.</summary>
public static class FreePort
{
    private const int First = 15_000;
    private const int Count = 17_000;

    // One after the other, so that no two of a process meet. Processes in several checkouts may run at once: each begins somewhere else.
    private static int _last = Environment.ProcessId * 37;

    /// <summary>A port nobody listens on now.</summary>
    /// <returns>The port; somebody else may take it before its finder does.</returns>
    public static int Next()
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No free loopback port was found.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
