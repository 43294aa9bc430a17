using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>When a group that has decided gets its watch party.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OpensWatchParty>))]
public enum OpensWatchParty
{
    /// <summary>When the host, or an admin, says so.</summary>
    [JsonStringEnumMemberName("manual")]
    Manual,

    /// <summary>As soon as it has decided.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,
}

/// <summary>How far the watch party of a decision is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OpeningStatus>))]
public enum OpeningStatus
{
    /// <summary>It is being made.</summary>
    [JsonStringEnumMemberName("opening")]
    Opening,

    /// <summary>It is there, with a seat for every member.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>It could not be made; whoever may open it may try again.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>The watch party of a decision, as the members of the group see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">How far it is.</param>
/// <param name="InviteCode">Its invite code; null until it is there.</param>
/// <param name="Reason">Why it could not be made; null unless it failed.</param>
public sealed record WatchOpening(
    string Id,
    OpeningStatus Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? InviteCode = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

/// <summary>A member of the group that decided, who gets a seat.</summary>
/// <param name="Member">Their id over there.</param>
/// <param name="Name">Their name over there.</param>
/// <param name="AccountId">Their account; null for a seat as a guest.</param>
public sealed record OpeningSeat(
    string Member,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AccountId = null);

/// <summary>A watch party that is still to be made: a row of the list the node works on.</summary>
/// <param name="WatchPartyId">The id it will have.</param>
/// <param name="Origin">What decided it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Item">What was decided on.</param>
/// <param name="Seats">Who gets a seat; the host is one of them.</param>
/// <param name="At">When it was asked for.</param>
public sealed record PendingOpening(
    string WatchPartyId, WatchOrigin Origin, string Title, MediaItem Item, IReadOnlyList<OpeningSeat> Seats, DateTimeOffset At);

/// <summary>The ids of a watch party that a decision opens: derived, so that however often it is tried there is one.</summary>
public static class OpeningIds
{
    /// <summary>What people are told of a failure that says nothing to them.</summary>
    public const string UnknownFailure = "The server made a mistake when it opened the watch party.";

    /// <summary>The watch party of a decision.</summary>
    /// <param name="kind">The kind of the entity that decided.</param>
    /// <param name="id">Its id.</param>
    /// <param name="decision">Which of its decisions.</param>
    /// <returns>A UUID in its 36-character form.</returns>
    public static string WatchParty(string kind, string id, string decision) =>
        Derive($"watch-party\n{kind}\n{id}\n{decision}").ToString("D");

    /// <summary>Something that belongs to such a watch party: a seat, an item, a command.</summary>
    /// <param name="watchPartyId">The watch party.</param>
    /// <param name="what">What, for example <c>seat</c> and the member's id.</param>
    /// <returns>A UUID (RFC 9562, version 8).</returns>
    public static Guid Part(string watchPartyId, string what) => Derive($"{watchPartyId}\n{what}");

    private static Guid Derive(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        var bytes = hash[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
