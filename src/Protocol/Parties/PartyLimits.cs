namespace AkkaParty.Protocol.Parties;

/// <summary>The limits on everything that goes into a party. Text is counted in Unicode code points, after trimming.</summary>
public static class PartyLimits
{
    /// <summary>The longest party name, in code points.</summary>
    public const int NameMax = 100;

    /// <summary>The longest username, in code points.</summary>
    public const int UsernameMax = 40;

    /// <summary>How many films the pool holds at most.</summary>
    public const int PoolFilmsMax = 50;

    /// <summary>The longest film id, in digits.</summary>
    public const int FilmIdMax = 20;

    /// <summary>How many tokens one participant may have at once; a new one drops the oldest.</summary>
    public const int TokensPerParticipantMax = 8;

    /// <summary>The longest reaction, in UTF-16 units, so that any single emoji fits.</summary>
    public const int ReactionMax = 16;

    /// <summary>How far ahead a ranking deadline may lie.</summary>
    public static readonly TimeSpan RankingDeadlineMax = TimeSpan.FromDays(30);
}
