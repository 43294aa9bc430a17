using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Docs;

/// <summary>The tour in README.md, pasted into a shell in front of a server that runs: it must work as it stands.</summary>
public sealed class ReadmeTourTests
{
    private const string Address = "http://127.0.0.1:8080";

    [Fact]
    public async Task The_tour_prints_the_winner_the_watch_parties_and_the_pick_it_promises()
    {
        var script = string.Join('\n', Fenced("bash"));
        script.ShouldContain($"URL={Address}\n");
        await using var server = await ServerProcess.StartAsync();

        var here = server.Address.ToString().TrimEnd('/');
        var (exitCode, output) = await Shell.RunAsync(script.Replace(Address, here, StringComparison.Ordinal));

        exitCode.ShouldBe(0, output);
        var promised = Fenced("text").ToList();
        promised.ShouldContain(line => line.Contains("The winner is ", StringComparison.Ordinal));
        promised.ShouldContain(line => line.Contains(" plays from ", StringComparison.Ordinal));
        promised.ShouldContain(line => line.Contains("The room picks ", StringComparison.Ordinal));
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
}
