using System.Globalization;
using System.Text.Json;
using AkkaParty.EndToEnd.Rooms;

namespace AkkaParty.EndToEnd.WatchParties;

/// <summary>Somebody who has a seat in a watch party, or may take one, on one device.</summary>
/// <param name="Site">Where.</param>
/// <param name="PartyId">The party.</param>
/// <param name="UserId">Who, as the party knows them.</param>
/// <param name="Token">An access token or a guest token.</param>
/// <param name="IsRoom">Whether their client speaks the dialect of rooms.</param>
internal sealed record WatchMember(RoomSite Site, string PartyId, string UserId, string Token, bool IsRoom)
{
    private long _lastId;

    /// <summary>The device's own name, under which its frame numbers survive a reconnection.</summary>
    public string Device { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The number of the node it speaks to.</summary>
    public int Node { get; set; }

    /// <summary>The next number for a frame.</summary>
    public long NextId() => ++_lastId;

    /// <summary>Where its socket goes.</summary>
    /// <param name="since">The last number it has; null for none.</param>
    public Uri SocketAddress(long? since = null) => SocketAddress($"client={Device}&token={Token}" + (since is { } seq
        ? string.Create(CultureInfo.InvariantCulture, $"&since={seq}")
        : string.Empty));

    /// <summary>Where its socket goes, with parameters of the test's own choosing.</summary>
    public Uri SocketAddress(string query, string? partyId = null) => Site.SocketUrl(
        Node, IsRoom ? $"/ws/room/{partyId ?? PartyId}?{query}" : $"/api/v1/watch-parties/{partyId ?? PartyId}/ws?{query}");

    /// <summary>A frame in the device's dialect.</summary>
    /// <param name="kind">What it asks for, by its name in both dialects.</param>
    /// <param name="members">What belongs to it.</param>
    /// <param name="id">Its number.</param>
    public string Write(string kind, IReadOnlyDictionary<string, object> members, long id)
    {
        var frame = new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = id };
        if (!IsRoom)
        {
            frame["type"] = kind;
            foreach (var (name, value) in members)
            {
                frame[name] = value;
            }
        }
        else if (kind is "play" or "pause" or "seek" or "chat")
        {
            frame["action"] = kind;
            frame["data"] = members.ToDictionary(m => m.Key == "message" ? "chat_message" : m.Key, m => m.Value, StringComparer.Ordinal);
        }
        else
        {
            (frame["type"], frame["payload"]) = (kind, members);
        }

        return JsonSerializer.Serialize(frame);
    }
}
