using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaParty.Http.Rest.WatchParties;

namespace AkkaParty.Http.Tests.Rest.WatchParties;

/// <summary>What docs/protocol.md shows of watch parties over REST is what the server writes.</summary>
public sealed class WatchDocsTests
{
    private const string Begin = "```json watch-rest participant\n";

    [Fact]
    public void The_example_of_a_participant_is_what_the_server_writes()
    {
        var page = File.ReadAllText(PagePath());
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        begin.ShouldBeGreaterThan(Begin.Length, "the page has the example");
        var example = JsonNode.Parse(page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)])!;

        var read = JsonSerializer.Deserialize(example, WatchHttpJson.Wire.WatchParticipantBody);
        JsonSerializer.SerializeToNode(read, WatchHttpJson.Wire.WatchParticipantBody)!.ToJsonString().ShouldBe(example.ToJsonString());
    }

    private static string PagePath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AkkaParty.sln")))
            {
                return Path.Combine(folder.FullName, "docs", "protocol.md");
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AkkaParty.sln.");
    }
}
