using System.Diagnostics;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Docs;

/// <summary>The tour in README.md, pasted into a shell in front of a server that runs: it must work as it stands.</summary>
public sealed class ReadmeTourTests
{
    private const string Address = "http://127.0.0.1:8080";

    [Fact]
    public async Task The_tour_ends_with_the_winner_it_promises()
    {
        var script = string.Join('\n', Fenced("bash"));
        script.ShouldContain($"URL={Address}\n");
        await using var server = await ServerProcess.StartAsync();

        var (exitCode, output) = await RunAsync(script.Replace(Address, server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));

        exitCode.ShouldBe(0, output);
        var promised = Fenced("text").ToList();
        promised.ShouldContain(line => line.Contains("The winner is ", StringComparison.Ordinal));
        var printed = output.Split('\n');
        promised.ForEach(line => printed.ShouldContain(line, output));
    }

    /// <summary>The lines of the tour's blocks of one language.</summary>
    private static IEnumerable<string> Fenced(string language)
    {
        var inside = false;
        var tour = File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .SkipWhile(line => line != "## A five-minute tour")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
        foreach (var line in tour)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```" + language;
            }
            else if (inside)
            {
                yield return line;
            }
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string script)
    {
        var output = new ServerOutput();
        using var shell = new Process
        {
            StartInfo = new ProcessStartInfo("bash", ["-euo", "pipefail", "-s"])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        shell.OutputDataReceived += (_, line) => output.Add(line.Data);
        shell.ErrorDataReceived += (_, line) => output.Add(line.Data);
        shell.Start();
        try
        {
            shell.BeginOutputReadLine();
            shell.BeginErrorReadLine();

            // In braces, so that the shell reads all of it before a command of it can read from the same input.
            await shell.StandardInput.WriteAsync($"{{\n{script}\n}} </dev/null\n");
            shell.StandardInput.Close();
            await Patience.For(shell.WaitForExitAsync(), "the tour to end", Patience.Process, output.ToString);
            return (shell.ExitCode, output.ToString());
        }
        finally
        {
            if (!shell.HasExited)
            {
                shell.Kill(entireProcessTree: true);
            }
        }
    }
}
