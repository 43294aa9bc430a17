using System.Text;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>What followers are told of each event, in both dialects.</summary>
public sealed class FrameGolden
{
    [Theory]
    [InlineData(WatchAddress.PartySocketAudience, "watch_parties_socket.json")]
    [InlineData(WatchAddress.RoomSocketAudience, "rooms_socket.json")]
    public void Each_surface_is_told_exactly_what_the_golden_file_says(string audience, string file)
    {
        var lines = new List<string>();
        foreach (var (place, (name, @event)) in FrameSamples.Events.Index())
        {
            lines.Add(Line(name, WatchFrames.Of(@event, place + 1, new Audience(audience))));
        }

        foreach (var (name, signal) in FrameSamples.Signals)
        {
            lines.Add(Line(name, WatchFrames.OfSignal("party-1", signal, new Audience(audience))));
        }

        ShouldBeGolden(file, $"{{\n{string.Join(",\n", lines)}\n}}\n");
    }

    [Fact]
    public void Every_kind_of_event_and_signal_has_a_sample()
    {
        FrameSamples.Events.Select(row => row.Event.GetType()).Distinct().OrderBy(type => type.Name)
            .ShouldBe(WatchCodec.Events.Rows.Select(row => row.Type).OrderBy(type => type.Name));
        FrameSamples.Signals.Select(row => row.Signal.GetType()).Distinct().Count()
            .ShouldBe(typeof(WatchSignal).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(WatchSignal))));
    }

    [Fact]
    public void No_frame_gives_a_secret_or_an_address_away()
    {
        foreach (var (name, @event) in FrameSamples.Events)
        {
            foreach (var audience in new[] { WatchAddress.PartySocketAudience, WatchAddress.RoomSocketAudience })
            {
                var frame = Text(WatchFrames.Of(@event, 1, new Audience(audience)));
                frame.ShouldNotContain("hash-secret", Case.Insensitive, name);
                frame.ShouldNotContain("ann@example.org", Case.Insensitive, name);
                frame.ShouldNotContain("Eve", Case.Sensitive, name);
                frame.ShouldNotContain("request-1", Case.Insensitive, name);
            }
        }
    }

    [Fact]
    public void Somebody_else_is_told_nothing()
    {
        var (_, @event) = FrameSamples.Events[0];
        WatchFrames.Of(@event, 1, new Audience("somebody/else")).ShouldBeNull();
        WatchFrames.OfSignal("party-1", FrameSamples.Signals[0].Signal, new Audience("somebody/else")).ShouldBeNull();
    }

    private static string Line(string name, ReadOnlyMemory<byte>? frame) => $"  \"{name}\": {(frame is null ? "null" : Text(frame))}";

    private static string Text(ReadOnlyMemory<byte>? frame) => frame is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "";

    private static void ShouldBeGolden(string name, string actual)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "WatchParties", "Golden", name);
        if (!File.Exists(path) || File.ReadAllText(path) != actual)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path + ".actual", actual);
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing; the actual text is in {path}.actual");
        actual.ShouldBe(File.ReadAllText(path));
    }
}
