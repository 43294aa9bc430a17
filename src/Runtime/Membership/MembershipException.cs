namespace AkkaParty.Runtime.Membership;

/// <summary>This node cannot be a member as it is configured; trying again changes nothing.</summary>
public sealed class MembershipException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="message">One sentence that says why and what to do.</param>
    public MembershipException(string message)
        : base(message)
    {
    }
}
