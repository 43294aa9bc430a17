using System.CommandLine;
using System.Text.Json;
using AkkaParty.Node.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AkkaParty.Node.Cli.Operators;

/// <summary>Makes verbs that ask a node once, or again and again, and show the answer as a table or as JSON.</summary>
internal static class OperatorVerb
{
    // In a file or a pipe a row is a line, however long.
    private const int RedirectedWidth = 1_000_000;
    private const string ClearScreen = "\e[H\e[2J\e[3J";
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    /// <summary>A verb that shows an answer.</summary>
    /// <param name="invocation">What every verb works with.</param>
    /// <param name="command">The verb with its own arguments and options.</param>
    /// <param name="ask">Asks the node.</param>
    /// <param name="show">Makes the answer readable.</param>
    /// <param name="watchable">Whether it can be shown again and again.</param>
    public static Command Show<T>(
        Invocation invocation,
        Command command,
        Func<AdminClient, ParseResult, CancellationToken, Task<T>> ask,
        Func<T, IRenderable> show,
        bool watchable = false)
    {
        var options = new OperatorOptions();
        options.AddTo(command);
        var watch = new Option<bool>("--watch") { Description = "Show it again every second until Ctrl+C" };
        if (watchable)
        {
            command.Options.Add(watch);
        }

        command.SetAction((parsed, stop) => RunAsync(invocation, options, parsed, async client =>
        {
            var again = watchable && parsed.GetValue(watch);
            do
            {
                var answer = await ask(client, parsed, stop);
                await WriteAsync(invocation.Output, answer, show, options.IsJson(parsed), again);
            }
            while (again && await WaitAsync(stop));
        }, stop));
        return command;
    }

    /// <summary>A verb that shows what has happened and then what happens, until Ctrl+C.</summary>
    /// <param name="invocation">What every verb works with.</param>
    /// <param name="command">The verb with its own arguments and options.</param>
    /// <param name="ask">Asks the node for what came after a place; null for the beginning.</param>
    /// <param name="line">One line for people.</param>
    public static Command Tail<T>(
        Invocation invocation,
        Command command,
        Func<AdminClient, ParseResult, long?, CancellationToken, Task<(IReadOnlyList<T> Items, long Last)>> ask,
        Func<T, string> line)
    {
        var options = new OperatorOptions();
        options.AddTo(command);
        var once = new Option<bool>("--once") { Description = "Show what there is and end" };
        command.Options.Add(once);
        command.SetAction((parsed, stop) => RunAsync(invocation, options, parsed, async client =>
        {
            long? last = null;
            do
            {
                var (items, next) = await ask(client, parsed, last, stop);
                foreach (var item in items)
                {
                    await invocation.Output.WriteLineAsync(
                        options.IsJson(parsed) ? JsonSerializer.Serialize(item, AdminJson.Options) : line(item));
                }

                await invocation.Output.FlushAsync(stop);
                last = next;
            }
            while (!parsed.GetValue(once) && await WaitAsync(stop));
        }, stop));
        return command;
    }

    /// <summary>A table with a head.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)).NoWrap());
        }

        return table;
    }

    /// <summary>A row of plain texts: nothing in them is markup.</summary>
    public static void Row(this Table table, params object?[] cells) =>
        table.AddRow(cells.Select(cell => new Text(FormattableString.Invariant($"{cell ?? "-"}"))));

    private static async Task<int> RunAsync(
        Invocation invocation, OperatorOptions options, ParseResult parsed, Func<AdminClient, Task> run, CancellationToken stop)
    {
        try
        {
            using var client = await options.ConnectAsync(parsed, invocation);
            await run(client);
            return AkkaPartyCommand.Success;
        }
        catch (AdminCallException failed)
        {
            await invocation.Error.WriteLineAsync(failed.Message);
            return failed.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return AkkaPartyCommand.Success;
        }
    }

    private static async Task<bool> WaitAsync(CancellationToken stop)
    {
        await Task.Delay(PollEvery, TimeProvider.System, stop);
        return true;
    }

    private static async Task WriteAsync<T>(TextWriter output, T answer, Func<T, IRenderable> show, bool json, bool again)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, again ? AdminJson.Options : AdminJson.Indented));
            await output.FlushAsync();
            return;
        }

        var isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        if (again && isTerminal)
        {
            await output.WriteAsync(ClearScreen);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isTerminal)
        {
            console.Profile.Width = RedirectedWidth;
        }

        console.Write(show(answer));
        await output.FlushAsync();
    }
}
