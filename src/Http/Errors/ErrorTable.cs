using AkkaParty.Protocol;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Errors;

/// <summary>The one table from a rejection's code to its HTTP status: the surfaces' own tables, and what the runtime says for
/// all.</summary>
internal static class ErrorTable
{
    private static readonly Dictionary<string, int> Common = new(StringComparer.Ordinal)
    {
        ["command_expired"] = StatusCodes.Status409Conflict,
        ["idempotency_key_reused"] = StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Finds a row of any surface's table.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The row, or null when the code is in no table.</returns>
    public static ErrorRow? Find(string code) =>
        PartyErrors.Find(code) ?? RoomErrors.Find(code) ?? WatchErrors.Find(code)?.Row ?? AccountErrors.Find(code);

    /// <summary>The status of a rejection. A rule that is in no table is a conflict with the present state.</summary>
    /// <param name="code">The rejection's code.</param>
    /// <returns>The status, 400-599.</returns>
    public static int StatusOf(string code) =>
        Find(code)?.Status ?? Common.GetValueOrDefault(code, StatusCodes.Status409Conflict);
}
