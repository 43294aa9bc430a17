using System.Buffers;

namespace AkkaParty.Runtime.Entities;

/// <summary>The commands of one client session that an entity has carried out: the highest number and the window below it.</summary>
internal sealed class Session(Guid id)
{
    // Sorted by number, at most CommandId.InFlightMax of them; most sessions have one (an idempotency key).
    private readonly List<(long Number, long Seq)> _window = new(1);
    private long _highest;

    public Guid Id { get; } = id;

    public DateTimeOffset LastAt { get; private set; }

    public (CommandStanding Standing, long Seq) Find(long number)
    {
        if (number > _highest)
        {
            return (CommandStanding.New, 0);
        }

        foreach (var done in _window)
        {
            if (done.Number == number)
            {
                return (CommandStanding.Done, done.Seq);
            }
        }

        return (number <= _highest - CommandId.InFlightMax ? CommandStanding.Expired : CommandStanding.New, 0);
    }

    public void Record(long number, long seq, DateTimeOffset at)
    {
        var index = _window.Count;
        while (index > 0 && _window[index - 1].Number > number)
        {
            index--;
        }

        _window.Insert(index, (number, seq));
        _highest = Math.Max(_highest, number);
        LastAt = at;
        while (_window[0].Number <= _highest - CommandId.InFlightMax)
        {
            _window.RemoveAt(0);
        }
    }

    public void Encode(IBufferWriter<byte> output)
    {
        Id.TryWriteBytes(output.GetSpan(16));
        output.Advance(16);
        SessionTable.WriteInt64(output, LastAt.UtcTicks);
        SessionTable.WriteInt64(output, _highest);
        SessionTable.WriteInt64(output, _window.Count);
        foreach (var (number, seq) in _window)
        {
            SessionTable.WriteInt64(output, number);
            SessionTable.WriteInt64(output, seq);
        }
    }

    public static Session Decode(ref ReadOnlySpan<byte> input)
    {
        var session = new Session(new Guid(input[..16]));
        input = input[16..];
        session.LastAt = new DateTimeOffset(SessionTable.ReadInt64(ref input), TimeSpan.Zero);
        session._highest = SessionTable.ReadInt64(ref input);
        var count = SessionTable.ReadInt64(ref input);
        for (var i = 0L; i < count; i++)
        {
            session._window.Add((SessionTable.ReadInt64(ref input), SessionTable.ReadInt64(ref input)));
        }

        return session;
    }
}
