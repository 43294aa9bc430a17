using System.Net.Sockets;
using AkkaParty.Accounts;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sockets;
using Microsoft.AspNetCore.Connections;

namespace AkkaParty.Node.Hosting;

/// <summary>Says in one line why the server could not start.</summary>
internal static class StartFailure
{
    /// <summary>The line, or null when the failure is not one that a user can cause.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        StoreStartException or AccountsStartException or TransportStartException or MembershipException =>
            exception.Message.ReplaceLineEndings(" "),
        IOException { InnerException: AddressInUseException } =>
            $"{WithoutEnd(exception.Message)}. Stop the other program or choose another port with --port.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            "The address cannot be listened on: this user may not use that port. Ports from 1024 up need no rights.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            "The address cannot be listened on: this machine does not have it.",
        SocketException socket => $"The address cannot be listened on: {WithoutEnd(socket.Message)}.",
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        UnauthorizedAccessException or IOException => exception.Message.ReplaceLineEndings(" "),
        InvalidOperationException when exception.Message.Contains("server certificate", StringComparison.OrdinalIgnoreCase) =>
            "An https address needs a certificate: set Kestrel__Certificates__Default__Path (and __KeyPath or __Password).",
        _ => null,
    };

    private static string WithoutEnd(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
