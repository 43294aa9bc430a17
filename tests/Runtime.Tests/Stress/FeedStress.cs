using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Stress;

/// <summary>Many subscribers that come at random places while writers write.</summary>
public sealed class FeedStress
{
    private const int Writers = 4;
    private const int WritesEach = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_subscriber_gets_exactly_the_events_after_its_since_in_order(int seed)
    {
        // The clock stands still, so no pause would end.
        await using var node = await TestNode.StartAsync(
            new TestNodeOptions { Limits = new RuntimeOptions { PausePerSubscriber = TimeSpan.Zero } });
        var random = new Random(seed);
        var last = 0L;
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < WritesEach; i++)
            {
                var result = await node.Counters.AskAsync("a", new Add(1)).Within("a write");
                result.Outcome.ShouldBe(AskOutcome.Replied);
                Interlocked.Exchange(ref last, result.Seq);
            }
        })).ToArray();
        List<(long Since, TestSubscriber Subscriber)> followers = [];
        while (!Task.WhenAll(writers).IsCompleted)
        {
            var head = Interlocked.Read(ref last);
            var since = random.NextInt64(head + 1);
            var subscriber = new TestSubscriber();
            followers.Add((since, subscriber));
            var subscription = node.Counters.Subscribe("a", new Audience(random.Next(2) == 0 ? "member" : "public"), since, subscriber);
            if (random.Next(4) == 0)
            {
                await subscriber.UntilSeq(since + 1);
                subscription.Dispose();
                followers.RemoveAt(followers.Count - 1);
            }

            if (followers.Count >= 200)
            {
                break;
            }
        }

        await Task.WhenAll(writers);
        const long Head = Writers * WritesEach;
        foreach (var (since, subscriber) in followers)
        {
            if (since < Head)
            {
                await subscriber.UntilSeq(Head);
            }

            subscriber.EventSeqs.ShouldBe(Sequence(since + 1, Head), $"since {since}");
            subscriber.Ended.ShouldBeNull();
        }
    }

    private static IEnumerable<long> Sequence(long from, long to)
    {
        for (var seq = from; seq <= to; seq++)
        {
            yield return seq;
        }
    }
}
