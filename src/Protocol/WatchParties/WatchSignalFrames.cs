using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>A flat frame of something that passes; it has no number, and is not sent again.</summary>
/// <param name="Type">One of <see cref="WatchEventTypes"/>.</param>
/// <param name="PartyId">The party.</param>
/// <param name="ServerTimestamp">When it was, in Unix seconds.</param>
/// <param name="ServerTimeMs">When it was, in Unix milliseconds of the server's clock.</param>
public abstract record WatchSignalFrame(
    [property: JsonPropertyOrder(-4)] string Type,
    [property: JsonPropertyOrder(-3)] string PartyId,
    [property: JsonPropertyOrder(-2)] long ServerTimestamp,
    [property: JsonPropertyOrder(-1)] double ServerTimeMs);

/// <summary>Somebody reacts.</summary>
/// <param name="PartyId">The party.</param>
/// <param name="ServerTimestamp">When it was, in Unix seconds.</param>
/// <param name="ServerTimeMs">When it was, in Unix milliseconds of the server's clock.</param>
/// <param name="Reaction">The reaction.</param>
public sealed record WatchReactionFrame(string PartyId, long ServerTimestamp, double ServerTimeMs, ReactionShown Reaction)
    : WatchSignalFrame(WatchEventTypes.Reaction, PartyId, ServerTimestamp, ServerTimeMs);

/// <summary>A reaction.</summary>
/// <param name="UserId">Who reacts.</param>
/// <param name="DisplayName">Their name.</param>
/// <param name="Emoji">With what.</param>
/// <param name="VideoTimestamp">Where in the film, in seconds; null when not said.</param>
/// <param name="PositionMs">Where in the film, in milliseconds; null when not said.</param>
public sealed record ReactionShown(string UserId, string DisplayName, string Emoji, double? VideoTimestamp, long? PositionMs);

/// <summary>Somebody writes, or no longer.</summary>
/// <param name="PartyId">The party.</param>
/// <param name="ServerTimestamp">When it was, in Unix seconds.</param>
/// <param name="ServerTimeMs">When it was, in Unix milliseconds of the server's clock.</param>
/// <param name="UserId">Who.</param>
/// <param name="DisplayName">Their name.</param>
/// <param name="IsTyping">Whether they do.</param>
public sealed record WatchTypingFrame(
    string PartyId, long ServerTimestamp, double ServerTimeMs, string UserId, string DisplayName, bool IsTyping)
    : WatchSignalFrame(WatchEventTypes.Typing, PartyId, ServerTimestamp, ServerTimeMs);
