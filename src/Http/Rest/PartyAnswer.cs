using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest;

/// <summary>Answers that show a party: its sequence number is the entity tag.</summary>
internal static class PartyAnswer
{
    /// <summary>Reads the party.</summary>
    /// <param name="party">The party.</param>
    /// <param name="seqMin">It is at least this new.</param>
    /// <returns>The party, or the error.</returns>
    public static async ValueTask<(PartyView? View, ApiError? Error)> ReadAsync(EntityRef party, long seqMin)
    {
        var result = await party.QueryAsync(new GetParty(), seqMin);
        return result is { Outcome: AskOutcome.Replied, Reply: PartyView view } ? (view, null) : (null, ApiError.From(result));
    }

    /// <summary>Answers with the party as it is now.</summary>
    /// <param name="context">The request.</param>
    /// <param name="party">The party.</param>
    /// <param name="seqMin">It is at least this new.</param>
    /// <returns>200 with the party, 304 when the caller has that state, or the error.</returns>
    public static async ValueTask<IResult> ShowAsync(HttpContext context, EntityRef party, long seqMin = 0)
    {
        var (view, error) = await ReadAsync(party, seqMin);
        if (view is null)
        {
            return new ProblemResult(error!);
        }

        SetTag(context, view.Seq);
        return EntityTag.IsKnown(context, view.Seq)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(view, HttpJson.Wire.PartyView);
    }

    /// <summary>Sets the entity tag.</summary>
    /// <param name="context">The request.</param>
    /// <param name="seq">The party's sequence number.</param>
    public static void SetTag(HttpContext context, long seq) => EntityTag.Set(context, seq);
}
