using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.Tests.Stress;

/// <summary>
/// Three nodes on real threads, links that break again and again, shards that move: whoever follows an entity from whichever node gets
/// every event once and in order.
/// </summary>
public sealed class FollowStress : IAsyncDisposable
{
    private const int Entities = 12;
    private const int Rounds = 25;

    private readonly InMemoryJournal _journal = new();
    private readonly InMemorySnapshotStore _snapshots = new();
    private readonly InMemoryLeaseStore _leases = new(TimeProvider.System);
    private readonly TestNetwork _network = new(ThreadPoolDispatcher.Instance);

    [Fact]
    public async Task Followers_on_every_node_get_every_event_once_while_links_break_and_shards_move()
    {
        var (one, first) = Create("one");
        var (two, second) = Create("two");
        await one.StartAsync(CancellationToken.None).Within("the first node's start");
        await two.StartAsync(CancellationToken.None).Within("the second node's start");
        var followers = new[] { first, second, first, second }.SelectMany(door => Enumerable.Range(0, Entities).Select(entity =>
        {
            var subscriber = new TestSubscriber();
            door.Subscribe($"c{entity}", new Audience("member"), 0, subscriber);
            return (Entity: entity, Subscriber: subscriber);
        })).ToList();
        var isOver = false;
        var adding = Enumerable.Range(0, Entities)
            .Select(entity => Task.Run(() => AddAsync([first, second], entity, () => Volatile.Read(ref isOver)))).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            _network.Cut("two");
            await UntilSomeAsync(followers, 40);
            _network.Mend("two");
            var (three, _) = Create("three");
            await three.StartAsync(CancellationToken.None).Within("the third node's start");
            await UntilSomeAsync(followers, 40);
            await three.StopAsync(TimeSpan.FromSeconds(10)).Within("the third node's end");
            await three.DisposeAsync();
        }

        Volatile.Write(ref isOver, true);
        var added = await Task.WhenAll(adding).Within("the callers");
        foreach (var (entity, subscriber) in followers)
        {
            await subscriber.UntilSeq(added[entity]);
            var wrong = subscriber.EventSeqs.Index().FirstOrDefault(at => at.Item != at.Index + 1, (Index: -1, Item: 0));
            wrong.ShouldBe((-1, 0), $"counter {entity}: every event once and in order");
            subscriber.EventSeqs.Count.ShouldBe((int)added[entity]);
            subscriber.Ended.ShouldBeNull();
            subscriber.DeliveredAfterEnd.ShouldBe(0);
        }

        await one.DisposeAsync();
        await two.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    private static async Task<long> AddAsync(IShardRegion[] doors, int entity, Func<bool> isOver)
    {
        var session = AkkaParty.Runtime.StableHash.SessionOf($"caller {entity}");
        var added = 0L;
        while (!isOver())
        {
            var command = new CommandId(session, ++added);
            for (var tries = entity; ; tries++)
            {
                var result = await doors[tries % 2].AskAsync($"c{entity}", new Add(1), command);
                if (result.Outcome == AskOutcome.Replied)
                {
                    result.Reply.ShouldBe(new CounterValue(added));
                    result.Seq.ShouldBe(added);
                    break;
                }

                result.Retryable.ShouldBeTrue($"{result.Outcome} {result.Rejection?.Code}");
                await Task.Yield();
            }
        }

        return added;
    }

    /// <summary>Waits until somebody has got some more events.</summary>
    private static async Task UntilSomeAsync(List<(int Entity, TestSubscriber Subscriber)> followers, int more)
    {
        var subscriber = followers[0].Subscriber;
        var seen = subscriber.EventSeqs;
        await subscriber.UntilSeq((seen.Count == 0 ? 0 : seen[^1]) + more);
    }

    private (NodeRuntime Node, IShardRegion Counters) Create(string name)
    {
        var node = new NodeRuntime(
            // However slow the machine is, nobody takes itself for cut off and sends its followers away.
            new RuntimeOptions
            {
                NodeName = name,
                HeartbeatInterval = TimeSpan.FromMilliseconds(50),
                LinkPatience = TimeSpan.FromMinutes(5),
            },
            new RuntimeSurroundings(
                _journal, _snapshots, _leases, _network.Connect(name), TimeProvider.System, ThreadPoolDispatcher.Instance),
            NullLoggerFactory.Instance);
        return (node, node.Register(new CounterEntity()));
    }
}
