namespace AkkaParty.Http.Limits;

/// <summary>A limit that holds for a person on all nodes together.</summary>
internal enum RateWindow
{
    /// <summary>Creating watch parties: 10 an hour by default.</summary>
    CreateWatchParty,

    /// <summary>Joining watch parties: 30 an hour by default.</summary>
    JoinWatchParty,

    /// <summary>Kicking people out of watch parties: 20 an hour by default.</summary>
    KickFromWatchParty,

    /// <summary>Asking to be let into a watch party as a guest: 60 an hour by default, per client address.</summary>
    AskForAccess,

    /// <summary>Registering: 60 an hour by default, per client address.</summary>
    Register,

    /// <summary>Asking for friends: 60 an hour by default.</summary>
    AskForFriendship,
}
