using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.Sharding;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// Everything this node has to do with the others: asks that wait for an answer, subscriptions here and there, questions to a node.
/// It keeps an eye on all of that by one timer, which is set only while there is something to keep an eye on. Thread-safe.
/// </summary>
internal sealed class PeerLinks : INodeReceiver, IThreadPoolWorkItem, IDisposable
{
    /// <summary>How often everything is looked over.</summary>
    private static readonly TimeSpan LookOverEvery = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly ShardHomes _homes;
    private readonly ITimer _timer;
    private readonly SortedDictionary<string, ShardRegion> _regions = new(StringComparer.Ordinal);
    private volatile Peer[] _peers = [];
    private long _oldHomeNotedAt;
    private int _pokes;
    private bool _armed;
    private bool _homesChanged;
    private bool _disposed;

    public PeerLinks(
        RuntimeOptions options, INodeTransport transport, TimeProvider time, IDispatcher dispatcher, ShardHomes homes,
        RuntimeMetrics metrics, ILogger logger)
    {
        Options = options;
        Transport = transport;
        Time = time;
        Dispatcher = dispatcher;
        Metrics = metrics;
        Logger = logger;
        _homes = homes;
        _timer = time.CreateTimer(
            static self => ((PeerLinks)self!).LookOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Held = new HeldAsks(this);
        Waiting = new WaitingSubscriptions(Arm);
    }

    public RuntimeOptions Options { get; }

    public INodeTransport Transport { get; }

    public TimeProvider Time { get; }

    public IDispatcher Dispatcher { get; }

    public RuntimeMetrics Metrics { get; }

    public ILogger Logger { get; }

    /// <summary>Asks that wait until their entity's home can be reached.</summary>
    public HeldAsks Held { get; }

    /// <summary>Subscriptions that wait for the same.</summary>
    public WaitingSubscriptions Waiting { get; }

    /// <summary>The handlers of questions to this node.</summary>
    public RequestHandlers Handlers { get; } = new();

    /// <summary>Called when a peer says that members or homes have changed, or an answer shows it. Quick, never throws.</summary>
    public Action? ClusterChanged { get; set; }

    /// <summary>
    /// Whether this node knows that it is cut off from the others. Whoever waits for one of them here had better go elsewhere.
    /// </summary>
    public Func<bool> IsCutOff { get; set; } = static () => false;

    /// <summary>Every run of a peer that has had a link, up or down.</summary>
    public IReadOnlyList<Peer> Peers => _peers;

    /// <summary>How long one waits before the same node is asked again that has just said it is not the home.</summary>
    /// <param name="tries">How often it has said so in a row.</param>
    public static TimeSpan RetryAfter(int tries) => LookOverEvery * (1 << Math.Min(tries, 4));

    /// <summary>Makes a kind known to the other nodes.</summary>
    public void Add(ShardRegion region) => _regions.Add(region.Kind, region);

    /// <summary>The door to a kind.</summary>
    public ShardRegion? RegionOf(ReadOnlySpan<byte> kind)
    {
        foreach (var region in _regions.Values)
        {
            if (kind.SequenceEqual(region.KindUtf8))
            {
                return region;
            }
        }

        return null;
    }

    /// <summary>The door to a kind.</summary>
    public ShardRegion? RegionOf(string kind) => _regions.GetValueOrDefault(kind);

    /// <summary>The home of a shard now.</summary>
    public ShardHome HomeOf(int shard) => _homes[shard];

    /// <summary>Whether there is a link to a run of a peer.</summary>
    public bool IsUp(long incarnation) => Array.Exists(_peers, peer => peer.IsUp && peer.Incarnation == incarnation);

    /// <summary>The run of a peer to which there is a link.</summary>
    public Peer? FindUp(string node)
    {
        foreach (var peer in _peers)
        {
            if (peer.IsUp && peer.Name == node)
            {
                return peer;
            }
        }

        return null;
    }

    /// <summary>Sends an ask to its entity's home, or keeps it until that can be reached.</summary>
    public void Send(Ask ask, string node)
    {
        if (FindUp(node) is { } peer)
        {
            peer.Asks.Send(ask);
        }
        else
        {
            Held.Hold(ask);
        }
    }

    /// <summary>Passes a signal on to the entity's home.</summary>
    /// <returns>False when it was dropped here.</returns>
    public bool TrySignal(string node, ShardRegion region, string entityId, object signal)
    {
        if (FindUp(node) is null)
        {
            return false;
        }

        try
        {
            var frame = AskFrames.WriteSignal(region.Kind, entityId, region.MessageCodec, signal);
            return frame.Length <= Transport.FrameBytesMax && Transport.TrySend(node, frame.Written);
        }
        catch (Exception error)
        {
            Logger.NotEncoded(error, new EntityAddress(region.Kind, entityId), signal.GetType().Name);
            return false;
        }
    }

    /// <summary>Tells every peer that members or homes have changed.</summary>
    public void PokeAll()
    {
        foreach (var peer in _peers)
        {
            if (peer.IsUp)
            {
                Transport.TrySend(peer.Name, RequestFrames.WriteChanged().Written);
            }
        }
    }

    /// <summary>Homes have changed, or the way to one: what waits or is under way may have to go elsewhere.</summary>
    public void HomesChanged()
    {
        Volatile.Write(ref _homesChanged, true);
        Poke();
    }

    /// <summary>Something came to a node that is not the home: this node or the other one knows an old home, so it is read anew.</summary>
    public void NoteOldHome()
    {
        var now = Time.GetTimestamp();
        var noted = Volatile.Read(ref _oldHomeNotedAt);
        if (Time.GetElapsedTime(noted, now) >= LookOverEvery && Interlocked.CompareExchange(ref _oldHomeNotedAt, now, noted) == noted)
        {
            ClusterChanged?.Invoke();
        }
    }

    /// <summary>Has everything looked over in a while.</summary>
    public void Arm()
    {
        // Without the lock: whoever looks everything over reads this flag before it looks.
        if (Volatile.Read(ref _armed))
        {
            return;
        }

        lock (_gate)
        {
            if (!_armed && !_disposed)
            {
                _armed = true;
                _timer.Change(LookOverEvery, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Completes an ask on a thread of the dispatcher's: its caller goes on there.</summary>
    public void Complete(Ask ask, AskResult result)
    {
        ask.Result = result;
        Dispatcher.Schedule(ask);
    }

    /// <inheritdoc />
    public void LinkUp(NodeIdentity peer)
    {
        Peer up;
        Peer? replaced = null;
        lock (_gate)
        {
            up = Array.Find(_peers, known => known.Incarnation == peer.Incarnation) ?? new Peer(peer, this);
            replaced = Array.Find(_peers, known => known.Name == peer.Name && known != up);
            _peers = [.. _peers.Where(known => known != up && known != replaced), up];
        }

        // A run that another one has followed never comes back.
        replaced?.LinkDown();
        up.LinkUp();
        Arm();
        HomesChanged();
    }

    /// <inheritdoc />
    public void Received(NodeIdentity peer, ReadOnlySpan<byte> frame)
    {
        foreach (var known in _peers)
        {
            if (known.Incarnation == peer.Incarnation)
            {
                known.Receive(frame);
                return;
            }
        }
    }

    /// <inheritdoc />
    public void LinkDown(NodeIdentity peer)
    {
        Array.Find(_peers, known => known.Incarnation == peer.Incarnation)?.LinkDown();
        Arm();
    }

    /// <inheritdoc />
    public void Execute()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _pokes);
            Move();
        }
        while (Interlocked.Add(ref _pokes, -seen) > 0);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
        foreach (var peer in _peers)
        {
            peer.LinkDown();
        }
    }

    private void Poke()
    {
        if (Interlocked.Increment(ref _pokes) == 1)
        {
            Dispatcher.Schedule(this);
        }
    }

    private void LookOver()
    {
        Volatile.Write(ref _armed, false);
        var now = Time.GetTimestamp();
        var again = false;
        foreach (var peer in _peers)
        {
            again |= peer.LookOver(now);
        }

        if (Held.Count > 0 || Waiting.Count > 0)
        {
            Poke();
            again = true;
        }

        if (again)
        {
            Arm();
        }
    }

    private void Move()
    {
        var changed = Interlocked.Exchange(ref _homesChanged, false);
        if (changed)
        {
            foreach (var peer in _peers)
            {
                peer.Asks.Move();
                peer.Followed.Move();
            }
        }

        Held.Move(Time.GetTimestamp(), atOnce: changed);
        Waiting.PokeAll();
    }
}
