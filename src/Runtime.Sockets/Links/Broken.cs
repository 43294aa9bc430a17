using System.Net.Sockets;
using System.Security.Authentication;

namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>Which errors a connection may end with; anything else is a bug.</summary>
internal static class Broken
{
    public static bool IsBroken(Exception error) => error is
        IOException or SocketException or ObjectDisposedException or AuthenticationException or OperationCanceledException;
}
