using System.CommandLine;
using System.Globalization;
using AkkaParty.Node.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>cluster show</c>: the members and what they do.</summary>
internal static class ClusterShowVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation) => OperatorVerb.Show(
        invocation,
        new Command("show", "Show the members, what each does and how many shards it serves."),
        (client, _, stop) => client.GetAsync<ClusterView>("cluster", stop),
        Show,
        watchable: true);

    private static Rows Show(ClusterView view)
    {
        var table = OperatorVerb.Table("node", "phase", "shards", "target", "entities", "followers", "lease", "address", "version", "run");
        foreach (var member in view.Members)
        {
            table.Row(
                member.Name,
                member.Phase,
                member.Shards,
                member.ShardsTarget,
                member.Entities,
                member.Subscriptions,
                member.LeaseSeconds?.ToString("0.0s", CultureInfo.InvariantCulture),
                member.Address.Length == 0 ? null : member.Address,
                member.Build,
                member.Incarnation);
        }

        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"As {view.Node} ({view.Phase}) sees it at version {view.Version}: "
            + $"{view.Members.Count} members, {view.ShardsWithoutHome} shards without a home, {view.ShardsMoving} moving.");
        var age = view.IsOld ? " The database does not answer: this is how it was." : "";
        return new Rows((IRenderable)new Text(summary + age), table);
    }
}
