using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Rooms;

/// <summary>
/// A room of the bare peer: one turn at a time takes everything that waits, stores a row for each vote, and when these are durable sends
/// them all in one write to each member, and each voter's acknowledgements.
/// </summary>
internal sealed class BareVoteRoom : IBareRoom, IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly IRowCommit _rows;
    private readonly int _number;
    private readonly byte[] _template;
    private readonly List<BareMember> _members = [];
    private List<(BareMember Voter, long Id)> _waiting = [];
    private List<(BareMember Voter, long Id)> _taken = [];
    private BareMember[] _present = [];
    private long _seq;
    private bool _running;

    /// <param name="rows">Where votes are stored.</param>
    /// <param name="number">The room's number, from 0.</param>
    /// <param name="payloadBytes">How long what members see of a vote is: 130 to 65,535.</param>
    public BareVoteRoom(IRowCommit rows, int number, int payloadBytes)
    {
        const int HeaderBytes = 4;
        _rows = rows;
        _number = number;
        _template = new byte[HeaderBytes + payloadBytes];
        _template[0] = 0x81;
        _template[1] = 126;
        BinaryPrimitives.WriteUInt16BigEndian(_template.AsSpan(2), (ushort)payloadBytes);
        _template.AsSpan(HeaderBytes).Fill((byte)'x');
        """{"type":"v"""u8.CopyTo(_template.AsSpan(HeaderBytes));
    }

    public void Join(BareMember member)
    {
        lock (_gate)
        {
            _members.Add(member);
        }
    }

    public void Leave(BareMember member)
    {
        lock (_gate)
        {
            _members.Remove(member);
        }
    }

    /// <summary>A member votes.</summary>
    public void Post(BareMember voter, ReadOnlySpan<byte> payload)
    {
        var id = FrameText.Number(payload, "\"id\":"u8);
        lock (_gate)
        {
            _waiting.Add((voter, id));
            if (_running)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        while (Take())
        {
            var first = _seq + 1;
            _seq += _taken.Count;
            await _rows.CommitAsync(_number, first, _taken.Count);
            Publish(first);
        }
    }

    private bool Take()
    {
        _taken.Clear();
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _running = false;
                return false;
            }

            (_waiting, _taken) = (_taken, _waiting);
            _present = [.. _members];
            return true;
        }
    }

    private void Publish(long first)
    {
        var frames = new byte[_taken.Count * _template.Length];
        for (var i = 0; i < _taken.Count; i++)
        {
            var frame = frames.AsSpan(i * _template.Length, _template.Length);
            _template.CopyTo(frame);
            WriteEnd(frame, first + i);
        }

        foreach (var member in _present)
        {
            member.Send(frames);
        }

        foreach (ref var vote in CollectionsMarshal.AsSpan(_taken))
        {
            vote.Voter.Send(Ack(vote.Id, first++));
        }
    }

    private static void WriteEnd(Span<byte> frame, long seq)
    {
        Span<byte> end = stackalloc byte[32];
        ",\"seq\":"u8.CopyTo(end);
        seq.TryFormat(end[7..], out var digits, default, CultureInfo.InvariantCulture);
        end[7 + digits] = (byte)'}';
        end[..(8 + digits)].CopyTo(frame[^(8 + digits)..]);
    }

    private static byte[] Ack(long id, long seq)
    {
        var text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"ack","id":{{id}},"seq":{{seq}}}"""));
        return [0x81, (byte)text.Length, .. text];
    }
}
