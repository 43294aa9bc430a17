using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Stress;

/// <summary>Many callers on the real thread pool over a store that fails at random.</summary>
public sealed class FaultStress
{
    private const int Entities = 3;
    private const int Callers = 8;
    private const int CommandsEach = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Every_acknowledged_command_counts_exactly_once(int seed)
    {
        var random = new Random(seed);
        var counter = new CounterEntity { Snapshots = new SnapshotPolicy(50) };
        await using var node = await TestNode.StartAsync(new TestNodeOptions { Counter = counter });
        node.Journal.Chaos = operation => operation.Entries.Count == 0 ? Reading(random) : Writing(random);
        var followers = Enumerable.Range(0, Entities).Select(e => Follower.Start(node, $"e{e}")).ToArray();
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(node, caller))).ToArray();
        var acknowledged = await Task.WhenAll(callers);
        node.Journal.Chaos = null;

        for (var e = 0; e < Entities; e++)
        {
            await CheckAsync(node, e, acknowledged.Sum(sums => sums[e]), followers[e]);
        }
    }

    private static JournalFault Writing(Random random) => random.Next(100) switch
    {
        < 4 => JournalFault.ForeignWriter,
        < 8 => JournalFault.LostBefore,
        < 12 => JournalFault.LostAfter,
        < 16 => JournalFault.Refused,
        _ => JournalFault.None,
    };

    private static JournalFault Reading(Random random) =>
        random.Next(100) < 5 ? (JournalFault)random.Next(1, 5) : JournalFault.None;

    private static async Task<long[]> CallAsync(TestNode node, int caller)
    {
        var session = new Guid(caller + 1, 0, 0, new byte[8]);
        var sums = new long[Entities];
        for (var number = 1; number <= CommandsEach; number++)
        {
            var entity = (caller + number) % Entities;
            var amount = (number % 7) + 1;
            AskResult result;
            do
            {
                result = await node.Counters.AskAsync($"e{entity}", new Add(amount, $"{caller}/{number}"), new CommandId(session, number))
                    .Within($"the answer to command {number} of caller {caller}");
            }
            while (result.Retryable);
            result.Outcome.ShouldBe(AskOutcome.Replied, result.Rejection?.Message);
            sums[entity] += amount;
            if (number % 10 == 0)
            {
                var query = await node.Counters.QueryAsync($"e{entity}", GetValue.Instance, seqMin: result.Seq).Within("a query's answer");
                (query.Retryable || query.Seq >= result.Seq).ShouldBeTrue("an answer older than what the caller has seen");
            }
        }

        return sums;
    }

    private static async Task CheckAsync(TestNode node, int entity, long acknowledged, Follower follower)
    {
        var id = $"e{entity}";
        var stored = node.Stored(id);
        var foreign = stored.Count(entry => entry.Payload.Span.IndexOf("foreign"u8) >= 0);
        var live = await node.Counters.QueryAsync(id, GetValue.Instance, seqMin: stored.Count).Within("the live value");
        live.Seq.ShouldBe(stored.Count);
        live.Reply.ShouldBe(new CounterValue(acknowledged + (foreign * 1_000_000L)));
        stored.Where(entry => entry.Command is not null).Select(entry => entry.Command!.Value).ShouldBeUnique();

        await using var second = await node.StartBesideAsync();
        (await second.Counters.QueryAsync(id, GetValue.Instance).Within("the replayed value")).Reply.ShouldBe(live.Reply);
        await follower.CheckAsync(stored.Count);
    }

    /// <summary>A reader that subscribes again, from where it is, whenever it is sent away.</summary>
    private sealed class Follower(TestNode node, string id) : IFeedSubscriber
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _gate = new();
        private long _last;
        private long _target = long.MaxValue;
        private string? _error;

        public string? Member => null;

        public static Follower Start(TestNode node, string id)
        {
            var follower = new Follower(node, id);
            node.Counters.Subscribe(id, new Audience("member"), 0, follower);
            return follower;
        }

        public void Deliver(FeedBatch batch)
        {
            lock (_gate)
            {
                foreach (var frame in batch.Frames)
                {
                    if (frame.Seq != _last + 1)
                    {
                        _error ??= $"{id}: {frame.Seq} came after {_last}";
                    }

                    _last = frame.Seq;
                }

                Look();
            }
        }

        public void End(FeedEnd reason)
        {
            lock (_gate)
            {
                node.Counters.Subscribe(id, new Audience("member"), _last, this);
            }
        }

        public async Task CheckAsync(long target)
        {
            lock (_gate)
            {
                _target = target;
                Look();
            }

            await _done.Task.Within($"event {target} of {id}");
            _error.ShouldBeNull();
            _last.ShouldBe(target);
        }

        private void Look()
        {
            if (_last >= _target)
            {
                _done.TrySetResult();
            }
        }
    }
}
