using System.CommandLine;

namespace AkkaParty.Node.Cli.Operators;

/// <summary>The group <c>cluster</c>.</summary>
internal static class ClusterVerbs
{
    /// <summary>Builds the group.</summary>
    public static Command Create(Invocation invocation) => new("cluster", "Look at the members, and have them leave.")
    {
        ClusterShowVerb.Create(invocation),
        ClusterTailVerb.Create(invocation),
        ClusterLeaveVerb.Create(invocation),
        ClusterDownVerb.Create(invocation),
        ClusterJoinInfoVerb.Create(invocation),
    };
}
