namespace AkkaParty.Bench.Sockets;

/// <summary>A party as the load generator sees it: when it sent what.</summary>
internal sealed class PartyRoom(Traffic traffic) : Room(traffic)
{
    // Sequence numbers come back with states: the last 4,096 sends are remembered by theirs.
    private const int Remembered = 4_096;
    private readonly long[] _sentAt = new long[Remembered];
    private long _lastSeq;
    private long _nextSeq;

    /// <summary>From now on each event this room sends gets the next number.</summary>
    public void ExpectFromHere() => _nextSeq = _lastSeq;

    /// <summary>An event was sent.</summary>
    public void NoteSent(long microseconds) => _sentAt[++_nextSeq % Remembered] = microseconds;

    public override void OnText(MemberSocket member, byte kind, long length, ReadOnlySpan<byte> tail)
    {
        if (kind == 'r')
        {
            Traffic.Deliver(length, Stamp.Read(tail[^(Stamp.Length + ClientFrames.AfterStamp)..^ClientFrames.AfterStamp]));
        }
        else if (kind == 'p' && FrameText.Number(tail, "\"seq\":"u8) is var seq and > 0)
        {
            _lastSeq = Math.Max(_lastSeq, seq);
            Traffic.Deliver(length, seq <= _nextSeq ? _sentAt[seq % Remembered] : 0);
        }
        else if (kind == 'e')
        {
            Traffic.Errors++;
        }
    }
}
