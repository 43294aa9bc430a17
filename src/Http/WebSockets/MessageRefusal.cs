namespace AkkaParty.Http.WebSockets;

/// <summary>Why a message was refused unread.</summary>
internal enum MessageRefusal
{
    /// <summary>It is not text.</summary>
    Binary,

    /// <summary>It is too long.</summary>
    TooBig,

    /// <summary>Too many came.</summary>
    TooMany,
}
