using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;

namespace AkkaParty.Simulation.Workloads;

/// <summary>One frame as a follower got it.</summary>
internal readonly record struct SeenFrame(FeedFrameKind Kind, long Seq, ReadOnlyMemory<byte> Bytes);

/// <summary>Somebody who follows an entity: subscribes again from where they are, on any node, whenever the connection ends.</summary>
internal sealed class Follower(
    SimCluster cluster, EntityAddress address, Audience audience, string? member, long? since, Func<NodeRun, IShardRegion> region,
    SimRandom random)
{
    private Connection? _connection;
    private TimeSpan _rest;

    public EntityAddress Address => address;

    public Audience Audience => audience;

    public string? Member => member;

    /// <summary>What its subscriptions are opened with; null for nothing that could be revoked.</summary>
    public string? Credential { get; init; }

    /// <summary>Where it began: every event above is expected; null for whatever came first.</summary>
    public long? Since { get; } = since;

    /// <summary>The last number seen in an event or a state.</summary>
    public long? Last { get; private set; } = since;

    public List<SeenFrame> Frames { get; } = [];

    /// <summary>Sent away for good.</summary>
    public bool IsExpelled { get; private set; }

    public bool IsConnected => _connection is { IsOver: false, IsMade: true };

    private bool StaysHere => cluster.IsQuiet;

    public string Name => $"{address}~{audience.Name}{(member is null ? "" : $"~{member}")}";

    public void Connect()
    {
        if (IsExpelled || _connection is not null)
        {
            return;
        }

        if (cluster.PickRun(random) is not { } run)
        {
            cluster.World.After(random.Milliseconds(50, 300), Connect);
            return;
        }

        var connection = new Connection(this, run);
        _connection = connection;
        run.Gone += connection.Break;
        run.Do(() => connection.Make(region(run), Last));
        cluster.World.After(random.Milliseconds(2_000, 15_000), connection.GoElsewhere);
    }

    /// <summary>Goes away, and comes back after a while.</summary>
    public void Rest(TimeSpan time)
    {
        _rest = time;
        _connection?.GoElsewhere();
    }

    private void Take(FeedBatch batch)
    {
        if (batch.IsCatchUp)
        {
            cluster.Coverage.Add(Seen.GapFilled);
        }

        foreach (var frame in batch.Frames)
        {
            if (frame.Kind == FeedFrameKind.Signal)
            {
                continue;
            }

            var floor = frame.Kind == FeedFrameKind.Event ? Last + 1 : Last;
            if (frame.Seq < floor)
            {
                cluster.World.Violate($"{Name}: the {frame.Kind} frame {frame.Seq} came after {Last}");
            }

            if (frame.Kind == FeedFrameKind.State)
            {
                cluster.Coverage.Add(Seen.StateShown);
            }

            cluster.World.Note("frame", address.Id, frame.Seq, (long)frame.Kind, audience.Name);
            cluster.World.Say(address.Id, $"{Name} sees {frame.Kind} {frame.Seq}");
            Last = frame.Seq;
            Frames.Add(new SeenFrame(frame.Kind, frame.Seq, frame.Bytes));
        }
    }

    private void Ended(Connection connection, FeedEnd? reason)
    {
        if (_connection != connection)
        {
            return;
        }

        _connection = null;
        cluster.Coverage.Add(Seen.SubscriberEnded);
        cluster.World.Note("feed-ends", address.Id, (long)(reason ?? (FeedEnd)(-1)), Last ?? -1, audience.Name);
        if (reason is FeedEnd.Expelled or FeedEnd.Revoked)
        {
            cluster.Coverage.Add(Seen.SubscriberExpelled);
            IsExpelled = true;
            return;
        }

        cluster.World.After(_rest + random.Milliseconds(20, 600), Connect);
        _rest = TimeSpan.Zero;
    }

    /// <summary>One connection to one node.</summary>
    private sealed class Connection(Follower follower, NodeRun run) : IFeedSubscriber
    {
        private IDisposable? _subscription;

        public string? Member => follower.Member;

        public string? Credential => follower.Credential;

        public bool IsOver { get; private set; }

        public bool IsMade => _subscription is not null;

        public void Make(IShardRegion region, long? since)
        {
            if (!IsOver)
            {
                _subscription = region.Subscribe(follower.Address.Id, follower.Audience, since, this);
            }
        }

        public void Deliver(FeedBatch batch)
        {
            if (!IsOver)
            {
                follower.Take(batch);
            }
        }

        public void End(FeedEnd reason) => Over(reason);

        public void Break()
        {
            if (!IsOver && !run.Process.IsDead)
            {
                run.Do(() => _subscription?.Dispose());
            }

            Over(null);
        }

        /// <summary>The client reloads its page, and the balancer may send it to another node.</summary>
        public void GoElsewhere()
        {
            if (!IsOver && !follower.StaysHere)
            {
                run.Do(() => _subscription?.Dispose());
                Over(null);
            }
        }

        private void Over(FeedEnd? reason)
        {
            if (!IsOver)
            {
                IsOver = true;
                run.Gone -= Break;
                follower.Ended(this, reason);
            }
        }
    }
}
