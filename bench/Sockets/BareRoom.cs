using System.Buffers.Binary;

namespace AkkaParty.Bench.Sockets;

/// <summary>A room of the bare peer.</summary>
internal interface IBareRoom
{
    void Join(BareMember member);

    void Leave(BareMember member);

    /// <summary>A member says something.</summary>
    void Post(BareMember member, ReadOnlySpan<byte> payload);
}

/// <summary>A room of the bare broadcaster: one turn at a time takes everything that waits.</summary>
internal sealed class BareRoom : IBareRoom, IThreadPoolWorkItem
{
    // What a reaction's end looks like: the stamp and what follows it are taken from the sender's message.
    private const int TailBytes = Stamp.Length + ClientFrames.AfterStamp;
    private readonly Lock _gate = new();
    private readonly byte[] _template;
    private readonly List<BareMember> _members = [];
    private List<byte> _waiting = [];
    private List<byte> _taken = [];
    private bool _scheduled;

    public BareRoom(int payloadBytes)
    {
        var header = payloadBytes < 126 ? 2 : payloadBytes <= ushort.MaxValue ? 4 : 10;
        _template = new byte[header + payloadBytes];
        _template[0] = 0x81;
        _template[1] = (byte)(header == 2 ? payloadBytes : header == 4 ? 126 : 127);
        if (header == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_template.AsSpan(2), (ushort)payloadBytes);
        }
        else if (header == 10)
        {
            BinaryPrimitives.WriteInt64BigEndian(_template.AsSpan(2), payloadBytes);
        }

        _template.AsSpan(header).Fill((byte)'x');
        """{"type":"r"""u8.CopyTo(_template.AsSpan(header));
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

    public void Post(BareMember member, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            _waiting.AddRange(payload[^TailBytes..]);
            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        BareMember[] members;
        lock (_gate)
        {
            (_waiting, _taken) = (_taken, _waiting);
            members = [.. _members];
        }

        var frames = Frames();
        _taken.Clear();
        foreach (var member in members)
        {
            member.Send(frames);
        }

        lock (_gate)
        {
            _scheduled = _waiting.Count > 0;
            if (!_scheduled)
            {
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private byte[] Frames()
    {
        var count = _taken.Count / TailBytes;
        var frames = new byte[count * _template.Length];
        var tails = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_taken);
        for (var i = 0; i < count; i++)
        {
            var frame = frames.AsSpan(i * _template.Length, _template.Length);
            _template.CopyTo(frame);
            tails.Slice(i * TailBytes, TailBytes).CopyTo(frame[^TailBytes..]);
        }

        return frames;
    }
}
