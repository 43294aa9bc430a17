using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Simulation.Nodes;

/// <summary>
/// An entity whose turns lose their processor now and then, where they ask the definition something: they hold no lock there, so
/// another thread of the process may do what it likes meanwhile.
/// </summary>
internal sealed class InterruptedEntity<TState, TCommand, TEvent>(
    EntityDefinition<TState, TCommand, TEvent> inner, Action interrupt, SnapshotPolicy? snapshots = null)
    : EntityDefinition<TState, TCommand, TEvent>
    where TState : class
    where TCommand : class
    where TEvent : class
{
    public override string Kind => inner.Kind;

    public override IMessageCodec<TEvent> EventCodec => inner.EventCodec;

    public override IMessageCodec<object> MessageCodec => inner.MessageCodec;

    public override IMessageCodec<object> ReplyCodec => inner.ReplyCodec;

    public override IStateCodec<TState>? StateCodec => inner.StateCodec;

    public override SnapshotPolicy SnapshotPolicy => snapshots ?? inner.SnapshotPolicy;

    public override TimeSpan PassivateAfter => inner.PassivateAfter;

    public override TimeSpan PresenceGrace => inner.PresenceGrace;

    public override bool HasEventView => inner.HasEventView;

    public override bool HasStateView => inner.HasStateView;

    public override TState Initial(string id) => inner.Initial(id);

    public override Decision<TEvent> Decide(TState state, TCommand command) => Interrupted().Decide(state, command);

    public override TState Evolve(TState state, TEvent @event) => inner.Evolve(state, @event);

    public override Decision<TEvent> Answer(TState state, object query) => Interrupted().Answer(state, query);

    public override void CheckInvariants(TState state) => inner.CheckInvariants(state);

    public override DateTimeOffset? Deadline(TState state) => Interrupted().Deadline(state);

    public override TCommand OnDeadline(TState state, DateTimeOffset due, DateTimeOffset now) =>
        Interrupted().OnDeadline(state, due, now);

    public override bool KeepAlive(TState state) => Interrupted().KeepAlive(state);

    public override ReadOnlyMemory<byte>? ViewEvent(TEvent @event, long seq, Audience audience) => inner.ViewEvent(@event, seq, audience);

    public override ReadOnlyMemory<byte>? ViewState(TState state, long seq, Audience audience) => inner.ViewState(state, seq, audience);

    public override ReadOnlyMemory<byte>? ViewSignal(TState state, object signal, Audience audience) =>
        inner.ViewSignal(state, signal, audience);

    public override string? Expels(TEvent @event) => inner.Expels(@event);

    public override string? Revokes(TEvent @event) => inner.Revokes(@event);

    public override bool MayRevoke(TEvent @event) => inner.MayRevoke(@event);

    public override bool EndsFeed(TEvent @event) => inner.EndsFeed(@event);

    public override bool MayFollow(TState state, string member) => inner.MayFollow(state, member);

    public override bool Accepts(TState state, string? member, string credential) => inner.Accepts(state, member, credential);

    public override IReadOnlyCollection<string> ConnectedMembers(TState state) => Interrupted().ConnectedMembers(state);

    public override TCommand? OnPresence(TState state, string member, bool connected, DateTimeOffset at) =>
        Interrupted().OnPresence(state, member, connected, at);

    private EntityDefinition<TState, TCommand, TEvent> Interrupted()
    {
        interrupt();
        return inner;
    }
}
