using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Rooms;

/// <summary>All members of all rooms vote in turn, so many votes a second in all, whatever comes back (open loop).</summary>
internal sealed class VoteLoad(IReadOnlyList<VotingRoom> rooms, double perSecond) : ILoad
{
    private readonly double _interval = 1_000_000 / perSecond;
    private readonly double _startedAt = Stamp.Now;
    private long _sent;

    public long SendDue(long now)
    {
        while (DueAt(_sent) is var due && due <= now)
        {
            // The next vote is another room's; a room's next vote is another member's.
            var (turn, room) = Math.DivRem(_sent++, rooms.Count);
            rooms[(int)room].SendVote((int)(turn % rooms[(int)room].Members.Count), due);
        }

        return DueAt(_sent);
    }

    private long DueAt(long number) => (long)(_startedAt + (number * _interval));
}

/// <summary>Nobody says anything.</summary>
internal sealed class NoLoad : ILoad
{
    public long SendDue(long now) => long.MaxValue;
}
