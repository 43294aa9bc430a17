using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>The types of the frames the server sends over the party's WebSocket.</summary>
public static class ServerFrameTypes
{
    /// <summary>The answer to <c>ping</c>.</summary>
    public const string Pong = "pong";

    /// <summary>The answer to <c>search_movies</c>.</summary>
    public const string SearchResults = "search_results";

    /// <summary>The whole party: on connect and after each change.</summary>
    public const string PartyUpdate = "party_update";

    /// <summary>A frame was not carried out.</summary>
    public const string Error = "error";

    /// <summary>A frame with an <c>id</c> was carried out and is stored.</summary>
    public const string Ack = "ack";

    /// <summary>Somebody reacted.</summary>
    public const string Reaction = "reaction";

    /// <summary>A <see cref="WatchTicketFrame"/>.</summary>
    public const string WatchTicket = "watch_ticket";
}

/// <summary>The answer to <c>ping</c>. The time stands twice: in the payload, and on the top level for older clients.</summary>
/// <param name="Payload">The time.</param>
/// <param name="Timestamp">The same time, in Unix seconds.</param>
public sealed record PongFrame(PongPayload Payload, long Timestamp)
{
    /// <summary>Always <see cref="ServerFrameTypes.Pong"/>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => ServerFrameTypes.Pong;

    /// <summary>Makes the frame.</summary>
    /// <param name="unixSeconds">The time, in Unix seconds.</param>
    /// <returns>The frame.</returns>
    public static PongFrame Of(long unixSeconds) => new(new PongPayload(unixSeconds), unixSeconds);
}

/// <summary>Payload of <c>pong</c>.</summary>
/// <param name="Timestamp">The server's time, in Unix seconds.</param>
public sealed record PongPayload(long Timestamp);

/// <summary>The answer to <c>search_movies</c>, to its sender only.</summary>
/// <param name="Payload">What was found.</param>
public sealed record SearchResultsFrame(SearchResultsPayload Payload)
{
    /// <summary>Always <see cref="ServerFrameTypes.SearchResults"/>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => ServerFrameTypes.SearchResults;
}

/// <summary>Payload of <c>search_results</c>, and the body of <c>GET /api/movies/search</c>.</summary>
/// <param name="Query">What was looked for.</param>
/// <param name="Movies">The films found, best match first; perhaps none.</param>
/// <param name="Id">The number of the frame that asked; left out when it had none.</param>
public sealed record SearchResultsPayload(
    string Query,
    IReadOnlyList<Movie> Movies,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null);

/// <summary>The whole party, to everybody who follows it.</summary>
/// <param name="Payload">The party.</param>
/// <param name="Seq">The number of the party's last event: what to resume from with <c>?since=</c>.</param>
public sealed record PartyUpdateFrame(PartyUpdatePayload Payload, long Seq)
{
    /// <summary>Always <see cref="ServerFrameTypes.PartyUpdate"/>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => ServerFrameTypes.PartyUpdate;
}

/// <summary>Payload of <c>party_update</c>.</summary>
/// <param name="Party">The party.</param>
public sealed record PartyUpdatePayload(PartyView Party);

/// <summary>A frame was not carried out; to its sender only.</summary>
/// <param name="Payload">Why.</param>
public sealed record ErrorFrame(ErrorPayload Payload)
{
    /// <summary>Always <see cref="ServerFrameTypes.Error"/>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => ServerFrameTypes.Error;
}

/// <summary>Payload of <c>error</c>.</summary>
/// <param name="Error">One sentence for people.</param>
/// <param name="Code">A stable code, one of <see cref="PartyErrorCodes"/> or of the server's own.</param>
/// <param name="Retryable">Whether the same frame may succeed later without any change.</param>
/// <param name="Field">The field at fault; left out when no single one is.</param>
/// <param name="Id">The number of the frame at fault; left out when it had none.</param>
/// <param name="RetryAfterMs">When it makes sense to try again, in milliseconds; left out when it does not.</param>
public sealed record ErrorPayload(
    string Error,
    string Code,
    bool Retryable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RetryAfterMs = null);

/// <summary>A frame with a number was carried out, and what it changed is stored; to its sender only.</summary>
/// <param name="Payload">Which frame.</param>
public sealed record AckFrame(AckPayload Payload)
{
    /// <summary>Always <see cref="ServerFrameTypes.Ack"/>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => ServerFrameTypes.Ack;
}

/// <summary>Payload of <c>ack</c>.</summary>
/// <param name="Id">The number of the frame.</param>
/// <param name="Seq">The party's sequence number at which it was carried out.</param>
public sealed record AckPayload(long Id, long Seq);

/// <summary>A ticket to one's own seat in the watch party of the chosen film; to its owner only, good for one connection.</summary>
/// <param name="Payload">The ticket.</param>
public sealed record WatchTicketFrame(WatchTicketPayload Payload)
{
    /// <summary>Always <see cref="ServerFrameTypes.WatchTicket"/>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => ServerFrameTypes.WatchTicket;
}

/// <summary>Payload of <c>watch_ticket</c>.</summary>
/// <param name="WatchPartyId">The watch party.</param>
/// <param name="InviteCode">Its invite code, for friends who were not there.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="ExpiresIn">For how many seconds it holds.</param>
/// <param name="Url">Where it opens a connection, from the server's address on; the ticket is in it.</param>
public sealed record WatchTicketPayload(string WatchPartyId, string InviteCode, string Ticket, int ExpiresIn, string Url);

/// <summary>Somebody reacted; to everybody who follows the party, never stored.</summary>
/// <param name="Payload">Who and how.</param>
public sealed record ReactionFrame(ReactionShown Payload)
{
    /// <summary>Always <see cref="ServerFrameTypes.Reaction"/>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => ServerFrameTypes.Reaction;
}

/// <summary>Payload of <c>reaction</c> from the server.</summary>
/// <param name="UserId">Who reacted.</param>
/// <param name="Username">Their name.</param>
/// <param name="Reaction">The reaction.</param>
public sealed record ReactionShown(string UserId, string Username, string Reaction);
