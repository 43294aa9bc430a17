using System.Globalization;
using System.Text.Json;
using AkkaParty.Http.WebSockets.Watching;

namespace AkkaParty.Http.Tests.WebSockets.Watching;

public sealed class MeantTimeTests
{
    [Theory]
    [InlineData("1777665600.25", "2026-05-01T20:00:00.250Z")]
    [InlineData("1777665600", "2026-05-01T20:00:00.999Z")]
    [InlineData("1777665600250", "2026-05-01T20:00:00.250Z")]
    [InlineData("1777665600250.5", "2026-05-01T20:00:00.2505Z")]
    [InlineData("\"2026-05-01T22:00:00.25+02:00\"", "2026-05-01T20:00:00.250Z")]
    [InlineData("\"soon\"", null)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1e300", null)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    public void Reads_seconds_milliseconds_and_texts(string json, string? expected)
    {
        var read = MeantTime.Read(JsonDocument.Parse(json).RootElement);
        read?.ShouldBe(DateTimeOffset.Parse(expected!, CultureInfo.InvariantCulture), TimeSpan.FromTicks(5000));
        (read is null).ShouldBe(expected is null);
    }

    [Fact]
    public void Reads_nothing_from_nothing() => MeantTime.Read(null).ShouldBeNull();
}
