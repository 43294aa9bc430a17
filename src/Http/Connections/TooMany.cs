using AkkaParty.Http.Errors;

namespace AkkaParty.Http.Connections;

/// <summary>The error of a connection for which there is no place.</summary>
internal static class TooMany
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>Makes it.</summary>
    /// <param name="nodeIsFull">Whether the node takes no more, or only the client has too many.</param>
    /// <param name="followed">What the client wanted to connect to, in a word.</param>
    /// <param name="options">The limits.</param>
    /// <returns>The error.</returns>
    public static ApiError Of(bool nodeIsFull, string followed, SocketOptions options) => nodeIsFull
        ? new ApiError(503, "too_many_connections", "This server takes no more connections now.", null, Soon)
        : new ApiError(
            429,
            "too_many_connections",
            $"You have {options.ConnectionsPerUserMax} connections to this {followed} open; close one first.",
            null,
            Soon);
}
