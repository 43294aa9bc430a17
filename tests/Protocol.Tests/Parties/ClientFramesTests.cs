using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Protocol.Tests.Parties;

/// <summary>The frames of clients, as the golden file of examples has them, are read as what they mean.</summary>
public sealed class ClientFramesTests
{
    private static readonly Dictionary<string, (JsonTypeInfo Json, object Expected)?> Payloads = new(StringComparer.Ordinal)
    {
        [ClientFrameTypes.Ping] = null,
        [ClientFrameTypes.SearchMovies] = (PartyJsonContext.Wire.SearchMoviesPayload, new SearchMoviesPayload("metro")),
        [ClientFrameTypes.SuggestMovie] = (PartyJsonContext.Wire.SuggestMoviePayload, new SuggestMoviePayload("19")),
        [ClientFrameTypes.VoteNomination] = (PartyJsonContext.Wire.VoteNominationPayload, new VoteNominationPayload("yay", "19")),
        [ClientFrameTypes.CloseNomination] = null,
        [ClientFrameTypes.WithdrawNomination] = (PartyJsonContext.Wire.WithdrawNominationPayload, new WithdrawNominationPayload("19")),
        [ClientFrameTypes.FinalizeNominations] = null,
        [ClientFrameTypes.SubmitRanking] = (PartyJsonContext.Wire.SubmitRankingPayload, new SubmitRankingPayload(["653", "19"])),
        [ClientFrameTypes.CloseRanking] = null,
        [ClientFrameTypes.SetRankingDeadline] =
            (PartyJsonContext.Wire.SetRankingDeadlinePayload, new SetRankingDeadlinePayload(new(2025, 6, 7, 21, 0, 0, TimeSpan.Zero))),
        [ClientFrameTypes.StartNomination] = null,
        [ClientFrameTypes.RestartParty] = null,
        [ClientFrameTypes.OpenWatchParty] = null,
        [ClientFrameTypes.WatchTicket] = null,
        [ClientFrameTypes.LeaveParty] = null,
        [ClientFrameTypes.RemoveParticipant] = (PartyJsonContext.Wire.ParticipantPayload, new ParticipantPayload("u2")),
        [ClientFrameTypes.TransferHost] = (PartyJsonContext.Wire.ParticipantPayload, new ParticipantPayload("u2")),
        [ClientFrameTypes.Reaction] = (PartyJsonContext.Wire.ReactionPayload, new ReactionPayload("🎉")),
    };

    [Fact]
    public void Every_type_of_frame_has_an_example()
    {
        var types = typeof(ClientFrameTypes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Examples().Select(example => example.Name).Order().ShouldBe(types.Order());
        Payloads.Keys.Order().ShouldBe(types.Order());
    }

    [Fact]
    public void Every_example_is_read_as_what_it_means()
    {
        foreach (var (name, json) in Examples())
        {
            var frame = JsonSerializer.Deserialize(json, PartyJsonContext.Wire.ClientFrame)!;
            frame.Type.ShouldBe(name);
            if (Payloads[name] is { } expected)
            {
                var payload = frame.Payload!.Value.Deserialize(expected.Json);
                JsonSerializer.Serialize(payload, expected.Json).ShouldBe(JsonSerializer.Serialize(expected.Expected, expected.Json));
            }
        }
    }

    [Theory]
    [InlineData("{\"type\":\"ping\"}", null)]
    [InlineData("{\"type\":\"ping\",\"payload\":null,\"id\":3,\"extra\":true}", 3L)]
    public void Payload_and_id_may_be_left_out_and_unknown_members_do_no_harm(string json, long? id)
    {
        var frame = JsonSerializer.Deserialize(json, PartyJsonContext.Wire.ClientFrame)!;
        (frame.Type, frame.Id).ShouldBe(("ping", id));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"type\":3}")]
    [InlineData("{\"type\":\"ping\",\"id\":\"x\"}")]
    [InlineData("[]")]
    public void Anything_but_an_object_with_a_type_is_refused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize(json, PartyJsonContext.Wire.ClientFrame));

    [Fact]
    public void Types_of_server_frames_are_the_types_the_frames_carry()
    {
        var types = typeof(ServerFrameTypes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        PartySamples.ServerFrames.Select(sample => (string)((dynamic)sample.Frame).Type).Distinct().Order().ShouldBe(types.Order());
    }

    private static IReadOnlyList<(string Name, string Json)> Examples() =>
        new GoldenFile(Path.Combine("Parties", "Golden", "client_frames.json")).Lines();
}
