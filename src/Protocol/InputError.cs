namespace AkkaParty.Protocol;

/// <summary>What is wrong with an input.</summary>
/// <param name="Code">A stable code of the surface's table.</param>
/// <param name="Message">One sentence for people, with the rule.</param>
/// <param name="Field">The field at fault.</param>
public sealed record InputError(string Code, string Message, string Field);
