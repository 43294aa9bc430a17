using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Protocol.Tests.Rooms;

/// <summary>What docs/protocol.md says of rooms over REST is what the program answers.</summary>
public sealed class RoomDocsTests
{
    private static readonly Dictionary<string, JsonTypeInfo> Answers = new(StringComparer.Ordinal)
    {
        ["room"] = RoomJsonContext.Wire.RoomView,
        ["item"] = RoomJsonContext.Wire.ItemView,
        ["selection"] = RoomJsonContext.Wire.SelectionView,
        ["history"] = RoomJsonContext.Wire.HistoryShown,
    };

    private readonly ProtocolPage _page = new();

    [Fact]
    public void Every_example_is_what_the_program_answers()
    {
        var shown = new List<string>();
        var examples = _page.Examples().Where(example => example.Label.StartsWith("room-rest ", StringComparison.Ordinal));
        foreach (var (line, label, json) in examples)
        {
            var (place, type) = ($"docs/protocol.md:{line} ({label})", label["room-rest ".Length..]);
            var example = JsonNode.Parse(json)!;
            var read = Should.NotThrow(() => example.Deserialize(Answers[type]), place);
            var written = JsonSerializer.SerializeToNode(read, Answers[type]);
            JsonNode.DeepEquals(Normal(written), Normal(example)).ShouldBeTrue($"{place}: reads back as\n{written}");
            shown.Add(type);
        }

        shown.ShouldBe(Answers.Keys, ignoreOrder: true);
    }

    [Fact]
    public void The_error_codes_are_those_of_the_program()
    {
        var expected = RoomErrors.All.Select(error => $"{error.Code} {error.Status} {(error.Retryable ? "yes" : "no")} {error.Text}");
        _page.Table("### Of rooms").Select(row => string.Join(' ', row)).ShouldBe(expected);
    }

    private static JsonNode? Normal(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());
}
