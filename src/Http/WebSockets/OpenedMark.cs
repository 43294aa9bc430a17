using System.Text;
using System.Text.Json;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.WebSockets;

/// <summary>Finds in frames, which are shared bytes, that a watch party is there. Looked for once per batch, whoever follows.</summary>
internal static class OpenedMark
{
    /// <summary>What a party's update says of the watch party.</summary>
    /// <param name="update">The frame.</param>
    /// <returns>The watch party; null when none is there.</returns>
    public static WatchOpening? InUpdate(ReadOnlySpan<byte> update)
    {
        var mark = "\"watch_party\":{\"id\":\""u8;

        // The name of a party cannot contain it: in a text every quotation mark has a backslash before it.
        var start = update.LastIndexOf(mark);
        return start < 0 ? null : Read(update[(start + mark.Length - "{\"id\":\""u8.Length)..]);
    }

    /// <summary>What a room's frame says of the watch party.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The watch party; null for every other frame.</returns>
    public static WatchOpening? InFrame(ReadOnlySpan<byte> frame) =>
        frame.StartsWith("{\"type\":\"watch_party_opened\","u8) ? Read(frame) : null;

    private static WatchOpening? Read(ReadOnlySpan<byte> json)
    {
        string? id = null, code = null;
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var name = Encoding.UTF8.GetString(reader.ValueSpan);
            reader.Read();
            id = name is "id" or "watch_party_id" ? reader.GetString() : id;
            code = name == "invite_code" ? reader.GetString() : code;
        }

        return id is not null && code is not null ? new WatchOpening(id, OpeningStatus.Open, code) : null;
    }
}
