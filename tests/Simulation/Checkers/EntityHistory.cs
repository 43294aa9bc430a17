using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Simulation.Checkers;

/// <summary>An entity's events as the journal holds them, and every state they lead through: the truth that all is compared with.</summary>
internal sealed class EntityHistory<TState, TCommand, TEvent>
    where TState : class
    where TCommand : class
    where TEvent : class
{
    private readonly EntityDefinition<TState, TCommand, TEvent> _definition;
    private readonly List<TEvent> _events = [];
    private readonly List<TState> _states;

    public EntityHistory(EntityDefinition<TState, TCommand, TEvent> definition, string id)
    {
        _definition = definition;
        _states = [definition.Initial(id)];
        Address = new EntityAddress(definition.Kind, id);
    }

    public EntityAddress Address { get; }

    public long Head => _events.Count;

    public List<JournalEntry> Entries { get; } = [];

    public TState Last => _states[^1];

    /// <summary>Takes in what was stored since the last time.</summary>
    public void Read(IJournal journal)
    {
        var reading = journal.ReadEntityAsync(Address, Head, Add, CancellationToken.None);
        if (!reading.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The journal in memory answers at once.");
        }
    }

    public TState StateAt(long seq) => _states[(int)seq];

    public TEvent EventAt(long seq) => _events[(int)seq - 1];

    public ReadOnlyMemory<byte>? EventFrame(long seq, Audience audience) =>
        _definition.HasEventView ? Visible(_definition.ViewEvent(EventAt(seq), seq, audience)) : null;

    public ReadOnlyMemory<byte>? StateFrame(long seq, Audience audience) =>
        _definition.HasStateView ? Visible(_definition.ViewState(StateAt(seq), seq, audience)) : null;

    /// <summary>The number of the event that shut a follower out for good; null when there is none.</summary>
    public long? ShutOutAt(string? member, string? credential)
    {
        var expelled = member is null ? null : LastAt(
            @event => _definition.Expels(@event) == member, state => _definition.MayFollow(state, member));
        var revoked = credential is null ? null : LastAt(
            @event => _definition.Revokes(@event) == credential, state => _definition.Accepts(state, member, credential));
        return revoked is null || expelled < revoked ? expelled : revoked;
    }

    /// <summary>The last of such events, if nothing was so again after it.</summary>
    private long? LastAt(Predicate<TEvent> ends, Func<TState, bool> begins)
    {
        var last = _events.FindLastIndex(ends);
        return last < 0 || _states.Skip(last + 1).Any(begins) ? null : last + 1;
    }

    private static ReadOnlyMemory<byte>? Visible(ReadOnlyMemory<byte>? bytes) => bytes is { IsEmpty: false } ? bytes : null;

    private void Add(JournalEntry entry)
    {
        Runtime.Invariant.Check(entry.Seq == Head + 1, $"{Address}: the journal holds {entry.Seq} after {Head}");
        var @event = _definition.EventCodec.Decode(entry.Manifest, entry.Payload.Span);
        _states.Add(_definition.Evolve(Last, @event));
        _events.Add(@event);
        Entries.Add(entry);
    }
}
