using AkkaParty.Runtime.Entities;

namespace AkkaParty.Simulation.Workloads;

/// <summary>One command or query of a client, through all its attempts.</summary>
internal sealed class CommandRecord(EntityAddress address, object message, CommandId? id, bool isQuery)
{
    public EntityAddress Address => address;

    public object Message => message;

    /// <summary>What makes it safe to repeat; null when a repetition would be another command.</summary>
    public CommandId? Id => id;

    public bool IsQuery => isQuery;

    /// <summary>A query's own demand: the answer is never older.</summary>
    public long SeqMin { get; set; }

    public int Attempts { get; set; }

    /// <summary>The highest number that anybody had heard of this entity when the command was first sent.</summary>
    public long FloorAtFirst { get; set; }

    /// <summary>The same when the attempt was sent that was answered.</summary>
    public long FloorAtLast { get; set; }

    public TimeSpan FirstSentAt { get; set; }

    public bool IsSettled { get; set; }

    /// <summary>The answer; null when the client will never know.</summary>
    public AskResult? Result { get; set; }

    public bool IsAcknowledged => Result is { Outcome: AskOutcome.Replied };
}
