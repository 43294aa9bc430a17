using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Network;
using AkkaParty.Simulation.Nodes;
using AkkaParty.Simulation.Workloads;

namespace AkkaParty.Simulation.Running;

/// <summary>
/// One thing after the other goes wrong in a world that is well, and it must be well again soon: what has several ways to be put
/// right is put right by the fast one.
/// </summary>
internal sealed class Drill(SimCluster cluster, CounterWorkload counters)
{
    private const int Rousings = 6;
    private const int Questions = 5;

    // Frames as they stand on the wire.
    private const byte Subscribe = 16;
    private const byte FeedGroup = 19;
    private const byte FeedAlone = 20;
    private const byte FeedLive = 21;
    private const byte FeedEnded = 22;
    private const byte ClusterChanged = 32;

    // A connection that ends is heard of with the next heartbeat.
    private static readonly TimeSpan GoneMax = TimeSpan.FromSeconds(1.5);

    // A lease, a tenth more for clocks that run apart, and two heartbeats.
    private static readonly TimeSpan SilentMax = TimeSpan.FromSeconds(4.5);

    private static readonly TimeSpan ReturnMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShownMax = TimeSpan.FromSeconds(2.5);

    // A subscription whose first word was lost is made anew after five seconds of silence.
    private static readonly TimeSpan RepairedMax = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Loss = TimeSpan.FromMilliseconds(300);

    // Longer than any way to a node.
    private static readonly TimeSpan Arrival = TimeSpan.FromMilliseconds(5);

    // Who wakes has timers that are long due: it learns at once that its lease is over.
    private static readonly TimeSpan Awakening = TimeSpan.FromMilliseconds(300);

    private readonly SimRandom _random = cluster.World.Random.Fork("drill");
    private readonly List<CommandRecord> _asked = [];
    private bool _isAsking;

    private SimWorld World => cluster.World;

    public void Run()
    {
        RouseSleeper();
        if (!cluster.Plan.IsAlone)
        {
            var node = _random.Pick(cluster.Nodes);
            TakeBack(node, LoseNode(node));
        }

        LoseFrames();
    }

    /// <summary>An entity is asked just when it leaves memory.</summary>
    private void RouseSleeper()
    {
        var idle = cluster.Plan.Counter.Idle;
        if (idle > IdleMax)
        {
            return;
        }

        var roused = 0;
        counters.Rouse(Rousings, asked =>
        {
            roused++;
            Expect(asked);
        });
        Within(
            (idle + AnswerMax) * Rousings, "it was roused first", () => roused < Rousings || !_asked[^1].IsSettled ? ["it sleeps"] : []);
    }

    /// <summary>
    /// A process or a machine dies, or hangs for longer than its lease: it is taken off the list, and what it had is served by the others.
    /// </summary>
    /// <returns>How it comes back.</returns>
    private Action LoseNode(SimNode node)
    {
        var hangs = _random.Chance(0.3);
        var isMachine = _random.Chance(0.5);
        Action comesBack = () => cluster.Start(node);
        if (hangs)
        {
            var run = node.Run!;
            comesBack = () => Wake(run);
            Hang(run);
        }
        else
        {
            cluster.Coverage.Add(Seen.QuietCrash);
            cluster.Crash(node, isMachine);
        }

        Within(hangs || isMachine ? SilentMax : GoneMax, $"{node.Name} is lost", () => Remains(node));
        counters.Announce();
        Within(ShownMax, "an event was stored at its new home", counters.Unseen);
        return comesBack;
    }

    /// <summary>A node stops in the middle of everything, with everything in memory, and those who follow leave it.</summary>
    private void Hang(NodeRun run)
    {
        counters.Announce();
        Within(ShownMax, "an event was stored", counters.Unseen);
        cluster.Coverage.Add(Seen.QuietHang);
        World.Note("hangs", run.Process.Name);
        run.Process.Pause();
        cluster.Network.LosePatienceWith(run.Transport);
        run.HangUp();
    }

    /// <summary>
    /// It goes on as if no time had passed, and finds questions that were asked when others had long served what it has in memory.
    /// </summary>
    private void Wake(NodeRun run)
    {
        counters.Ask(run, Questions);
        World.RunUntil(World.Elapsed + Arrival);
        run.Process.Resume();
        World.RunUntil(World.Elapsed + Awakening);
    }

    /// <summary>
    /// It comes back, and takes its share in the midst of traffic. That homes have changed is heard from the store alone: no node says
    /// so, and old homes send no follower away.
    /// </summary>
    private void TakeBack(SimNode node, Action comesBack)
    {
        SortedSet<string> fresh = new(StringComparer.Ordinal);
        cluster.Network.Loses = (from, to, frame) => frame[0] switch
        {
            // Who asks the wrong node is told so.
            Subscribe => !fresh.Add($"{from} {to} {NumberOf(frame)}"),
            FeedEnded => !fresh.Contains($"{to} {from} {NumberOf(frame)}"),
            ClusterChanged => true,
            _ => false,
        };
        comesBack();
        _isAsking = true;
        Ask();
        Within(ReturnMax, $"{node.Name} is back", cluster.Unsettled);
        counters.Announce();
        Within(ShownMax, "homes had moved", counters.Unseen);
        _isAsking = false;
        Within(
            AnswerMax, "the last question",
            () => _asked.Where(asked => !asked.IsSettled).Select(asked => $"{asked.Message} has no answer"));
        cluster.Network.Loses = null;
    }

    /// <summary>The last frames of every feed are lost, and nothing follows them that would show it.</summary>
    private void LoseFrames()
    {
        cluster.Network.Loses = (_, _, frame) => frame[0] is FeedGroup or FeedAlone or FeedLive && _random.Chance(0.4);
        counters.Announce();
        World.RunUntil(World.Elapsed + Loss);
        cluster.Network.Loses = null;
        Within(RepairedMax, "frames were lost", counters.Unseen);
    }

    /// <summary>Questions that cannot be asked twice: nobody dies, so each of them has its one answer.</summary>
    private void Ask()
    {
        if (!_isAsking)
        {
            return;
        }

        Expect(counters.AddOnce());
        World.After(_random.Milliseconds(5, 60), Ask);
    }

    private void Expect(CommandRecord asked)
    {
        _asked.Add(asked);
        World.After(AnswerMax, () =>
        {
            if (asked.Result is null)
            {
                World.Violate(
                    $"{asked.Address}: nobody knows what came of {asked.Message} after {AnswerMax.TotalSeconds} s, and nobody died");
            }
        });
    }

    /// <summary>The first number in a frame, as it stands there: seven bits in each byte, the eighth where more follow.</summary>
    private static string NumberOf(ReadOnlySpan<byte> frame) =>
        Convert.ToHexString(frame[1..(2 + frame[1..].IndexOfAnyInRange((byte)0, (byte)127))]);

    private IEnumerable<string> Remains(SimNode dead)
    {
        var record = cluster.Store.Cluster.Record;
        if (record.Members.Any(member => member.Node.Name == dead.Name))
        {
            yield return "it is a member";
        }

        foreach (var home in record.Homes.Where(home => home.Owner is null || home.Owner == dead.Name))
        {
            yield return $"the shard {home.Shard} is with {home.Owner ?? "nobody"}";
        }
    }

    private void Within(TimeSpan time, string what, Func<IEnumerable<string>> lacks) => World.Within(time, what, lacks);
}
