namespace AkkaParty.Bench.Sockets;

/// <summary>One room as the load generator sees it: its members, and when it sent what.</summary>
internal sealed class Room(Traffic traffic)
{
    // Sequence numbers come back with states: the last 4,096 sends are remembered by theirs.
    private const int Remembered = 4_096;
    private readonly long[] _sentAt = new long[Remembered];
    private long _lastSeq;
    private long _nextSeq;

    public Traffic Traffic => traffic;

    public List<MemberSocket> Members { get; } = [];

    /// <summary>From now on each event this room sends gets the next number.</summary>
    public void ExpectFromHere() => _nextSeq = _lastSeq;

    /// <summary>An event was sent.</summary>
    public void NoteSent(long microseconds) => _sentAt[++_nextSeq % Remembered] = microseconds;

    /// <summary>A text frame came to one of the members.</summary>
    public void OnText(byte kind, long length, ReadOnlySpan<byte> tail)
    {
        if (kind == 'r')
        {
            traffic.Deliver(length, Stamp.Read(tail[^(Stamp.Length + ClientFrames.AfterStamp)..^ClientFrames.AfterStamp]));
        }
        else if (kind == 'p' && ReadSeq(tail) is var seq and > 0)
        {
            _lastSeq = Math.Max(_lastSeq, seq);
            traffic.Deliver(length, seq <= _nextSeq ? _sentAt[seq % Remembered] : 0);
        }
        else if (kind == 'e')
        {
            traffic.Errors++;
        }
    }

    private static long ReadSeq(ReadOnlySpan<byte> tail)
    {
        var at = tail.LastIndexOf("\"seq\":"u8);
        if (at < 0)
        {
            return 0;
        }

        long seq = 0;
        foreach (var digit in tail[(at + 6)..])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            seq = (seq * 10) + digit - '0';
        }

        return seq;
    }
}
