namespace AkkaParty.Protocol;

/// <summary>One row of a surface's table of errors.</summary>
/// <param name="Code">A stable code in snake_case; no other row of any table has it with another meaning.</param>
/// <param name="Status">The HTTP status it has over REST.</param>
/// <param name="Text">The text for people; an answer may say more.</param>
/// <param name="Retryable">Whether the same call may succeed later without any change; false for everything a rule refuses.</param>
public sealed record ErrorRow(string Code, int Status, string Text, bool Retryable = false);
