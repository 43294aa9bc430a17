using System.CommandLine;

namespace AkkaParty.Node.Cli.Operators;

/// <summary>The group <c>journal</c>.</summary>
internal static class JournalVerbs
{
    /// <summary>Builds the group.</summary>
    public static Command Create(Invocation invocation) => new("journal", "Look at everything that is stored.")
    {
        JournalTailVerb.Create(invocation),
    };
}
