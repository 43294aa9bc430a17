using System.Net;
using System.Net.Sockets;

namespace AkkaParty.Chaos.Machines;

/// <summary>Finds ports below the range from which the system gives ports to clients.</summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int End = 32_000;
    private static readonly HashSet<int> Given = [];

    /// <summary>A port of loopback on which nobody listens now, given out once.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            lock (Given)
            {
                if (!Given.Add(port))
                {
                    continue;
                }
            }

            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's: another one, then.
            }
        }
    }
}
