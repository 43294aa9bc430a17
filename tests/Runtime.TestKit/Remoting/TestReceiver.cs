using System.Collections.Concurrent;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;

namespace AkkaParty.Runtime.TestKit.Remoting;

/// <summary>Writes down what it hears, and checks what every transport must keep to.</summary>
/// <param name="name">Its node's name.</param>
/// <param name="signal">Told of everything it hears.</param>
public sealed class TestReceiver(string name, HearingSignal signal) : INodeReceiver, IDisposable
{
    private readonly ConcurrentDictionary<string, int> _underWay = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, NodeIdentity> _up = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly Lock _gate = new();
    private readonly List<(NodeIdentity Peer, string What)> _heard = [];
    private readonly Dictionary<NodeIdentity, List<byte[]>> _frames = [];

    public string Name => name;

    /// <summary>What a transport did that none may do.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>Called for every frame, on the transport's thread.</summary>
    public Action<NodeIdentity, byte[]> OnFrame { get; set; } = (_, _) => { };

    /// <summary>Called for every link that comes up, on the transport's thread.</summary>
    public Action<NodeIdentity> OnUp { get; set; } = _ => { };

    public bool IsUp(NodeIdentity peer) => _up.TryGetValue(peer.Name, out var now) && now == peer;

    /// <summary>What it heard of one peer, in order: LinkUp, Received, LinkDown.</summary>
    public IReadOnlyList<string> Of(NodeIdentity peer)
    {
        lock (_gate)
        {
            return [.. _heard.Where(heard => heard.Peer == peer).Select(heard => heard.What)];
        }
    }

    /// <summary>How many frames it received from one peer.</summary>
    public int Count(NodeIdentity peer)
    {
        lock (_gate)
        {
            return _frames.TryGetValue(peer, out var frames) ? frames.Count : 0;
        }
    }

    /// <summary>The frames it received from one peer, in order.</summary>
    public IReadOnlyList<byte[]> Frames(NodeIdentity peer)
    {
        lock (_gate)
        {
            return _frames.TryGetValue(peer, out var frames) ? [.. frames] : [];
        }
    }

    public void LinkUp(NodeIdentity peer) => Alone(peer, () =>
    {
        if (!_up.TryAdd(peer.Name, peer))
        {
            _violations.Enqueue($"{name}: a second link to {peer} is up");
        }

        OnUp(peer);
        Note(peer, nameof(LinkUp), frame: null);
    });

    public void Received(NodeIdentity peer, ReadOnlySpan<byte> frame)
    {
        var copy = frame.ToArray();
        Alone(peer, () =>
        {
            _open.Wait();
            if (!IsUp(peer))
            {
                _violations.Enqueue($"{name}: a frame from {peer} came without a link");
            }

            OnFrame(peer, copy);
            Note(peer, nameof(Received), copy);
        });
    }

    public void LinkDown(NodeIdentity peer) => Alone(peer, () =>
    {
        if (!_up.TryRemove(KeyValuePair.Create(peer.Name, peer)))
        {
            _violations.Enqueue($"{name}: a link to {peer} is down that was not up");
        }

        Note(peer, nameof(LinkDown), frame: null);
    });

    /// <summary>Holds the transport's thread at the next frame.</summary>
    public void Block() => _open.Reset();

    public void Unblock() => _open.Set();

    public void Dispose() => _open.Dispose();

    private void Note(NodeIdentity peer, string what, byte[]? frame)
    {
        lock (_gate)
        {
            _heard.Add((peer, what));
            if (frame is not null)
            {
                if (!_frames.TryGetValue(peer, out var frames))
                {
                    _frames.Add(peer, frames = []);
                }

                frames.Add(frame);
            }
        }

        signal.Note();
    }

    private void Alone(NodeIdentity peer, Action what)
    {
        if (_underWay.AddOrUpdate(peer.Name, 1, (_, count) => count + 1) > 1)
        {
            _violations.Enqueue($"{name}: two calls about {peer} overlap");
        }

        try
        {
            what();
        }
        finally
        {
            _underWay.AddOrUpdate(peer.Name, 0, (_, count) => count - 1);
        }
    }
}
