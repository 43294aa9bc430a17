using System.Buffers;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Simulation.Workloads;

namespace AkkaParty.Simulation.Checkers;

/// <summary>
/// Acknowledged commands survive, each is applied exactly once, and every answer is what the decider says about the state at
/// the number that the answer names.
/// </summary>
internal sealed class CommandChecker<TState, TCommand, TEvent>(
    EntityDefinition<TState, TCommand, TEvent> definition, EntityHistory<TState, TCommand, TEvent> history, Action<string> violate)
    where TState : class
    where TCommand : class
    where TEvent : class
{
    // No command of any workload stores more events than this.
    private const int EventsMax = 40;

    private readonly Dictionary<CommandId, JournalEntry> _byCommand = [];

    public void Check(IEnumerable<CommandRecord> commands, bool readsAreFresh)
    {
        foreach (var entry in history.Entries.Where(entry => entry.Command is not null))
        {
            if (!_byCommand.TryAdd(entry.Command!.Value, entry))
            {
                violate($"{history.Address}: {entry.Command} was applied twice, at {_byCommand[entry.Command.Value].Seq} and {entry.Seq}");
            }
        }

        foreach (var command in commands.Where(command => command.Result is not null))
        {
            Check(command, readsAreFresh);
        }
    }

    private void Check(CommandRecord command, bool readsAreFresh)
    {
        var result = command.Result!.Value;
        if (result.Seq > history.Head)
        {
            Wrong(command, $"was answered at {result.Seq}, and the journal ends at {history.Head}");
        }
        else if (command.IsQuery)
        {
            CheckQuery(command, result, readsAreFresh);
        }
        else if (command.Id is { } id && _byCommand.TryGetValue(id, out var entry))
        {
            CheckStored(command, result, entry);
        }
        else if (command.Id is not null || result.Outcome != AskOutcome.Replied || !HasEventsAt(command, result.Seq))
        {
            CheckUnstored(command, result);
        }
    }

    private void CheckQuery(CommandRecord command, AskResult result, bool readsAreFresh)
    {
        if (result.Seq < command.SeqMin)
        {
            Wrong(command, $"wanted {command.SeqMin} and was answered at {result.Seq}");
        }
        else if (readsAreFresh && result.Seq < command.FloorAtLast)
        {
            Wrong(command, $"was answered at {result.Seq} from stale memory: {command.FloorAtLast} had been acknowledged before");
        }

        Compare(command, result, definition.Answer(history.StateAt(result.Seq), command.Message));
    }

    private void CheckStored(CommandRecord command, AskResult result, JournalEntry entry)
    {
        if (command.Attempts > 1 && entry.Seq > result.Seq && result.Outcome is AskOutcome.Rejected or AskOutcome.Replied)
        {
            // What changes nothing is not remembered: the first copy of what was sent twice may come late and be carried out after all.
            CheckUnstored(command, result);
            return;
        }

        if (result.Outcome != AskOutcome.Replied || result.Seq != entry.Seq)
        {
            Wrong(command, $"is stored at {entry.Seq}, and its client was told {result.Outcome} {result.Seq} {result.Rejection?.Code}");
            return;
        }

        if (entry.Seq <= command.FloorAtFirst)
        {
            Wrong(command, $"is stored at {entry.Seq}, below what was acknowledged before it was sent ({command.FloorAtFirst})");
        }

        if (entry.ReplyManifest is null ? result.Reply is not null : !entry.Reply.Span.SequenceEqual(Encode(result.Reply!)))
        {
            Wrong(command, $"was answered with {result.Reply}, which is not the reply that is stored at {entry.Seq}");
        }

        if (!HasEventsAt(command, entry.Seq))
        {
            Wrong(command, $"was acknowledged at {entry.Seq}, and the events there are not what it decides");
        }
    }

    /// <summary>Whether the events that end at a number are those that the decider makes of the state before them.</summary>
    private bool HasEventsAt(CommandRecord command, long seq)
    {
        for (var count = 1; count <= Math.Min(EventsMax, seq); count++)
        {
            var decided = Decide(command, seq - count);
            if (decided.Events.Length == count && decided.Events.Select((e, i) => IsStored(e, seq - count + 1 + i)).All(same => same))
            {
                return true;
            }
        }

        return false;
    }

    private void CheckUnstored(CommandRecord command, AskResult result)
    {
        if (result.Seq < command.FloorAtLast)
        {
            Wrong(command, $"was answered {result.Outcome} on stale memory: at {result.Seq}, below {command.FloorAtLast}");
            return;
        }

        var decision = Decide(command, result.Seq);
        if (decision.Events.Length > 0)
        {
            Wrong(command, $"was answered {result.Outcome} {result.Rejection?.Code} at {result.Seq} and is not stored");
            return;
        }

        Compare(command, result, decision);
    }

    private void Compare(CommandRecord command, AskResult result, Decision<TEvent> decision)
    {
        var same = decision.Rejection is { } rejection
            ? result.Rejection?.Code == rejection.Code
            : result.Outcome == AskOutcome.Replied && Same(result.Reply, decision.Reply);
        if (!same)
        {
            Wrong(
                command,
                $"was answered {result.Outcome} {result.Rejection?.Code} {result.Reply} at {result.Seq}, where it is "
                + $"{decision.Rejection?.Code} {decision.Reply}");
        }
    }

    private Decision<TEvent> Decide(CommandRecord command, long seq) =>
        definition.Decide(history.StateAt(seq), (TCommand)command.Message);

    private bool IsStored(TEvent decided, long seq)
    {
        var entry = history.Entries[(int)seq - 1];
        var bytes = new ArrayBufferWriter<byte>();
        definition.EventCodec.Encode(decided, bytes);
        return entry.Manifest == definition.EventCodec.Manifest(decided) && entry.Payload.Span.SequenceEqual(bytes.WrittenSpan);
    }

    private bool Same(object? one, object? other) =>
        one is null || other is null ? one == other : Encode(one).AsSpan().SequenceEqual(Encode(other));

    private byte[] Encode(object reply)
    {
        var bytes = new ArrayBufferWriter<byte>();
        definition.ReplyCodec.Encode(reply, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private void Wrong(CommandRecord command, string what) =>
        violate($"{command.Address}: {command.Message} ({command.Id?.ToString() ?? "no id"}, attempt {command.Attempts}) {what}");
}
