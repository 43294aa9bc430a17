using System.Net;
using System.Net.NetworkInformation;

namespace AkkaParty.Postgres.TestKit;

/// <summary>Ports below the range the system gives to outgoing connections: nobody gets one of these by chance.</summary>
public static class FreePort
{
    private const int Lowest = 20_000;
    private const int Highest = 32_000;

    // One after the other, so that no two of one process meet; each process begins somewhere else.
    private static int _last = Random.Shared.Next(Highest - Lowest);

    /// <summary>Finds a port nobody listens on.</summary>
    /// <returns>The port; somebody else may take it before its finder does, who then tries the next.</returns>
    public static int Find()
    {
        while (true)
        {
            var port = Lowest + (int)((uint)Interlocked.Increment(ref _last) % (Highest - Lowest));
            var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(endpoint => endpoint.Port);
            if (!taken.Contains(port))
            {
                return port;
            }
        }
    }

    /// <summary>An address on this machine that only this machine reaches.</summary>
    public static IPAddress Address => IPAddress.Loopback;
}
