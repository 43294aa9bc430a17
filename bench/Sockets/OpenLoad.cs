namespace AkkaParty.Bench.Sockets;

/// <summary>
/// Every room gets messages at a fixed rate, whatever comes back (open loop). A message carries the instant at which it
/// was due, so that a generator or a server that lags behind shows as latency.
/// </summary>
internal sealed class OpenLoad : ILoad
{
    private readonly IReadOnlyList<PartyRoom> _rooms;
    private readonly double _interval;
    private readonly int _senders;
    private readonly bool _events;
    private readonly long[] _sent;
    private readonly double _startedAt = Stamp.Now;

    /// <summary>Plans the load.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="perSecond">Messages per room and second.</param>
    /// <param name="senders">How many members of a room send, in turn.</param>
    /// <param name="events">Whether messages are votes, which change the party, or reactions, which do not.</param>
    public OpenLoad(IReadOnlyList<PartyRoom> rooms, double perSecond, int senders, bool events)
    {
        _rooms = rooms;
        _interval = 1_000_000 / perSecond;
        _senders = senders;
        _events = events;
        _sent = new long[rooms.Count];
    }

    public long SendDue(long now)
    {
        var next = long.MaxValue;
        for (var index = 0; index < _rooms.Count; index++)
        {
            var room = _rooms[index];
            while (DueAt(index) is var due && due <= now)
            {
                Send(room, _sent[index]++, due);
            }

            next = Math.Min(next, DueAt(index));
            for (var sender = 0; sender < _senders; sender++)
            {
                room.Members[^(sender + 1)].Flush();
            }
        }

        return next;
    }

    // Rooms do not speak at the same instant: they are spread over the interval.
    private long DueAt(int room) => (long)(_startedAt + ((_sent[room] + ((double)room / _rooms.Count)) * _interval));

    private void Send(PartyRoom room, long number, long due)
    {
        var sender = room.Members[^((int)(number % _senders) + 1)];
        if (_events)
        {
            // Each sender's own votes alternate: a repeated one would change nothing.
            sender.Enqueue(ClientFrames.Votes[number / _senders % 2]);
            room.NoteSent(due);
        }
        else
        {
            sender.Enqueue(ClientFrames.Reaction(due));
        }
    }
}
