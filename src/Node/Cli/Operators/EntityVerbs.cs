using System.CommandLine;

namespace AkkaParty.Node.Cli.Operators;

/// <summary>The group <c>entity</c>.</summary>
internal static class EntityVerbs
{
    /// <summary>Builds the group.</summary>
    public static Command Create(Invocation invocation) => new("entity", "Look at one entity, as its events make it.")
    {
        EntityShowVerb.Create(invocation),
        EntityEventsVerb.Create(invocation),
    };
}
