using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>What becomes of a frame on its way.</summary>
public enum LoopbackFault
{
    None,

    /// <summary>It never arrives.</summary>
    Drop,

    /// <summary>It arrives twice.</summary>
    Repeat,

    /// <summary>The frame behind it arrives first.</summary>
    Swap,
}

/// <summary>A frame on its way.</summary>
public sealed record LoopbackFrame(string From, string To, byte[] Bytes)
{
    /// <summary>The number that says what kind of frame it is.</summary>
    public int Type => Bytes[0];
}

/// <summary>
/// Links between nodes of one process. Frames wait until the test delivers them, or, when <paramref name="automatic"/>, are delivered by
/// the thread pool, one after the other for each direction.
/// </summary>
public sealed class LoopbackNetwork(bool automatic = false)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LoopbackTransport> _nodes = [];
    private readonly Dictionary<(string From, string To), Direction> _directions = [];

    /// <summary>Decides what becomes of each frame; null for nothing special.</summary>
    public Func<LoopbackFrame, LoopbackFault>? Fault { get; set; }

    /// <summary>Whether a frame is refused at once, as over a link that is too slow; null for never.</summary>
    public Func<LoopbackFrame, bool>? Refuses { get; set; }

    /// <summary>Every frame that was sent, in order; only when deliveries are the test's.</summary>
    public List<LoopbackFrame> Sent { get; } = [];

    /// <summary>The longest frame.</summary>
    public int FrameBytesMax { get; set; } = 1 << 20;

    /// <summary>The transport of a node. It has no links yet.</summary>
    public INodeTransport Add(NodeIdentity node)
    {
        lock (_gate)
        {
            var transport = new LoopbackTransport(this, node);
            _nodes[node.Name] = transport;
            return transport;
        }
    }

    /// <summary>Makes a link.</summary>
    public void Link(string one, string other)
    {
        Change(one, other, isUp: true);
        Change(other, one, isUp: true);
    }

    /// <summary>Ends a link: what is on its way is lost.</summary>
    public void Cut(string one, string other)
    {
        Change(one, other, isUp: false);
        Change(other, one, isUp: false);
    }

    /// <summary>Delivers what is on its way, and what is sent meanwhile, in the order in which it was sent for each direction.</summary>
    /// <returns>How many frames and changes were delivered.</returns>
    public int DeliverAll()
    {
        var delivered = 0;
        while (true)
        {
            Direction[] directions;
            lock (_gate)
            {
                directions = [.. _directions.OrderBy(d => d.Key.From).ThenBy(d => d.Key.To).Select(d => d.Value)];
            }

            var some = directions.Sum(direction => direction.DeliverSome());
            if (some == 0)
            {
                return delivered;
            }

            delivered += some;
        }
    }

    private void Change(string from, string to, bool isUp)
    {
        LoopbackTransport sender;
        Direction direction;
        lock (_gate)
        {
            sender = _nodes[from];
            direction = DirectionOf(from, to);
            direction.IsUp = isUp;
        }

        // The receiving end hears of it, behind what has been delivered already.
        direction.Clear();
        direction.Add(receiver =>
        {
            if (isUp)
            {
                receiver.LinkUp(sender.Node);
            }
            else
            {
                receiver.LinkDown(sender.Node);
            }
        });
    }

    private bool TrySend(string from, string to, ReadOnlySpan<byte> bytes)
    {
        Direction direction;
        LoopbackTransport sender;
        lock (_gate)
        {
            if (!_directions.TryGetValue((from, to), out direction!) || !direction.IsUp)
            {
                return false;
            }

            sender = _nodes[from];
        }

        var frame = new LoopbackFrame(from, to, bytes.ToArray());
        if (Refuses?.Invoke(frame) == true)
        {
            return false;
        }

        if (!automatic)
        {
            Sent.Add(frame);
        }

        direction.Add(receiver => receiver.Received(sender.Node, frame.Bytes), Fault?.Invoke(frame) ?? LoopbackFault.None);
        return true;
    }

    private Direction DirectionOf(string from, string to)
    {
        if (!_directions.TryGetValue((from, to), out var direction))
        {
            direction = new Direction(() => _nodes[to].Receiver!, automatic);
            _directions.Add((from, to), direction);
        }

        return direction;
    }

    private sealed class Direction(Func<INodeReceiver> receiver, bool automatic) : IThreadPoolWorkItem
    {
        private readonly Lock _gate = new();
        private readonly LinkedList<Action<INodeReceiver>> _waiting = new();
        private bool _swapNext;
        private bool _pumping;

        public bool IsUp { get; set; }

        public void Add(Action<INodeReceiver> delivery, LoopbackFault fault = LoopbackFault.None)
        {
            lock (_gate)
            {
                if (fault != LoopbackFault.Drop)
                {
                    if (_swapNext && _waiting.Last is { } last)
                    {
                        _waiting.AddBefore(last, delivery);
                    }
                    else
                    {
                        _waiting.AddLast(delivery);
                    }
                }

                if (fault == LoopbackFault.Repeat)
                {
                    _waiting.AddLast(delivery);
                }

                _swapNext = fault == LoopbackFault.Swap;
                if (!automatic || _pumping)
                {
                    return;
                }

                _pumping = true;
            }

            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Clear()
        {
            lock (_gate)
            {
                _waiting.Clear();
                _swapNext = false;
            }
        }

        public int DeliverSome()
        {
            var delivered = 0;
            while (Take() is { } delivery)
            {
                delivery(receiver());
                delivered++;
            }

            return delivered;
        }

        public void Execute() => DeliverSome();

        private Action<INodeReceiver>? Take()
        {
            lock (_gate)
            {
                var first = _waiting.First;
                if (first is null)
                {
                    _pumping = false;
                    return null;
                }

                _waiting.RemoveFirst();
                return first.Value;
            }
        }
    }

    private sealed class LoopbackTransport(LoopbackNetwork network, NodeIdentity node) : INodeTransport
    {
        public NodeIdentity Node { get; } = node;

        public INodeReceiver? Receiver { get; private set; }

        public int FrameBytesMax => network.FrameBytesMax;

        public ValueTask<string> StartAsync(INodeReceiver receiver, CancellationToken cancellationToken)
        {
            Receiver = receiver;
            return ValueTask.FromResult(Node.Address);
        }

        public void SetPeers(NodeIdentity self, IReadOnlyList<NodeIdentity> peers)
        {
            // The test makes the links.
        }

        public bool TrySend(string node, ReadOnlySpan<byte> frame) => network.TrySend(Node.Name, node, frame);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
