using System.CommandLine;
using System.Text.Json;
using AkkaParty.Node.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>entity show KIND ID</c>: an entity's state, folded from its events.</summary>
internal static class EntityShowVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var kind = new Argument<string>("KIND") { Description = "The kind, such as party" };
        var id = new Argument<string>("ID") { Description = "The entity's id" };
        return OperatorVerb.Show(
            invocation,
            new Command("show", "Show an entity's state, folded from its events.") { kind, id },
            (client, parsed, stop) => client.GetAsync<EntityStory>(
                AdminClient.Path("entity", ("kind", parsed.GetRequiredValue(kind)), ("id", parsed.GetRequiredValue(id))), stop),
            Show);
    }

    private static Rows Show(EntityStory story)
    {
        var table = OperatorVerb.Table("kind", "id", "shard", "seq", "first event", "last event", "acts by itself", "kept alive");
        table.Row(
            story.Kind,
            story.Id,
            story.Shard,
            story.Seq,
            story.FirstAt.ToString("u"),
            story.LastAt.ToString("u"),
            story.Deadline?.ToString("u"),
            story.KeepAlive ? "yes" : "no");
        return new Rows((IRenderable)table, new Text(JsonSerializer.Serialize(story.State, AdminJson.Indented) + "\n"));
    }
}
