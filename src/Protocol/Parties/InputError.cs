namespace AkkaParty.Protocol.Parties;

/// <summary>What is wrong with an input.</summary>
/// <param name="Code">One of <see cref="PartyErrorCodes"/>.</param>
/// <param name="Message">One sentence for people, with the rule.</param>
/// <param name="Field">The field at fault.</param>
public sealed record InputError(string Code, string Message, string Field);
