using System.CommandLine;

namespace AkkaParty.Node.Cli;

/// <summary>The group <c>user</c>.</summary>
internal static class UserVerbs
{
    /// <summary>Builds the group.</summary>
    public static Command Create(Invocation invocation) => new("user", "Make accounts, and say what they may do, with or without a server.")
    {
        UserCreateVerb.Create(invocation),
        UserRoleVerb.Create(invocation),
    };
}
