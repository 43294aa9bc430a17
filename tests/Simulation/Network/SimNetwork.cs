using AkkaParty.Runtime.Membership;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;

namespace AkkaParty.Simulation.Network;

/// <summary>Whether a frame is lost.</summary>
internal delegate bool FrameLoss(string from, string to, ReadOnlySpan<byte> frame);

/// <summary>
/// The network between the nodes. A partition holds frames back; when it lasts longer than a link's patience the link ends and
/// they are lost. Besides that, single frames may be delayed, lost, doubled and overtaken.
/// </summary>
internal sealed class SimNetwork(SimWorld world, Coverage coverage)
{
    private readonly SimRandom _random = world.Random.Fork("network");
    private readonly List<SimTransport> _transports = [];
    private readonly HashSet<(string From, string To)> _cuts = [];

    /// <summary>How long a link lives without a sign from the other side.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(2);

    public FaultRates Rates { get; set; } = FaultRates.None;

    /// <summary>Which frames are lost now; null for none in particular.</summary>
    public FrameLoss? Loses { get; set; }

    public SimTransport Open(SimProcess process, string name)
    {
        var transport = new SimTransport(this, process, name);
        _transports.RemoveAll(other => other.Process.IsDead);
        _transports.Add(transport);
        return transport;
    }

    /// <summary>Whether frames go from one node to the other.</summary>
    public bool IsCut(string from, string to) => _cuts.Contains((from, to));

    public void Cut(string from, string to)
    {
        if (_cuts.Add((from, to)))
        {
            world.Note("cut", from, text: to);
            world.After(Patience + _random.Milliseconds(0, 300), () => CloseSilent(from, to));
        }
    }

    public void Heal(string from, string to)
    {
        if (!_cuts.Remove((from, to)))
        {
            return;
        }

        world.Note("healed", from, text: to);
        foreach (var link in Links().Where(link => !link.IsClosed))
        {
            Release(link, link.From(link.First));
            Release(link, link.From(link.Second));
        }

        void Release(SimLink link, SimLink.Direction direction)
        {
            while (!IsCut(direction.Sender.Name, direction.Receiver.Name) && direction.Kept.TryDequeue(out var frame))
            {
                Deliver(link, direction, frame);
            }
        }
    }

    public void HealAll()
    {
        foreach (var (from, to) in _cuts.OrderBy(cut => $"{cut.From} {cut.To}", StringComparer.Ordinal).ToList())
        {
            Heal(from, to);
        }
    }

    /// <summary>Ends one link, as a broken cable or a full switch does; it is made again by itself.</summary>
    public bool Flap()
    {
        var links = Links();
        if (links.Count == 0)
        {
            return false;
        }

        Close(_random.Pick(links), TimeSpan.Zero);
        return true;
    }

    /// <summary>The process does not answer any more: its peers lose patience with it.</summary>
    public void LosePatienceWith(SimTransport silent) =>
        world.After(Patience, () =>
        {
            if (silent.Process.State != ProcessState.Running)
            {
                CloseAll(silent);
            }
        });

    /// <summary>Links to whom a run does not name any more are closed; missing ones are made.</summary>
    public void PeersChanged(SimTransport changed)
    {
        foreach (var link in changed.Links.Values.ToList())
        {
            if (!Names(link.First, link.SecondNode) || !Names(link.Second, link.FirstNode))
            {
                Close(link, TimeSpan.Zero);
            }
        }

        foreach (var peer in changed.Peers)
        {
            Dial(changed, peer.Name);
        }
    }

    public bool Send(SimLink link, SimTransport sender, ReadOnlySpan<byte> frame)
    {
        if (_random.Chance(Rates.LinkFull))
        {
            coverage.Add(Seen.LinkFull);
            return false;
        }

        var direction = link.From(sender);
        if (Of(frame[0]) is { } seen)
        {
            coverage.Add(seen);
        }

        world.Note("sends", sender.Name, frame.Length, frame[0], direction.Receiver.Name);
        if (_random.Chance(Rates.FrameDropped) || Loses?.Invoke(sender.Name, direction.Receiver.Name, frame) == true)
        {
            coverage.Add(Seen.FrameDropped);
            return true;
        }

        var copy = frame.ToArray();
        if (IsCut(sender.Name, direction.Receiver.Name))
        {
            direction.Kept.Enqueue(copy);
            return true;
        }

        Deliver(link, direction, copy);
        if (_random.Chance(Rates.FrameDoubled))
        {
            coverage.Add(Seen.FrameDoubled);
            Deliver(link, direction, copy);
        }

        return true;
    }

    /// <summary>What the frames that every build sends are called.</summary>
    private static Seen? Of(byte type) => type switch
    {
        1 => Seen.RemoteAsk,
        3 => Seen.Moved,
        16 => Seen.RemoteSubscribe,
        _ => null,
    };

    private void Deliver(SimLink link, SimLink.Direction direction, byte[] frame)
    {
        var travels = _random.Milliseconds(0.05, 1);
        if (_random.Chance(Rates.FrameDelayed))
        {
            coverage.Add(Seen.FrameDelayed);
            travels += _random.Milliseconds(1, 300);
        }

        var arrival = world.Now + travels.Ticks;
        if (_random.Chance(Rates.FrameReordered))
        {
            // Late and without holding up those behind it.
            coverage.Add(Seen.FrameReordered);
            arrival = Math.Max(arrival, direction.LastArrival) + _random.Milliseconds(0.1, 20).Ticks;
        }
        else
        {
            arrival = direction.LastArrival = Math.Max(arrival, direction.LastArrival + 1);
        }

        world.After(new TimeSpan(arrival - world.Now), () =>
        {
            if (!link.IsClosed)
            {
                direction.Receiver.InboxOf(link.NodeOf(direction.Sender)).AddFrame(link, frame);
            }
        });
    }

    /// <summary>Tries until there is a link or it is not wanted any more.</summary>
    private void Dial(SimTransport from, string name)
    {
        if (from.Dialed.Add(name))
        {
            world.After(_random.Milliseconds(1, 60), () => TryDial(from, name));
        }
    }

    private void TryDial(SimTransport from, string name)
    {
        if (from.Process.IsDead || from.Links.GetValueOrDefault(name) is { IsClosed: false } || from.Peers.All(peer => peer.Name != name))
        {
            from.Dialed.Remove(name);
            return;
        }

        if (_transports.Find(other => other.Name == name && !other.Process.IsDead) is { } to && CanLink(from, to))
        {
            from.Dialed.Remove(name);
            Link(from, to);
            return;
        }

        world.After(_random.Milliseconds(50, 400), () => TryDial(from, name));
    }

    private bool CanLink(SimTransport one, SimTransport other) =>
        one.Process.State == ProcessState.Running && other.Process.State == ProcessState.Running
        && one.Self is { } oneNode && other.Self is { } otherNode && Names(one, otherNode) && Names(other, oneNode)
        && !one.Links.ContainsKey(other.Name) && !other.Links.ContainsKey(one.Name)
        && !IsCut(one.Name, other.Name) && !IsCut(other.Name, one.Name);

    private static bool Names(SimTransport one, NodeIdentity other) =>
        one.Peers.Any(peer => peer.Name == other.Name && peer.Incarnation == other.Incarnation);

    private void Link(SimTransport one, SimTransport other)
    {
        var link = new SimLink(one, other);
        one.Links[other.Name] = link;
        other.Links[one.Name] = link;
        world.Note("link", one.Name, link.FirstNode.Incarnation, link.SecondNode.Incarnation, other.Name);
        one.InboxOf(link.SecondNode).AddUp(link);
        other.InboxOf(link.FirstNode).AddUp(link);
    }

    private void CloseAll(SimTransport side)
    {
        foreach (var link in side.Links.Values.ToList())
        {
            Close(link, TimeSpan.Zero);
        }
    }

    private void CloseSilent(string from, string to)
    {
        if (!IsCut(from, to))
        {
            return;
        }

        foreach (var link in Links().Where(link => Connects(link, from, to)))
        {
            Close(link, _random.Milliseconds(0, 100));
        }
    }

    /// <summary>Both sides learn of it, one of them perhaps a little later.</summary>
    private void Close(SimLink link, TimeSpan lag)
    {
        if (link.IsClosed)
        {
            return;
        }

        link.IsClosed = true;
        world.Note("unlink", link.First.Name, link.FirstNode.Incarnation, link.SecondNode.Incarnation, link.Second.Name);
        Tell(link.First, link.SecondNode);
        world.After(lag + _random.Milliseconds(0, 2), () => Tell(link.Second, link.FirstNode));

        void Tell(SimTransport side, NodeIdentity peer)
        {
            side.InboxOf(peer).AddDown(link);
            Dial(side, peer.Name);
        }
    }

    private static bool Connects(SimLink link, string one, string other) =>
        (link.First.Name == one && link.Second.Name == other) || (link.First.Name == other && link.Second.Name == one);

    private List<SimLink> Links() =>
        [.. _transports.SelectMany(transport => transport.Links.Values.Where(link => link.First == transport && !link.IsClosed))];
}
