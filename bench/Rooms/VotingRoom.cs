using System.Globalization;
using System.Text;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Rooms;

/// <summary>
/// A room as the load generator sees it: what each member has voted, when, and who has seen it. Every member votes on all items in turn
/// and changes their mind in each round, so that every vote is an event.
/// </summary>
internal sealed class VotingRoom(Traffic traffic, VoteTimes times) : Room(traffic)
{
    /// <summary>How many votes of one member may have no answer: the server remembers as many command numbers.</summary>
    public const int InFlightMax = 60;

    private const int IdsKept = 64;
    private const int SeqsKept = 4_096;
    private static readonly string[] Choices = ["up", "down"];

    private readonly Vote[] _votes = new Vote[SeqsKept];
    private byte[][] _heads = [];
    private Seat[] _seats = [];
    private bool _counts;

    /// <summary>How many votes of it have no answer.</summary>
    public long InFlight => _seats.Sum(seat => seat.Sent - seat.Answered);

    /// <summary>From now on every event is a vote.</summary>
    /// <param name="items">The items to vote on.</param>
    public void Open(IReadOnlyList<string> items)
    {
        _heads = [.. from item in items from choice in Choices select Encoding.ASCII.GetBytes(
            $$"""{"type":"vote","item_id":"{{item}}","vote":"{{choice}}","id":""")];
        _seats = [.. Members.Select(_ => new Seat())];
        _counts = true;
    }

    /// <summary>Sends a member's next vote.</summary>
    /// <param name="index">Which member.</param>
    /// <param name="due">The instant at which it was due.</param>
    public void SendVote(int index, long due)
    {
        var seat = _seats[index];
        if (seat.Sent - seat.Answered >= InFlightMax)
        {
            times.HeldBack++;
            return;
        }

        var number = seat.Sent++;
        var (round, item) = Math.DivRem(number + index, _heads.Length / Choices.Length);
        seat.DueAt[(number + 1) % IdsKept] = due;
        Span<byte> frame = stackalloc byte[160];
        frame[0] = 0x81;
        var head = _heads[(item * Choices.Length) + (round % Choices.Length)];
        head.CopyTo(frame[6..]);
        var length = head.Length;
        (number + 1).TryFormat(frame[(6 + length)..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        frame[6 + length++] = (byte)'}';
        frame[1] = (byte)(0x80 | length);
        frame[2..6].Clear();
        Members[index].Enqueue(frame[..(6 + length)]);
        Members[index].Flush();
    }

    /// <summary>How all votes stand when all that were sent are stored.</summary>
    /// <param name="item">Which item.</param>
    public (int Up, int Down) Tally(int item)
    {
        var items = _heads.Length / Choices.Length;
        var (up, down) = (0, 0);
        for (var index = 0; index < _seats.Length; index++)
        {
            // The member's votes have the numbers index, index + 1, ... of which every items-th is on this one.
            var end = index + _seats[index].Sent;
            var round = (end - 1 - item) / items;
            if (end > item && (round * items) + item >= index)
            {
                (up, down) = round % 2 == 0 ? (up + 1, down) : (up, down + 1);
            }
        }

        return (up, down);
    }

    public override void OnText(MemberSocket member, byte kind, long length, ReadOnlySpan<byte> tail)
    {
        Traffic.Deliver(length, sentAt: 0);
        if (!_counts)
        {
            return;
        }

        var seq = FrameText.Number(tail, "\"seq\":"u8);
        switch (kind)
        {
            case (byte)'v' when seq > 0:
                OnVote(_seats[member.Index], seq);
                break;
            case (byte)'a' when seq > 0:
                OnAck(_seats[member.Index], FrameText.Number(tail, "\"id\":"u8), seq);
                break;
            case (byte)'e':
                Traffic.Errors++;
                break;
        }
    }

    private void OnVote(Seat seat, long seq)
    {
        if (seat.Seq != 0 && seq != seat.Seq + 1)
        {
            times.Gaps++;
        }

        seat.Seq = seq;
        ref var vote = ref Remember(seq);
        vote.Seen++;
        vote.SeenAt = Stamp.Now;
        Conclude(vote);
    }

    private void OnAck(Seat seat, long id, long seq)
    {
        var due = seat.DueAt[id % IdsKept];
        seat.Answered++;
        times.Acknowledged++;
        times.ToAck.RecordMicroseconds(Stamp.Now - due);
        ref var vote = ref Remember(seq);
        vote.DueAt = due;
        Conclude(vote);
    }

    private ref Vote Remember(long seq)
    {
        ref var vote = ref _votes[seq % SeqsKept];
        if (vote.Seq != seq)
        {
            vote = new Vote { Seq = seq };
        }

        return ref vote;
    }

    private void Conclude(in Vote vote)
    {
        if (vote.Seen == Members.Count && vote.DueAt > 0)
        {
            times.ToEverybody.RecordMicroseconds(vote.SeenAt - vote.DueAt);
        }
    }

    /// <summary>A vote on its way, found by its event's number.</summary>
    private struct Vote
    {
        public long Seq;
        public long DueAt;
        public long SeenAt;
        public int Seen;
    }

    private sealed class Seat
    {
        public int Sent;
        public int Answered;
        public long Seq;
        public readonly long[] DueAt = new long[IdsKept];
    }
}
