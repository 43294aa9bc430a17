using AkkaParty.Http.Errors;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.SyncRooms;

/// <summary>The dialect of the rooms surface of watch parties: which paths speak it, and what errors are called there.</summary>
internal static class SyncRoomDialect
{
    private static readonly string[] Prefixes = ["/api/v1/rooms", "/api/v1/guest", "/api/v1/guest-requests"];

    /// <summary>Whether a path speaks it.</summary>
    /// <param name="path">The request's path.</param>
    /// <returns>True when errors have this surface's texts there.</returns>
    public static bool Speaks(PathString path)
    {
        foreach (var prefix in Prefixes)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An error in this surface's words.</summary>
    /// <param name="error">The error.</param>
    /// <returns>The same error; where more is said than the table does, that stays.</returns>
    public static ApiError Translate(ApiError error) =>
        WatchErrors.Find(error.Code) is { } row && row.Row.Text == error.Message ? error with { Message = row.RoomText } : error;
}
