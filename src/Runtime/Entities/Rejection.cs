namespace AkkaParty.Runtime.Entities;

/// <summary>Why a rule said no. The entity lives on and nothing was stored.</summary>
/// <param name="Code">A stable code in snake_case that clients may rely on.</param>
/// <param name="Message">One sentence for people; it names the field and the rule where a field is at fault.</param>
/// <param name="Field">The input field at fault, or null when no single field is.</param>
public sealed record Rejection(string Code, string Message, string? Field = null);
