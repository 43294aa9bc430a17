using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>
/// The ids of a room and of everything in it: 24 lower-case hex characters. The first 16 are the room's own, the last 8 count what
/// the room has made: 00000000 is the room itself. So the room of an item is known without a lookup.
/// </summary>
public static class RoomIds
{
    /// <summary>The length of an id, in characters.</summary>
    public const int Length = 24;

    private const int OwnLength = 16;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Makes a room's id.</summary>
    /// <param name="own">64 random bits.</param>
    /// <returns>The id.</returns>
    public static string Room(ulong own) => own.ToString("x16", CultureInfo.InvariantCulture) + "00000000";

    /// <summary>Makes the id of something in a room.</summary>
    /// <param name="roomId">The room's id.</param>
    /// <param name="number">Its number in the room, from 1.</param>
    /// <returns>The id.</returns>
    public static string In(string roomId, uint number) =>
        string.Concat(roomId.AsSpan(0, OwnLength), number.ToString("x8", CultureInfo.InvariantCulture));

    /// <summary>The room of something.</summary>
    /// <param name="id">A well-formed id.</param>
    /// <returns>The room's id.</returns>
    public static string RoomOf(string id) => string.Concat(id.AsSpan(0, OwnLength), "00000000");

    /// <summary>The number of something in its room.</summary>
    /// <param name="id">A well-formed id.</param>
    /// <returns>The number; 0 for the room itself.</returns>
    public static uint NumberOf(string id) => uint.Parse(id.AsSpan(OwnLength), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Finds the room that something belongs to.</summary>
    /// <param name="text">An id as sent, in any case.</param>
    /// <param name="id">The id as it is stored.</param>
    /// <param name="roomId">The id of its room.</param>
    /// <returns>False when the text is no id.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? id, [NotNullWhen(true)] out string? roomId)
    {
        (id, roomId) = (null, null);
        if (text is not { Length: Length })
        {
            return false;
        }

        id = text.ToLowerInvariant();
        if (id.AsSpan().ContainsAnyExcept(HexDigits))
        {
            id = null;
            return false;
        }

        roomId = RoomOf(id);
        return true;
    }
}
