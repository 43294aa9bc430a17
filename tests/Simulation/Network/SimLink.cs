using AkkaParty.Runtime.Membership;

namespace AkkaParty.Simulation.Network;

/// <summary>One connection between two node runs: two directions that keep their order, and one end for both.</summary>
internal sealed class SimLink(SimTransport first, SimTransport second)
{
    private readonly Direction _fromFirst = new(first, second);
    private readonly Direction _fromSecond = new(second, first);

    public SimTransport First => first;

    public SimTransport Second => second;

    /// <summary>Both sides know each other, as these runs.</summary>
    public NodeIdentity FirstNode { get; } = first.Self!;

    public NodeIdentity SecondNode { get; } = second.Self!;

    public bool IsClosed { get; set; }

    public Direction From(SimTransport sender) => sender == first ? _fromFirst : _fromSecond;

    public SimTransport Other(SimTransport side) => side == first ? second : first;

    public NodeIdentity NodeOf(SimTransport side) => side == first ? FirstNode : SecondNode;

    /// <summary>Whether this side has heard of the link and not yet of its end.</summary>
    public bool IsUpFor(SimTransport side) => From(side).IsOpen;

    public void OpenFor(SimTransport side) => From(side).IsOpen = true;

    public void CloseFor(SimTransport side)
    {
        From(side).IsOpen = false;
        if (side.Links.GetValueOrDefault(Other(side).Name) == this)
        {
            side.Links.Remove(Other(side).Name);
        }
    }

    /// <summary>One way of a link.</summary>
    internal sealed class Direction(SimTransport sender, SimTransport receiver)
    {
        public SimTransport Sender => sender;

        public SimTransport Receiver => receiver;

        public bool IsOpen { get; set; }

        /// <summary>When the last frame arrives: the next one does not overtake it.</summary>
        public long LastArrival { get; set; }

        /// <summary>Frames that wait for a partition to end, as unacknowledged bytes do.</summary>
        public Queue<byte[]> Kept { get; } = new();
    }
}
