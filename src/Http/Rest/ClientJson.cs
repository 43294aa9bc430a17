using System.Text.Json;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Http.Rest;

/// <summary>
/// How what clients send is read: a member that is left out is null, so that the rule for that member can name it,
/// instead of one error for the whole.
/// </summary>
internal static class ClientJson
{
    /// <summary>The context for frames, payloads and bodies.</summary>
    public static PartyJsonContext Wire { get; } = new(new JsonSerializerOptions(PartyJsonContext.Wire.Options)
    {
        RespectRequiredConstructorParameters = false,
    });
}
