using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest;

/// <summary>
/// Claims a code for what is about to be created, so that two never have the same; one that is claimed for nothing is lost.
/// </summary>
internal static class CodeClaim
{
    private const int DrawsMax = 10;

    /// <summary>Draws codes until one is free.</summary>
    /// <param name="draw">The code of a draw, which are numbered from 1.</param>
    /// <param name="entityOf">The entity of a code.</param>
    /// <param name="claim">Makes the claim.</param>
    /// <param name="taken">The rejection of a code that somebody else has.</param>
    /// <returns>The code, or why there is none.</returns>
    public static async ValueTask<(string? Code, ApiError? Error)> MakeAsync(
        Func<int, string> draw, Func<string, EntityRef> entityOf, Func<ClaimRoomCode> claim, string taken)
    {
        for (var number = 1; ; number++)
        {
            var code = draw(number);
            var result = await entityOf(code).AskAsync(claim());
            if (result.Outcome == AskOutcome.Replied)
            {
                return (code, null);
            }

            if (number == DrawsMax || result.Rejection?.Code != taken)
            {
                return (null, ApiError.From(result));
            }
        }
    }
}
