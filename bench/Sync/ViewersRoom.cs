using System.Globalization;
using System.Text;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Sync;

/// <summary>A watch party with many viewers, as the load generator sees it: its first member changes the rate, everybody is told.</summary>
internal sealed class ViewersRoom(Traffic traffic) : Room(traffic)
{
    private const int Remembered = 4_096;
    private readonly long[] _dueAt = new long[Remembered];
    private long[] _seen = [];
    private long _sent;

    /// <summary>From now on every change is counted.</summary>
    public void Open() => _seen = new long[Members.Count];

    /// <summary>The first member changes the rate: there and back again, so that each command changes something.</summary>
    public void Command(long due)
    {
        _dueAt[++_sent % Remembered] = due;
        var payload = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$"""{"type":"rate","rate":{{(_sent % 2 == 0 ? 1 : 1.25)}},"id":{{_sent}}}"""));
        Members[0].Enqueue([0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]);
        Members[0].Flush();
    }

    public override void OnText(MemberSocket member, byte kind, long length, ReadOnlySpan<byte> tail)
    {
        // Nobody reacts, so what begins with r is a rate; each member gets them in the order in which they were sent.
        if (kind == 'r' && _seen.Length > 0)
        {
            Traffic.Deliver(length, _dueAt[++_seen[member.Index] % Remembered]);
        }
        else if (kind == 'e')
        {
            Traffic.Errors++;
        }
        else
        {
            Traffic.Deliver(length, sentAt: 0);
        }
    }
}

/// <summary>Commands at a fixed pace, whatever comes back.</summary>
internal sealed class CommandLoad(ViewersRoom room, double perSecond) : ILoad
{
    private readonly double _interval = 1_000_000 / perSecond;
    private readonly double _startedAt = Stamp.Now;
    private long _sent;

    private long DueAt => (long)(_startedAt + (_sent * _interval));

    public long SendDue(long now)
    {
        while (DueAt is var due && due <= now)
        {
            room.Command(due);
            _sent++;
        }

        return DueAt;
    }
}
