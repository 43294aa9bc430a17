namespace AkkaParty.Runtime.Entities;

/// <summary>
/// Makes a command safe to send twice: within one client session the same number means the same command, and the
/// second copy is answered with the first one's reply.
/// </summary>
/// <param name="Session">The client session; whoever issues it makes sure that nobody else can use it.</param>
/// <param name="Number">The command's number in its session, from 1; at most <see cref="InFlightMax"/> may be open at once.</param>
public readonly record struct CommandId(Guid Session, long Number)
{
    /// <summary>How many commands of one session may be unanswered at once: the width of the duplicate window.</summary>
    public const int InFlightMax = 64;
}
