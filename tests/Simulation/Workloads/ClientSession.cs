using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;

namespace AkkaParty.Simulation.Workloads;

/// <summary>A client: numbers its commands, and sends each again, to whichever node it finds, until it is told what came of it.</summary>
internal sealed class ClientSession(SimCluster cluster, Guid id, Func<NodeRun, IShardRegion> region, SimRandom random)
{
    // The window in which an entity tells duplicates apart.
    private const int OpenMax = CommandId.InFlightMax - 4;

    private readonly SortedSet<long> _open = [];
    private NodeRun? _node;
    private long _number;

    /// <summary>How long its requests are on their way, which it sends to homes; null for one like all others.</summary>
    public TimeSpan? LatencyToHome { get; init; }

    /// <summary>Whether one more command is within the window of those that are still open.</summary>
    public bool MayIssue => _open.Count == 0 || _number - _open.Min < OpenMax;

    public CommandRecord Command(EntityAddress address, object message, bool withId, Action<CommandRecord>? settled = null)
    {
        CommandId? command = withId ? new CommandId(id, ++_number) : null;
        if (command is { } numbered)
        {
            _open.Add(numbered.Number);
        }

        var record = new CommandRecord(address, message, command, isQuery: false);
        Begin(record, settled);
        return record;
    }

    public void Query(EntityAddress address, object query, long seqMin, Action<CommandRecord>? settled = null) =>
        Begin(new CommandRecord(address, query, null, isQuery: true) { SeqMin = seqMin }, settled);

    /// <summary>Sends an acknowledged command once more, as a client does that has not seen the answer.</summary>
    public void Repeat(CommandRecord acknowledged)
    {
        // While one repetition is on its way, the window must not move on because another one has come back.
        if (_number - acknowledged.Id!.Value.Number >= OpenMax || !_open.Add(acknowledged.Id!.Value.Number))
        {
            return;
        }

        var again = new CommandRecord(acknowledged.Address, acknowledged.Message, acknowledged.Id, isQuery: false);
        Begin(again, repeated => Compare(acknowledged, repeated));
        again.FloorAtFirst = acknowledged.FloorAtFirst;
    }

    private void Begin(CommandRecord command, Action<CommandRecord>? settled)
    {
        command.FloorAtFirst = cluster.Ledger.Heard(command.Address);
        command.FirstSentAt = cluster.World.Elapsed;
        cluster.Ledger.Commands.Add(command);
        Attempt(command, settled);
    }

    private void Attempt(CommandRecord command, Action<CommandRecord>? settled)
    {
        if (_node is null || _node.Process.IsDead || random.Chance(0.05))
        {
            _node = (LatencyToHome is null ? null : cluster.HomeOf(command.Address)) ?? cluster.PickRun(random);
        }

        if (_node is null)
        {
            cluster.World.After(random.Milliseconds(100, 400), () => Attempt(command, settled));
            return;
        }

        command.Attempts++;
        var floor = cluster.Ledger.Heard(command.Address);
        cluster.World.Say(
            _node.Process.Name, $"asked {command.Address} {command.Message} id {command.Id?.Number} attempt {command.Attempts}");
        _node.Ask(
            region(_node), command.Address.Id, command.Message, command.Id, command.IsQuery, command.SeqMin,
            result => Answered(command, floor, result, settled), LatencyToHome);
    }

    private void Answered(CommandRecord command, long floor, AskResult? result, Action<CommandRecord>? settled)
    {
        Count(result);
        if (result is { Outcome: AskOutcome.Failed })
        {
            cluster.World.Violate($"{command.Address}: {command.Message} was answered with a bug: {result.Value.Rejection?.Message}");
            return;
        }

        var isOpen = result is null or { Outcome: AskOutcome.Unknown };
        if (result is { Outcome: AskOutcome.Unavailable } || (isOpen && (command.Id is not null || command.IsQuery)))
        {
            // Somewhere else, perhaps.
            _node = random.Chance(0.5) ? null : _node;
            cluster.World.After(random.Milliseconds(20, 700), () => Attempt(command, settled));
            return;
        }

        if (command.Id is { } id)
        {
            _open.Remove(id.Number);
        }

        command.FloorAtLast = floor;
        cluster.Ledger.Settle(command, isOpen ? null : result);
        settled?.Invoke(command);
    }

    private void Count(AskResult? result)
    {
        switch (result?.Outcome)
        {
            case AskOutcome.Replied:
                cluster.Coverage.Add(Seen.Replied);
                break;
            case AskOutcome.Rejected:
                cluster.Coverage.Add(Seen.Rejected);
                break;
            case AskOutcome.Unavailable:
                cluster.Coverage.Add(Seen.Unavailable);
                break;
            case AskOutcome.Unknown:
                cluster.Coverage.Add(Seen.UnknownAnswer);
                break;
        }
    }

    private void Compare(CommandRecord first, CommandRecord repeated)
    {
        cluster.Coverage.Add(Seen.DuplicateAnswered);
        if (!repeated.IsAcknowledged || repeated.Result!.Value.Seq != first.Result!.Value.Seq)
        {
            cluster.World.Violate(
                $"{first.Address}: {first.Id} was acknowledged at {first.Result!.Value.Seq}, its repetition is "
                + $"{repeated.Result?.Outcome} at {repeated.Result?.Seq} {repeated.Result?.Rejection?.Code}");
        }
    }
}
