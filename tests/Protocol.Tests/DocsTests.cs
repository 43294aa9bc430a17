using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Protocol.Tests;

/// <summary>docs/protocol.md says what the program does: its examples can be read, its tables are those of the code.</summary>
public sealed class DocsTests
{
    private static readonly PartyJsonContext Json = PartyJsonContext.Wire;

    private static readonly Dictionary<string, JsonTypeInfo> ServerFrames = new(StringComparer.Ordinal)
    {
        [ServerFrameTypes.Pong] = Json.PongFrame,
        [ServerFrameTypes.SearchResults] = Json.SearchResultsFrame,
        [ServerFrameTypes.PartyUpdate] = Json.PartyUpdateFrame,
        [ServerFrameTypes.Error] = Json.ErrorFrame,
        [ServerFrameTypes.Ack] = Json.AckFrame,
        [ServerFrameTypes.WatchTicket] = Json.WatchTicketFrame,
        [ServerFrameTypes.Reaction] = Json.ReactionFrame,
    };

    private static readonly Dictionary<string, JsonTypeInfo> Payloads = new(StringComparer.Ordinal)
    {
        [ClientFrameTypes.SearchMovies] = Json.SearchMoviesPayload,
        [ClientFrameTypes.SuggestMovie] = Json.SuggestMoviePayload,
        [ClientFrameTypes.VoteNomination] = Json.VoteNominationPayload,
        [ClientFrameTypes.WithdrawNomination] = Json.WithdrawNominationPayload,
        [ClientFrameTypes.SubmitRanking] = Json.SubmitRankingPayload,
        [ClientFrameTypes.SetRankingDeadline] = Json.SetRankingDeadlinePayload,
        [ClientFrameTypes.RemoveParticipant] = Json.ParticipantPayload,
        [ClientFrameTypes.TransferHost] = Json.ParticipantPayload,
        [ClientFrameTypes.Reaction] = Json.ReactionPayload,
    };

    private readonly ProtocolPage _page = new();

    [Fact]
    public void Every_example_is_what_the_program_reads_and_writes()
    {
        foreach (var (line, label, json) in _page.Examples())
        {
            var place = $"docs/protocol.md:{line} ({label})";
            var example = Should.NotThrow(() => JsonNode.Parse(json), place)!.AsObject();
            switch (label.Split(' '))
            {
                case ["server", var type]:
                    example["type"]!.GetValue<string>().ShouldBe(type, place);
                    ShouldSurvive(example, ServerFrames[type], place);
                    break;
                case ["client", var type]:
                    CheckClientFrame(example, type, place);
                    break;
                case ["create"]:
                    ShouldSurvive(example["party"]!, Json.PartyView, place);
                    break;
                case ["search"]:
                    example["movies"]!.AsArray().ToList().ForEach(movie => ShouldSurvive(movie!, Json.Movie, place));
                    break;
                case ["chosen"]:
                    example["movies"]!.AsArray().ToList().ForEach(movie => ShouldSurvive(movie!, Json.ChosenFilm, place));
                    break;
                case ["result"]:
                    ShouldSurvive(example, Json.RunoffResult, place);
                    break;
                case ["room-client" or "room-server" or "room-event" or "room-rest", _]:
                case ["watch-client" or "watch-server" or "sync-client" or "sync-server" or "watch-rest", _]:
                    // Rooms and watch parties have their own tests.
                    break;
                case ["account", _]:
                    // The bodies of accounts belong to the edge, which has a test of its own.
                    break;
                default:
                    label.ShouldBeEmpty($"{place}: no such label");
                    break;
            }
        }
    }

    [Fact]
    public void Every_frame_type_has_an_example()
    {
        var labels = _page.Examples().Select(example => example.Label).Distinct().ToList();
        TypesOf(typeof(ClientFrameTypes)).Select(type => $"client {type}").Except(labels).ShouldBeEmpty();
        TypesOf(typeof(ServerFrameTypes)).Select(type => $"server {type}").Except(labels).ShouldBeEmpty();
    }

    [Fact]
    public void Every_frame_type_of_a_client_is_in_the_table() =>
        _page.Table("### Frames from the client").Select(row => row[0]).ShouldBe(TypesOf(typeof(ClientFrameTypes)), ignoreOrder: true);

    [Fact]
    public void The_error_codes_are_those_of_the_program()
    {
        var expected = PartyErrors.All.Select(error => $"{error.Code} {error.Status} {(error.Retryable ? "yes" : "no")} {error.Text}");
        _page.Table("### Of parties").Select(row => string.Join(' ', row)).ShouldBe(expected);
    }

    [Fact]
    public void The_close_codes_are_those_of_the_program()
    {
        var expected = CloseCodes.All.Select(code => $"{code.Code} {code.Name} '{code.Reason}' {(code.Reconnect ? "yes" : "no")}");
        _page.Table("### Close codes").Select(row => $"{row[0]} {row[1]} '{row[2]}' {row[3]}").ShouldBe(expected);
    }

    [Fact]
    public void The_limits_are_those_of_the_program()
    {
        var limits = _page.Table("## Limits").ToDictionary(row => row[0], row => row[1]);
        limits["party name"].ShouldStartWith($"1-{PartyLimits.NameMax} characters");
        limits["username"].ShouldStartWith($"1-{PartyLimits.UsernameMax} characters");
        limits["films in the pool"].ShouldBe($"{PartyLimits.PoolFilmsMax}");
        limits["film id"].ShouldBe($"1-{PartyLimits.FilmIdMax} digits");
        limits["reaction"].ShouldStartWith($"1-{PartyLimits.ReactionMax} UTF-16 units");
        limits["ranking deadline"].ShouldEndWith($"at most {PartyLimits.RankingDeadlineMax.TotalDays} days ahead");
        limits["participants of a party"].ShouldStartWith($"{new PartyOptions().ParticipantsMax},");
    }

    private static void CheckClientFrame(JsonObject example, string type, string place)
    {
        var frame = example.Deserialize(Json.ClientFrame)!;
        frame.Type.ShouldBe(type, place);
        var members = new List<string> { "type" };
        if (Payloads.TryGetValue(type, out var payload))
        {
            members.Add("payload");
            ShouldSurvive(example["payload"]!, payload, place);
        }

        if (frame.Id is not null)
        {
            members.Add("id");
        }

        example.Select(member => member.Key).ShouldBe(members, place);
    }

    /// <summary>Reads the example and writes it again: a member that is unknown, missing or misspelt makes a difference.</summary>
    private static void ShouldSurvive(JsonNode example, JsonTypeInfo shape, string place)
    {
        var read = Should.NotThrow(() => example.Deserialize(shape), place);
        var written = JsonSerializer.SerializeToNode(read, shape);
        JsonNode.DeepEquals(Normal(written), Normal(example)).ShouldBeTrue($"{place}: reads back as\n{written}");
    }

    private static JsonNode? Normal(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());

    private static IEnumerable<string> TypesOf(Type constants) => constants
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!);
}
