using System.Text;
using AkkaParty.Http.WebSockets;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Tests.WebSockets;

public sealed class OpenedMarkTests
{
    [Theory]
    [InlineData("""{"payload":{"party":{"a":1,"watch_party":{"id":"w1","status":"open","invite_code":"ABC234"}}},"seq":4}""", "w1")]
    [InlineData("""{"payload":{"party":{"name":"x","watch_party":{"id":"w1","status":"opening"}}},"seq":4}""", null)]
    [InlineData("""{"payload":{"party":{"name":"x","watch_party":{"id":"w1","status":"failed","reason":"no"}}},"seq":4}""", null)]
    [InlineData("""{"payload":{"party":{"name":"\"watch_party\":{\"id\":\"w2\",\"invite_code\":\"ABC234\"}"}},"seq":4}""", null)]
    [InlineData("""{"payload":{"party":{"name":"x"}},"seq":4}""", null)]
    public void Finds_the_watch_party_in_an_update_and_not_in_a_text(string update, string? id) =>
        OpenedMark.InUpdate(Encoding.UTF8.GetBytes(update))
            .ShouldBe(id is null ? null : new WatchOpening(id, OpeningStatus.Open, "ABC234"));

    [Theory]
    [InlineData("""{"type":"watch_party_opened","watch_party_id":"w1","invite_code":"ABC234","title":"T","seq":4}""", "w1")]
    [InlineData("""{"type":"room_update","watch_party_id":"w1","invite_code":"ABC234"}""", null)]
    public void Finds_the_watch_party_in_the_frame_that_tells_of_it(string frame, string? id) =>
        OpenedMark.InFrame(Encoding.UTF8.GetBytes(frame))
            .ShouldBe(id is null ? null : new WatchOpening(id, OpeningStatus.Open, "ABC234"));
}
