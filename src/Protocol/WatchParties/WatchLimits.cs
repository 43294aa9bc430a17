namespace AkkaParty.Protocol.WatchParties;

/// <summary>How much of everything a watch party holds.</summary>
public static class WatchLimits
{
    /// <summary>Items of a playlist.</summary>
    public const int ItemsMax = 500;

    /// <summary>Messages that are kept and sent to joiners.</summary>
    public const int MessagesKept = 100;

    /// <summary>Characters of a message.</summary>
    public const int MessageLengthMax = 1_000;

    /// <summary>Messages of one participant within a minute.</summary>
    public const int MessagesPerMinute = 10;

    /// <summary>Reactions of one participant within a minute.</summary>
    public const int ReactionsPerMinute = 30;

    /// <summary>Open requests of guests and of accounts, each.</summary>
    public const int RequestsMax = 100;

    /// <summary>Answered requests of guests and of accounts, each, that are remembered; beyond it the oldest are forgotten.</summary>
    public const int AnsweredRequestsMax = 1_000;

    /// <summary>Accounts that are let in without a seat.</summary>
    public const int AdmittedMax = 2_000;

    /// <summary>People who are banned.</summary>
    public const int BansMax = 1_000;

    /// <summary>Seats of a new party for those whose decision opened it.</summary>
    public const int OriginSeatsMax = 1_000;

    /// <summary>People who were ever there and are remembered; beyond it the longest gone are forgotten.</summary>
    public const int SeatsMax = 2_000;

    /// <summary>Tokens of one guest that hold at a time.</summary>
    public const int TokensPerGuestMax = 4;

    /// <summary>How long a ticket for one's own seat holds, in seconds.</summary>
    public const int TicketSeconds = 30;

    /// <summary>How long a ticket holds that a decision hands to those who are connected, in seconds.</summary>
    public const int OpeningTicketSeconds = 120;

    /// <summary>Tickets of one member that hold at a time.</summary>
    public const int TicketsPerMemberMax = 4;

    /// <summary>Members whom a barrier names; it waits for all of them.</summary>
    public const int BarrierNamesMax = 20;

    /// <summary>The shortest time between a command and its effect, in milliseconds.</summary>
    public const int LeadMinMs = 200;

    /// <summary>The longest time between a command and its effect, in milliseconds.</summary>
    public const int LeadMaxMs = 1_000;

    /// <summary>How long after the host's last connection the role passes on, in seconds.</summary>
    public const int HostGraceSeconds = 300;

    /// <summary>How long after somebody's last connection their seat is given up, in hours.</summary>
    public const int StaleHours = 24;

    /// <summary>The longest time in a film, in milliseconds: a day.</summary>
    public const long PositionMaxMs = 86_400_000;
}
