namespace AkkaParty.Protocol;

/// <summary>One reason for which the server closes a WebSocket.</summary>
/// <param name="Code">The close code: 4000-4499 ask the client to reconnect, 4500-4999 not to.</param>
/// <param name="Name">A stable name in snake_case.</param>
/// <param name="Reason">The text sent with the code; at most 123 bytes of UTF-8.</param>
/// <param name="Meaning">What it means, for the documentation.</param>
public sealed record CloseCode(int Code, string Name, string Reason, string Meaning)
{
    /// <summary>Whether the client should connect again, with <c>since</c> set to the last <c>seq</c> it has.</summary>
    public bool Reconnect => Code is >= 4000 and <= 4499;
}

/// <summary>Every close code the server uses. The documentation and the clients follow this table.</summary>
public static class CloseCodes
{
    /// <summary>The client said goodbye.</summary>
    public static CloseCode Normal { get; } = new(1000, "normal", string.Empty, "The client closed the connection.");

    /// <summary>A message above the size limit.</summary>
    public static CloseCode MessageTooBig { get; } = new(
        1009, "message_too_big", "message too big", "A message was longer than the limit.");

    /// <summary>The server restarts, or the entity moved to another node.</summary>
    public static CloseCode Restarting { get; } = new(
        4001, "restarting", "server restarting, reconnect", "The server restarts, or what was followed moved: reconnect.");

    /// <summary>The entity cannot be served at the moment.</summary>
    public static CloseCode Unavailable { get; } = new(
        4002,
        "unavailable",
        "temporarily unavailable, reconnect",
        "What was followed cannot be served at the moment: reconnect after a second.");

    /// <summary>The client reads more slowly than it is sent to.</summary>
    public static CloseCode SlowConsumer { get; } = new(
        4008, "slow_consumer", "slow consumer, reconnect", "More was waiting for the client than the limit: reconnect.");

    /// <summary>The client went on sending above the message rate.</summary>
    public static CloseCode TooManyMessages { get; } = new(
        4029,
        "too_many_messages",
        "too many messages, reconnect later",
        "The client went on sending above the message rate: reconnect later.");

    /// <summary>Nothing was received from the client for too long.</summary>
    public static CloseCode Idle { get; } = new(
        4030, "idle", "nothing received, reconnect", "The client sent nothing, not even a pong, for the idle time: reconnect.");

    /// <summary>The participant was removed, or left.</summary>
    public static CloseCode Removed { get; } = new(
        4500, "removed", "no longer a participant", "The participant left or was removed: do not reconnect.");

    /// <summary>The entity is closed for good.</summary>
    public static CloseCode Closed { get; } = new(4501, "closed", "closed", "What was followed is closed for good: do not reconnect.");

    /// <summary>The token's time is over.</summary>
    public static CloseCode TokenExpired { get; } = new(
        4502, "token_expired", "token expired", "The token's life ended: get a new one first.");

    /// <summary>The token was revoked.</summary>
    public static CloseCode TokenRevoked { get; } = new(
        4503, "token_revoked", "token revoked", "The token was revoked (logged out): get a new one first.");

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<CloseCode> All { get; } =
        [Normal, MessageTooBig, Restarting, Unavailable, SlowConsumer, TooManyMessages, Idle, Removed, Closed, TokenExpired, TokenRevoked];
}
