using System.Net;

namespace AkkaParty.Bench.Sockets;

/// <summary>All connections of the load generator, on one thread that sends and receives.</summary>
internal sealed class Fleet : IDisposable
{
    private readonly Epoll _epoll = new();
    private readonly List<MemberSocket> _members = [];
    private readonly byte[] _buffer = new byte[256 * 1024];

    public Traffic Traffic { get; } = new();

    public List<Room> Rooms { get; } = [];

    /// <summary>How many connections the server has closed.</summary>
    public int Lost => _members.Count(member => member.Closed);

    /// <summary>Connects everybody, and receives meanwhile.</summary>
    /// <param name="server">The server.</param>
    /// <param name="targets">Each room's members' request targets.</param>
    public void Connect(IPEndPoint server, IReadOnlyList<IReadOnlyList<string>> targets)
    {
        foreach (var room in targets)
        {
            var seats = new Room(Traffic);
            Rooms.Add(seats);
            foreach (var target in room)
            {
                var member = MemberSocket.Connect(server, target, seats);
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

    /// <summary>Receives what has come.</summary>
    public void Pump(int timeoutMilliseconds)
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
