namespace AkkaParty.Protocol.WatchParties;

/// <summary>An account was let in before it asked.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Person">Who.</param>
/// <param name="By">Who invited them; null for an administrator without a seat.</param>
public sealed record AccountInvited(DateTimeOffset At, WatchPerson Person, string? By) : WatchEvent(At);

/// <summary>An account asks to be let in.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Person">Who.</param>
/// <param name="Message">What they say; null for nothing.</param>
/// <param name="DroppedMemberId">An answered request that is forgotten for it; null for none.</param>
public sealed record AccessRequested(DateTimeOffset At, WatchPerson Person, string? Message, string? DroppedMemberId) : WatchEvent(At);

/// <summary>An account's request was answered.</summary>
/// <param name="At">When it happened.</param>
/// <param name="MemberId">Whose.</param>
/// <param name="Name">Their name.</param>
/// <param name="Approved">Whether they may come in.</param>
/// <param name="Message">What the host said; null for nothing.</param>
/// <param name="By">Who answered; null for an administrator without a seat.</param>
public sealed record AccessReviewed(DateTimeOffset At, string MemberId, string Name, bool Approved, string? Message, string? By)
    : WatchEvent(At);

/// <summary>Somebody without an account asks to be let in.</summary>
/// <param name="At">When it happened.</param>
/// <param name="RequestId">The request's public id.</param>
/// <param name="SecretHash">The hash of what only the guest knows.</param>
/// <param name="MemberId">The id of the seat that they would get.</param>
/// <param name="Name">Their name.</param>
/// <param name="Message">What they say; null for nothing.</param>
/// <param name="Mark">The hash of the browser session or older guest token they showed; null for none.</param>
/// <param name="Granted">Whether it was granted by itself.</param>
/// <param name="DroppedRequestId">An answered request that is forgotten for it; null for none.</param>
public sealed record GuestAccessRequested(
    DateTimeOffset At,
    string RequestId,
    string SecretHash,
    string MemberId,
    string Name,
    string? Message,
    string? Mark,
    bool Granted,
    string? DroppedRequestId) : WatchEvent(At);

/// <summary>A guest's request was answered.</summary>
/// <param name="At">When it happened.</param>
/// <param name="RequestId">Which.</param>
/// <param name="Name">Their name.</param>
/// <param name="Approved">Whether they may come in.</param>
/// <param name="Message">What the host said; null for nothing.</param>
/// <param name="By">Who answered; null for an administrator without a seat.</param>
public sealed record GuestRequestReviewed(DateTimeOffset At, string RequestId, string Name, bool Approved, string? Message, string? By)
    : WatchEvent(At);

/// <summary>A guest got a token.</summary>
/// <param name="At">When it happened.</param>
/// <param name="MemberId">Who.</param>
/// <param name="Token">The token.</param>
/// <param name="DroppedTokenHash">The token that ended because there were too many; null when none did.</param>
public sealed record GuestTokenIssued(DateTimeOffset At, string MemberId, WatchTokenGrant Token, string? DroppedTokenHash)
    : WatchEvent(At);

/// <summary>Somebody got a ticket.</summary>
/// <param name="At">When it happened.</param>
/// <param name="MemberId">Whose seat it opens.</param>
/// <param name="TicketHash">Its hash.</param>
/// <param name="Session">The account session it is bound to; null for a guest's.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="DroppedTicketHash">The ticket that ended because there were too many; null when none did.</param>
public sealed record WatchTicketIssued(
    DateTimeOffset At, string MemberId, string TicketHash, string? Session, DateTimeOffset ExpiresAt, string? DroppedTicketHash)
    : WatchEvent(At);

/// <summary>A ticket was used up.</summary>
/// <param name="At">When it happened.</param>
/// <param name="MemberId">Whose seat it opened.</param>
/// <param name="TicketHash">Its hash.</param>
public sealed record WatchTicketRedeemed(DateTimeOffset At, string MemberId, string TicketHash) : WatchEvent(At);

/// <summary>Somebody said something.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Message">The message.</param>
/// <param name="Role">What its author is.</param>
/// <param name="AvatarUrl">Their picture; null for none.</param>
public sealed record WatchMessageSent(DateTimeOffset At, ChatMessage Message, WatchRole Role, string? AvatarUrl) : WatchEvent(At);

/// <summary>A message was taken back.</summary>
/// <param name="At">When it happened.</param>
/// <param name="MessageId">Which.</param>
/// <param name="MemberId">Who had said it.</param>
/// <param name="By">Who took it back; null for an administrator without a seat.</param>
public sealed record WatchMessageDeleted(DateTimeOffset At, string MessageId, string MemberId, string? By) : WatchEvent(At);
