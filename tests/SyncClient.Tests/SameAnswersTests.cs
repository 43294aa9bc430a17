using System.Text.Json;

namespace AkkaParty.SyncClient.Tests;

/// <summary>The follower here answers what the web client's does: both are held against one record of what was heard and said.</summary>
public sealed class SameAnswersTests
{
    [Theory]
    [InlineData("far")]
    [InlineData("near")]
    public void A_follower_answers_what_the_web_clients_answers(string name)
    {
        var follower = new Follower();
        var number = 0;
        var steps = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".jsonl")))
        {
            number++;
            using var json = JsonDocument.Parse(line);
            steps += Hear(follower, json.RootElement, $"{name}.jsonl:{number}") ? 1 : 0;
        }

        steps.ShouldBeGreaterThan(200);
    }

    private static bool Hear(Follower follower, JsonElement line, string place)
    {
        switch (line.GetProperty("op").GetString())
        {
            case "sample":
                follower.Sample(new ClockSample(Number(line, "t0"), Number(line, "t1"), Number(line, "t2"), Number(line, "t3")));
                return false;
            case "note":
                follower.Note(Number(line, "clusterMs"), Number(line, "localMs"), Number(line, "beganMs"));
                return false;
            case "take":
                follower.Take(PlaybackOf(line.GetProperty("playback")), line.GetProperty("seq").GetInt64());
                return false;
            case "wait":
                follower.Wait(line.GetProperty("barrier") is { ValueKind: JsonValueKind.Number } barrier ? barrier.GetInt32() : null,
                    line.GetProperty("seq").GetInt64());
                return false;
            case "step":
                Compare(follower, line, place);
                return true;
            default:
                throw new InvalidOperationException($"{place}: an unknown kind of line");
        }
    }

    private static void Compare(Follower follower, JsonElement line, string place)
    {
        var now = Number(line, "nowMs");
        var step = follower.Step(now, PlayerOf(line.GetProperty("player")));
        var expected = line.GetProperty("expected");
        step.Actions.Select(Show).ShouldBe(expected.GetProperty("actions").EnumerateArray().Select(Show), place);
        step.WakeAtMs.ShouldBe(Number(expected, "wakeAtMs"), place);
        step.ErrorMs.ShouldBe(NumberOrNull(expected, "errorMs"), place);
        step.Ready.ShouldBe(expected.GetProperty("ready").GetBoolean(), place);
        follower.Barrier.ShouldBe((int?)NumberOrNull(expected, "barrier"), place);
        var (clock, corrector) = (follower.Clock, follower.Corrector);
        corrector.Nudge.ShouldBe(Number(expected, "nudge"), place);
        corrector.StartLatencyMs.ShouldBe(Number(expected, "startLatencyMs"), place);
        corrector.SeekLatencyMs.ShouldBe(Number(expected, "seekLatencyMs"), place);
        (clock.IsGuessed ? clock.OffsetAt(now) : 0).ShouldBe(Number(expected, "offsetMs"), place);
        (clock.IsKnown ? clock.UncertaintyAt(now) : 0).ShouldBe(Number(expected, "uncertaintyMs"), place);
        clock.DriftPpm.ShouldBe(Number(expected, "driftPpm"), place);
        clock.RoundTripMs.ShouldBe(Number(expected, "roundTripMs"), place);
    }

    private static PlayerAction Show(PlayerAction action) => action;

    private static PlayerAction Show(JsonElement action) => action.GetProperty("type").GetString() switch
    {
        "load" => new PlayerAction(PlayerVerb.Load, action.GetProperty("itemId").GetString(), Number(action, "positionMs")),
        "seek" => new PlayerAction(PlayerVerb.Seek, PositionMs: Number(action, "positionMs")),
        "rate" => new PlayerAction(PlayerVerb.Rate, Rate: Number(action, "rate")),
        "play" => new PlayerAction(PlayerVerb.Play),
        _ => new PlayerAction(PlayerVerb.Pause),
    };

    private static TimedPlayback PlaybackOf(JsonElement json) => new(
        json.GetProperty("itemId").GetString(),
        Number(json, "positionMs"),
        json.GetProperty("playing").GetBoolean(),
        Number(json, "rate"),
        Number(json, "atMs"));

    private static PlayerState PlayerOf(JsonElement json) => new(
        json.GetProperty("itemId").GetString(),
        Number(json, "positionMs"),
        json.GetProperty("playing").GetBoolean(),
        json.GetProperty("ready").GetBoolean(),
        Number(json, "rate"),
        NumberOrNull(json, "durationMs"));

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    private static double? NumberOrNull(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
}
