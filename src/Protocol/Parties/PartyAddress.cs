namespace AkkaParty.Protocol.Parties;

/// <summary>How a party is addressed in the cluster.</summary>
public static class PartyAddress
{
    /// <summary>The entity kind.</summary>
    public const string Kind = "party";

    /// <summary>The audience of a party's feed: whoever follows it over its WebSocket.</summary>
    public const string MemberAudience = "reelchoice/member";
}
