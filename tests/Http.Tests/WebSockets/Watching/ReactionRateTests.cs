using AkkaParty.Http.WebSockets.Watching;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Http.Tests.WebSockets.Watching;

public sealed class ReactionRateTests
{
    [Fact]
    public void Counts_the_reactions_of_each_person_within_any_minute()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 20, 0, 0, TimeSpan.Zero));
        var rate = new ReactionRate(time);
        for (var i = 1; i <= WatchLimits.ReactionsPerMinute; i++)
        {
            rate.Take("ada").ShouldBe((WatchLimits.ReactionsPerMinute - i, null));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        rate.Take("ada").ShouldBe((0, TimeSpan.FromSeconds(60 - WatchLimits.ReactionsPerMinute)));
        rate.Take("bob").ShouldBe((WatchLimits.ReactionsPerMinute - 1, null));
        time.Advance(TimeSpan.FromSeconds(60 - WatchLimits.ReactionsPerMinute));
        rate.Take("ada").ShouldBe((0, null));
        rate.Take("ada").ShouldBe((0, TimeSpan.FromSeconds(1)));
    }
}
