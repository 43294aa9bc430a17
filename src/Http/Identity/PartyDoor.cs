using System.Diagnostics.CodeAnalysis;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Http.Identity;

/// <summary>Somebody a party has recognised.</summary>
/// <param name="PartyId">The party's id.</param>
/// <param name="Party">The party.</param>
/// <param name="Caller">Who it is.</param>
/// <param name="Member">What the party says about them; null when the token no longer holds and only a repeated command is let
/// through.</param>
internal sealed record PartyCaller(string PartyId, EntityRef Party, Caller Caller, PartyMember? Member);

/// <summary>Checks who wants something of a party. The same rules for REST and sockets.</summary>
internal sealed class PartyDoor(IEntityRegions regions, TimeProvider time)
{
    /// <summary>A party by the id that was asked for.</summary>
    /// <param name="text">The id as sent.</param>
    /// <param name="partyId">The id as it is stored.</param>
    /// <param name="party">The party, whether it exists or not.</param>
    /// <returns>False when no party can have that id.</returns>
    public bool TryFind(string text, [NotNullWhen(true)] out string? partyId, out EntityRef party)
    {
        partyId = Guid.TryParseExact(text, "D", out var id) ? id.ToString("D") : null;
        party = partyId is null ? default : Party(partyId);
        return partyId is not null;
    }

    /// <summary>A party by its id.</summary>
    /// <param name="partyId">The id.</param>
    /// <returns>The party, whether it exists or not.</returns>
    public EntityRef Party(string partyId) => new(regions[PartyAddress.Kind], partyId);

    /// <summary>Recognises the holder of a token.</summary>
    /// <param name="partyIdText">The party asked for.</param>
    /// <param name="token">The token, or null when there is none.</param>
    /// <param name="hash">The token's hash, when the caller has it already.</param>
    /// <returns>Who it is, or the error.</returns>
    public async ValueTask<(PartyCaller? Caller, ApiError? Error)> RecogniseAsync(
        string partyIdText, string? token, string? hash = null)
    {
        if (token is null)
        {
            return (null, ApiError.Of(PartyErrorCodes.TokenRequired));
        }

        if (!TryFind(partyIdText, out var partyId, out var party))
        {
            return (null, ApiError.Of(PartyErrorCodes.PartyNotFound));
        }

        switch (PartyToken.ShapeOf(token, partyId))
        {
            case TokenShape.Malformed:
                return (null, ApiError.Of(PartyErrorCodes.InvalidToken));
            case TokenShape.OtherParty:
                return (null, ApiError.Of(PartyErrorCodes.WrongParty));
        }

        hash ??= TokenHash.Of(token);
        var result = await party.QueryAsync(new AuthenticateCaller(hash, time.GetUtcNow()));
        return result is { Outcome: AskOutcome.Replied, Reply: PartyMember member }
            ? (new PartyCaller(partyId, party, new Caller(member.UserId, hash), member), null)
            : (new PartyCaller(partyId, party, new Caller(string.Empty, hash), null), ApiError.From(result));
    }
}
