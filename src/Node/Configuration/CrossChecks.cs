namespace AkkaParty.Node.Configuration;

/// <summary>Rules between two values.</summary>
internal static class CrossChecks
{
    /// <summary>One line per broken rule.</summary>
    public static IEnumerable<string> Problems(NodeOptions options)
    {
        var sockets = options.WebSockets;
        if (sockets.IdleSeconds <= sockets.PingSeconds)
        {
            yield return $"AkkaParty:WebSockets:IdleSeconds = \"{sockets.IdleSeconds}\": "
                + $"must be more than PingSeconds ({sockets.PingSeconds}), or every quiet connection would be closed.";
        }

        if (sockets.MessageBurst < sockets.MessagesPerSecond)
        {
            yield return $"AkkaParty:WebSockets:MessageBurst = \"{sockets.MessageBurst}\": "
                + $"must be at least MessagesPerSecond ({sockets.MessagesPerSecond}).";
        }
    }
}
