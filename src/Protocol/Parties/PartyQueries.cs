namespace AkkaParty.Protocol.Parties;

/// <summary>A question to a party; it changes nothing.</summary>
public abstract record PartyQuery;

/// <summary>The whole party as anybody may see it; answered with <see cref="PartyView"/>.</summary>
public sealed record GetParty : PartyQuery;

/// <summary>Whose token this is; answered with <see cref="PartyMember"/>, or refused with <c>invalid_token</c>.</summary>
/// <param name="TokenHash">The hash of the token that was presented.</param>
/// <param name="At">The time of the call.</param>
public sealed record AuthenticateCaller(string TokenHash, DateTimeOffset At) : PartyQuery;

/// <summary>The caller's own ballot; answered with <see cref="OwnBallot"/>.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="At">The time of the call.</param>
public sealed record GetOwnBallot(Caller Caller, DateTimeOffset At) : PartyQuery;

/// <summary>
/// A signal to everybody who follows the party: shown at once, never stored. It is dropped when the caller's token does
/// not hold.
/// </summary>
/// <param name="Caller">Who reacts.</param>
/// <param name="At">The time of the call.</param>
/// <param name="Reaction">An emoji or a very short text.</param>
public sealed record PartyReaction(Caller Caller, DateTimeOffset At, string Reaction);
