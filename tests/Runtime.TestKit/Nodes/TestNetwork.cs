using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>Links between nodes of one process: frames arrive in the dispatcher's turns. Links are cut and mended by the test.</summary>
/// <param name="dispatcher">Delivers.</param>
public sealed class TestNetwork(IDispatcher dispatcher)
{
    private readonly IDispatcher _dispatcher = dispatcher;

    // Entered again by what a link's end causes.
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Endpoint> _endpoints = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _cut = new(StringComparer.Ordinal);

    /// <summary>A transport for one node.</summary>
    public INodeTransport Connect(string name)
    {
        var endpoint = new Endpoint(this, name);
        Change(() => _endpoints[name] = endpoint);
        return endpoint;
    }

    /// <summary>Ends every link of a node, and lets none be made.</summary>
    public void Cut(string name) => Change(() => _cut.Add(name));

    /// <summary>Lets a node's links be made again.</summary>
    public void Mend(string name) => Change(() => _cut.Remove(name));

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Rewire();
        }
    }

    private void Rewire()
    {
        foreach (var one in _endpoints.Values.ToList())
        {
            foreach (var (name, peer) in one.Wanted.ToList())
            {
                var isUp = !_cut.Contains(one.Name) && !_cut.Contains(name) && _endpoints.TryGetValue(name, out var other)
                    && other.Self == peer && other.Wanted.TryGetValue(one.Name, out var back) && back == one.Self;
                one.Set(peer, isUp);
            }

            foreach (var peer in one.Up.Values.Where(peer => !one.Wanted.ContainsValue(peer)).ToList())
            {
                one.Set(peer, isUp: false);
            }
        }
    }

    private sealed class Endpoint(TestNetwork network, string name) : INodeTransport
    {
        private readonly SortedDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
        private INodeReceiver? _receiver;

        public string Name { get; } = name;

        public NodeIdentity? Self { get; private set; }

        public SortedDictionary<string, NodeIdentity> Wanted { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, NodeIdentity> Up { get; } = new(StringComparer.Ordinal);

        public int FrameBytesMax => 1 << 20;

        public ValueTask<string> StartAsync(INodeReceiver receiver, CancellationToken cancellationToken)
        {
            _receiver = receiver;
            return ValueTask.FromResult($"test://{Name}");
        }

        public void SetPeers(NodeIdentity self, IReadOnlyList<NodeIdentity> peers)
        {
            network.Change(() =>
            {
                Self = self;
                Wanted.Clear();
                foreach (var peer in peers)
                {
                    Wanted[peer.Name] = peer;
                }
            });
        }

        public bool TrySend(string node, ReadOnlySpan<byte> frame)
        {
            var bytes = frame.ToArray();
            lock (network._gate)
            {
                if (!Up.ContainsKey(node) || !network._endpoints.TryGetValue(node, out var other) || !other.Up.ContainsKey(Name))
                {
                    return false;
                }

                // Lost when its link has ended meanwhile.
                var sender = Self!;
                other.LaneFrom(Name).Add(receiver =>
                {
                    if (other.IsLinkedTo(sender))
                    {
                        receiver.Received(sender, bytes);
                    }
                });
                return true;
            }
        }

        public void Set(NodeIdentity peer, bool isUp)
        {
            if (Up.TryGetValue(peer.Name, out var linked) && (linked != peer || !isUp))
            {
                Up.Remove(peer.Name);
                LaneFrom(peer.Name).Add(receiver => receiver.LinkDown(linked));
            }

            if (isUp && Up.TryAdd(peer.Name, peer))
            {
                LaneFrom(peer.Name).Add(receiver => receiver.LinkUp(peer));
            }
        }

        private bool IsLinkedTo(NodeIdentity sender)
        {
            lock (network._gate)
            {
                return Up.TryGetValue(sender.Name, out var linked) && linked == sender;
            }
        }

        private Lane LaneFrom(string node)
        {
            if (!_lanes.TryGetValue(node, out var lane))
            {
                lane = new Lane(network._dispatcher, () => _receiver);
                _lanes.Add(node, lane);
            }

            return lane;
        }

        public ValueTask DisposeAsync()
        {
            network.Change(() =>
            {
                Wanted.Clear();
                network._endpoints.Remove(Name);
            });
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>What one peer sends and what becomes of its link, one after the other.</summary>
    private sealed class Lane(IDispatcher dispatcher, Func<INodeReceiver?> receiver) : IThreadPoolWorkItem
    {
        private readonly Queue<Action<INodeReceiver>> _waiting = new();
        private bool _scheduled;

        public void Add(Action<INodeReceiver> delivery)
        {
            lock (_waiting)
            {
                _waiting.Enqueue(delivery);
                if (_scheduled)
                {
                    return;
                }

                _scheduled = true;
            }

            dispatcher.Schedule(this);
        }

        public void Execute()
        {
            while (Next() is { } delivery)
            {
                if (receiver() is { } takes)
                {
                    delivery(takes);
                }
            }
        }

        private Action<INodeReceiver>? Next()
        {
            lock (_waiting)
            {
                _scheduled = _waiting.Count > 0;
                return _scheduled ? _waiting.Dequeue() : null;
            }
        }
    }
}
