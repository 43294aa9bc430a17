using System.Net;

namespace AkkaParty.Bench.Sockets;

/// <summary>All connections of the load generator, on one thread that sends and receives.</summary>
/// <typeparam name="TRoom">What the rooms make of what they hear.</typeparam>
/// <param name="traffic">What all of them count.</param>
/// <param name="newRoom">Makes a room.</param>
internal sealed class Fleet<TRoom>(Traffic traffic, Func<Traffic, TRoom> newRoom) : IDisposable
    where TRoom : Room
{
    private readonly Epoll _epoll = new();
    private readonly List<MemberSocket> _members = [];
    private readonly byte[] _buffer = new byte[256 * 1024];

    public Traffic Traffic => traffic;

    public List<TRoom> Rooms { get; } = [];

    /// <summary>Everybody, room by room.</summary>
    public IReadOnlyList<MemberSocket> Members => _members;

    /// <summary>How many connections the server has closed.</summary>
    public int Lost => _members.Count(member => member.Closed);

    /// <summary>Connects everybody, and receives meanwhile.</summary>
    /// <param name="server">The server.</param>
    /// <param name="targets">Each room's members' request targets.</param>
    public void Connect(IPEndPoint server, IReadOnlyList<IReadOnlyList<string>> targets)
    {
        foreach (var room in targets)
        {
            var seats = newRoom(traffic);
            Rooms.Add(seats);
            foreach (var target in room)
            {
                var member = MemberSocket.Connect(server, target, seats, seats.Members.Count);
                seats.Members.Add(member);
                _epoll.Watch(member.Handle, _members.Count);
                _members.Add(member);
                Pump(0);
            }
        }
    }

    /// <summary>Receives until nothing has come for a while.</summary>
    /// <exception cref="InvalidOperationException">It did not become quiet within a minute.</exception>
    public void Settle(TimeSpan quiet)
    {
        var started = Stamp.Now;
        var last = started;
        var deliveries = -1L;
        while (Stamp.Now - last < quiet.TotalMicroseconds)
        {
            if (Stamp.Now - started > 60_000_000)
            {
                throw new InvalidOperationException("The server does not become quiet.");
            }

            Pump(10);
            if (Traffic.Deliveries != deliveries)
            {
                deliveries = Traffic.Deliveries;
                last = Stamp.Now;
            }
        }
    }

    /// <summary>Sends and receives for a while.</summary>
    public void Run(ILoad load, TimeSpan duration)
    {
        var end = Stamp.Now + (long)duration.TotalMicroseconds;
        while (Stamp.Now is var now && now < end)
        {
            var next = load.SendDue(now);
            var wait = Math.Clamp((next - Stamp.Now) / 1_000, 0, 20);
            Pump((int)wait);
        }
    }

    /// <summary>
    /// Sends and receives for a while, looking once in a millisecond: with thousands of messages a second, waking for each of them
    /// would cost more than the messages. What the generator adds to a latency is a millisecond at either end.
    /// </summary>
    public void RunByTicks(ILoad load, TimeSpan duration)
    {
        using var pause = new Epoll();
        var end = Stamp.Now + (long)duration.TotalMicroseconds;
        while (Stamp.Now is var now && now < end)
        {
            load.SendDue(now);
            while (Pump(0) == Epoll.EventsMax)
            {
            }

            // Nothing is watched here: this only passes the rest of the millisecond.
            pause.Wait(1);
        }
    }

    /// <summary>Receives what has come.</summary>
    /// <returns>How many connections had something.</returns>
    public int Pump(int timeoutMilliseconds)
    {
        var count = _epoll.Wait(timeoutMilliseconds);
        for (var i = 0; i < count; i++)
        {
            var member = _members[_epoll.Tag(i)];
            member.Receive(_buffer);
            if (member.Closed)
            {
                _epoll.Forget(member.Handle);
            }
        }

        return count;
    }

    public void Dispose()
    {
        _members.ForEach(member => member.Dispose());
        _epoll.Dispose();
    }
}

/// <summary>What the generator sends.</summary>
internal interface ILoad
{
    /// <summary>Sends everything that is due.</summary>
    /// <param name="now">The instant.</param>
    /// <returns>When something is due next.</returns>
    long SendDue(long now);
}
