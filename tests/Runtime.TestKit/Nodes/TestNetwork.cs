using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>Links between nodes of one process: a frame arrives before the send returns. Links are cut and mended by the test.</summary>
public sealed class TestNetwork
{
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
            if (!Up.ContainsKey(node) || !network._endpoints.TryGetValue(node, out var other) || !other.Up.ContainsKey(Name))
            {
                return false;
            }

            other._receiver!.Received(Self!, frame.ToArray());
            return true;
        }

        public void Set(NodeIdentity peer, bool isUp)
        {
            if (Up.TryGetValue(peer.Name, out var linked) && (linked != peer || !isUp))
            {
                Up.Remove(peer.Name);
                _receiver?.LinkDown(linked);
            }

            if (isUp && Up.TryAdd(peer.Name, peer))
            {
                _receiver?.LinkUp(peer);
            }
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
}
