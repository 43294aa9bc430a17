using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Entities;

/// <summary>Deciding one command against the evolving state of a turn.</summary>
internal sealed partial class EntityCell<TState, TCommand, TEvent>
{
    private void DecideCommand(Ask ask)
    {
        var turn = _turn ??= BeginTurn();
        if (ask.Command.Number != 0 && IsSettled(turn, ask))
        {
            return;
        }

        turn.Waiting.Enqueue(ask);
        _ownCommandDecided |= ask.Detached;
        var stored = turn.Entries.Count;
        try
        {
            ask.Result = Decide(turn, ask);
            if (ask.Command.Number != 0 && turn.Entries.Count > stored)
            {
                turn.Commands.Add((ask.Command, ask.Result));
            }
        }
        catch (Exception error)
        {
            // Nothing of this command is kept; what was decided before it is sound and still goes out.
            turn.Entries.RemoveRange(stored, turn.Entries.Count - stored);
            turn.Events.RemoveRange(stored, turn.Events.Count - stored);
            turn.Bug = error;
            ask.Result = AskResult.Failed();
        }
    }

    private CellTurn<TState, TEvent> BeginTurn()
    {
        var turn = kind.RentTurn();
        turn.State = _state!;
        turn.Seq = _seq;

        // Whole milliseconds, as every store keeps them: what is remembered live and after a replay is the same.
        var now = Services.Time.GetUtcNow();
        turn.At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        return turn;
    }

    /// <summary>Answers a command that was seen before, or is too old to tell.</summary>
    private bool IsSettled(CellTurn<TState, TEvent> turn, Ask ask)
    {
        foreach (var (command, result) in turn.Commands)
        {
            if (command == ask.Command)
            {
                ask.Result = result;
                turn.Waiting.Enqueue(ask);
                return true;
            }
        }

        var (standing, seq) = _sessions?.Find(ask.Command) ?? (CommandStanding.New, 0);
        if (standing == CommandStanding.Done)
        {
            AnswerDuplicate(ask, seq);
            return true;
        }

        if (standing == CommandStanding.Expired)
        {
            ask.Result = AskResult.Rejected(
                new Rejection(
                    "command_expired",
                    $"The id {ask.Command.Number} is more than {CommandId.InFlightMax} behind the newest of its session.",
                    "id"),
                turn.Seq);
            turn.NeedsVerify = true;
            turn.Waiting.Enqueue(ask);
            return true;
        }

        return false;
    }

    private AskResult Decide(CellTurn<TState, TEvent> turn, Ask ask)
    {
        var decision = Definition.Decide(turn.State, (TCommand)ask.Message);
        if (decision.Events.Length > 0)
        {
            Apply(turn, decision, ask.Command);
            return AskResult.Replied(decision.Reply, turn.Seq);
        }

        // Decided on memory that may be stale: the answer goes out only when the head is confirmed.
        turn.NeedsVerify = true;
        return decision.Rejection is { } rejection
            ? AskResult.Rejected(rejection, turn.Seq)
            : AskResult.Replied(decision.Reply, turn.Seq);
    }

    /// <summary>Evolves, encodes and checks before anything is stored, so that a poison event never is.</summary>
    private void Apply(CellTurn<TState, TEvent> turn, Decision<TEvent> decision, CommandId command)
    {
        var state = turn.State;
        var seq = turn.Seq;
        for (var i = 0; i < decision.Events.Length; i++)
        {
            var @event = decision.Events[i];
            state = Definition.Evolve(state, @event);
            seq++;
            var isLast = i == decision.Events.Length - 1;
            turn.Entries.Add(Encode(turn, @event, seq, isLast && command.Number != 0 ? command : null, decision.Reply));
            turn.Events.Add(@event);
        }

        Definition.CheckInvariants(state);
        turn.State = state;
        turn.Seq = seq;
    }

    private JournalEntry Encode(CellTurn<TState, TEvent> turn, TEvent @event, long seq, CommandId? command, object? reply)
    {
        var payload = Encode(turn, Definition.EventCodec, @event);
        if (command is null || reply is null)
        {
            return new JournalEntry(seq, Definition.EventCodec.Manifest(@event), payload, turn.At, command);
        }

        return new JournalEntry(
            seq, Definition.EventCodec.Manifest(@event), payload, turn.At, command,
            Definition.ReplyCodec.Manifest(reply), Encode(turn, Definition.ReplyCodec, reply));
    }

    private static byte[] Encode<T>(CellTurn<TState, TEvent> turn, IMessageCodec<T> codec, T message)
        where T : class
    {
        turn.Buffer.ResetWrittenCount();
        codec.Encode(message, turn.Buffer);
        return turn.Buffer.WrittenSpan.ToArray();
    }

    private void AnswerDuplicate(Ask ask, long seq)
    {
        var reading = ReadReplyAsync(ask, seq);
        if (reading.IsCompleted)
        {
            _released.Enqueue(ask);
        }
        else
        {
            _ = ReleaseAfterAsync(reading, ask);
        }
    }

    private static async Task ReleaseAfterAsync(Task reading, Ask ask)
    {
        await reading;
        ask.Release();
    }

    /// <summary>Reads the reply that was stored with the command's events. Touches no state: it runs beside the turns.</summary>
    private async Task ReadReplyAsync(Ask ask, long seq)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Services.Options.AskTimeout, Services.Time);
            var entry = await Services.Journal.ReadEntryAsync(Address, seq, timeout.Token);
            Invariant.Check(entry is not null, $"{Address} remembers event {seq}, which the journal does not have");
            var reply = entry.Value.ReplyManifest is { } manifest ? Definition.ReplyCodec.Decode(manifest, entry.Value.Reply.Span) : null;
            ask.Result = AskResult.Replied(reply, seq);
        }
        catch (Exception error) when (error is JournalUnavailableException or OperationCanceledException)
        {
            ask.Result = AskResult.Unavailable("store_unavailable", "The store does not answer at the moment.");
        }
        catch (Exception error)
        {
            Services.Logger.DuplicateUnreadable(error, Address, seq);
            ask.Result = AskResult.Failed();
        }
    }
}
