using System.CommandLine;
using System.Globalization;
using AkkaParty.Node.Operations;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>journal tail</c>: the newest events of all entities, and those that come.</summary>
internal static class JournalTailVerb
{
    private const int CountDefault = 10;
    private const int PageSize = 1_000;

    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var from = new Option<long?>("--from") { Description = "Begin after this offset; 0 for the first event", HelpName = "OFFSET" };
        var count = new Option<int?>("--count")
        {
            Description = "Begin with so many of the newest, at most 1,000. Default: 10",
            HelpName = "N",
        };
        return OperatorVerb.Tail(
            invocation,
            new Command("tail", "Show the newest events of all entities, and those that come, until Ctrl+C.") { from, count },
            async (client, parsed, after, stop) =>
            {
                var place = after ?? parsed.GetValue(from);
                var most = place is null ? parsed.GetValue(count) ?? CountDefault : PageSize;
                var view = await client.GetAsync<JournalView>(AdminClient.Path("journal", ("after", place), ("count", most)), stop);
                return (view.Records, view.Last);
            },
            Line);
    }

    private static string Line(JournalLine line) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.Offset}  {line.At:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}  {line.Kind}|{line.Id}  {line.Seq}  {line.Event}  "
        + $"{line.Payload.GetRawText()}");
}
