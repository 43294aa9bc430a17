using System.Buffers;
using System.Buffers.Binary;

namespace AkkaParty.Runtime.Entities;

/// <summary>What an entity knows of a command id.</summary>
internal enum CommandStanding
{
    /// <summary>Never seen: decide it.</summary>
    New,

    /// <summary>Carried out before; its reply is stored with the event the table names.</summary>
    Done,

    /// <summary>So old that it cannot be told apart from a duplicate.</summary>
    Expired,
}

/// <summary>
/// An entity's memory of command ids. A function of its events alone (their times included), so that every node that
/// replays them remembers the same.
/// </summary>
internal sealed class SessionTable(int sessionsMax, TimeSpan lifetime)
{
    private readonly Dictionary<Guid, LinkedListNode<Session>> _byId = [];
    private readonly LinkedList<Session> _bySilence = new();

    /// <summary>How many sessions are remembered.</summary>
    public int Count => _byId.Count;

    /// <summary>Looks a command up.</summary>
    /// <returns>Its standing, and the sequence number of its last event when it is done.</returns>
    public (CommandStanding Standing, long Seq) Find(CommandId command)
    {
        if (!_byId.TryGetValue(command.Session, out var node))
        {
            return (CommandStanding.New, 0);
        }

        return node.Value.Find(command.Number);
    }

    /// <summary>Remembers a command that has been carried out.</summary>
    public void Record(CommandId command, long seq, DateTimeOffset at)
    {
        if (_byId.TryGetValue(command.Session, out var node))
        {
            _bySilence.Remove(node);
        }
        else
        {
            node = new LinkedListNode<Session>(new Session(command.Session));
            _byId.Add(command.Session, node);
        }

        node.Value.Record(command.Number, seq, at);
        _bySilence.AddLast(node);
        while (_bySilence.First is { } silent && (_byId.Count > sessionsMax || silent.Value.LastAt + lifetime < at))
        {
            _bySilence.RemoveFirst();
            _byId.Remove(silent.Value.Id);
        }
    }

    /// <summary>Appends the table's bytes to a snapshot.</summary>
    public void Encode(IBufferWriter<byte> output)
    {
        WriteInt64(output, _bySilence.Count);
        foreach (var session in _bySilence)
        {
            session.Encode(output);
        }
    }

    /// <summary>Reads a table from the front of a snapshot.</summary>
    /// <returns>What follows the table.</returns>
    public ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> input)
    {
        var count = ReadInt64(ref input);
        for (var i = 0L; i < count; i++)
        {
            var session = Session.Decode(ref input);
            _byId.Add(session.Id, _bySilence.AddLast(session));
        }

        return input;
    }

    internal static void WriteInt64(IBufferWriter<byte> output, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    internal static long ReadInt64(ref ReadOnlySpan<byte> input)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(input);
        input = input[8..];
        return value;
    }
}
