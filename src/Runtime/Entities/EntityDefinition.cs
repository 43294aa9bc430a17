using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.Entities;

/// <summary>
/// Everything the runtime must know of one kind of entity. All members are pure: time, ids and randomness come in
/// with the command, and the same inputs always give the same answer on every node.
/// </summary>
/// <typeparam name="TState">The state: immutable, replaced by <see cref="Evolve"/>.</typeparam>
/// <typeparam name="TCommand">The command family.</typeparam>
/// <typeparam name="TEvent">The event family.</typeparam>
public abstract class EntityDefinition<TState, TCommand, TEvent>
    where TState : class
    where TCommand : class
    where TEvent : class
{
    /// <summary>The entity kind, lower case, at most 32 characters; part of every address and never changed.</summary>
    public abstract string Kind { get; }

    /// <summary>Events to bytes and back.</summary>
    public abstract IMessageCodec<TEvent> EventCodec { get; }

    /// <summary>Commands and queries to bytes and back, for asks that cross nodes.</summary>
    public abstract IMessageCodec<object> MessageCodec { get; }

    /// <summary>Replies to bytes and back: a command's reply is stored with its events, so that a retry reads it back.</summary>
    public abstract IMessageCodec<object> ReplyCodec { get; }

    /// <summary>State to snapshot bytes and back; null when the kind takes no snapshots.</summary>
    public virtual IStateCodec<TState>? StateCodec => null;

    /// <summary>When snapshots are taken; ignored without a <see cref="StateCodec"/>.</summary>
    public virtual SnapshotPolicy SnapshotPolicy => SnapshotPolicy.Default;

    /// <summary>How long an entity without work and without subscribers stays in memory.</summary>
    public virtual TimeSpan PassivateAfter => TimeSpan.FromMinutes(2);

    /// <summary>How long a member whose last subscription ended still counts as present, so that a reload leaves no trace.</summary>
    public virtual TimeSpan PresenceGrace => TimeSpan.FromSeconds(5);

    /// <summary>The state before the first event.</summary>
    /// <param name="id">The entity's id.</param>
    /// <returns>The state.</returns>
    public abstract TState Initial(string id);

    /// <summary>Decides a command.</summary>
    /// <param name="state">The current state.</param>
    /// <param name="command">The command.</param>
    /// <returns>Events with a reply, a reply alone, or a rejection.</returns>
    public abstract Decision<TEvent> Decide(TState state, TCommand command);

    /// <summary>Applies one event. An event it does not know is an error: it throws.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">The event.</param>
    /// <returns>The state after.</returns>
    public abstract TState Evolve(TState state, TEvent @event);

    /// <summary>Answers a query from memory.</summary>
    /// <param name="state">The current, durable state.</param>
    /// <param name="query">The query.</param>
    /// <returns>A reply alone or a rejection; a query never stores anything.</returns>
    public abstract Decision<TEvent> Answer(TState state, object query);

    /// <summary>What must hold of every state; checked in Release too, before anything is stored.</summary>
    /// <param name="state">The state to check.</param>
    /// <exception cref="InvariantViolatedException">It does not hold: a bug.</exception>
    public virtual void CheckInvariants(TState state)
    {
    }

    /// <summary>The next instant at which the entity must act by itself; it survives restarts and moves.</summary>
    /// <param name="state">The current state.</param>
    /// <returns>The instant, or null for none.</returns>
    public virtual DateTimeOffset? Deadline(TState state) => null;

    /// <summary>The command that a passed deadline stands for.</summary>
    /// <param name="state">The current state.</param>
    /// <param name="due">The instant that <see cref="Deadline"/> named.</param>
    /// <param name="now">The time now, at or after <paramref name="due"/>.</param>
    /// <returns>The command; it must move the deadline.</returns>
    public virtual TCommand OnDeadline(TState state, DateTimeOffset due, DateTimeOffset now) =>
        throw new InvariantViolatedException($"{Kind} names a deadline but no command for it");

    /// <summary>Whether the entity must be in memory on some node even when nobody asks (a running job).</summary>
    /// <param name="state">The current state.</param>
    /// <returns>True to be restarted wherever its shard goes.</returns>
    public virtual bool KeepAlive(TState state) => false;

    /// <summary>Whether subscribers get events, one frame each, without gaps.</summary>
    public virtual bool HasEventView => false;

    /// <summary>Whether subscribers get the whole state after each turn; a slow reader may skip to the newest.</summary>
    public virtual bool HasStateView => false;

    /// <summary>
    /// What a subscriber may see of an event. The same function serves live and gap-filled frames, so nothing leaks through a resume.
    /// </summary>
    /// <param name="event">The event.</param>
    /// <param name="seq">Its sequence number.</param>
    /// <param name="audience">Who looks.</param>
    /// <returns>The frame's bytes; null or empty when this audience sees nothing of it.</returns>
    public virtual ReadOnlyMemory<byte>? ViewEvent(TEvent @event, long seq, Audience audience) => null;

    /// <summary>What a subscriber may see of the state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="seq">The sequence number of its last event.</param>
    /// <param name="audience">Who looks.</param>
    /// <returns>The frame's bytes; null or empty when this audience sees nothing of it.</returns>
    public virtual ReadOnlyMemory<byte>? ViewState(TState state, long seq, Audience audience) => null;

    /// <summary>What a subscriber may see of a signal. The state decides whether it is passed on at all.</summary>
    /// <param name="state">The current state.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="audience">Who looks.</param>
    /// <returns>The frame's bytes; null or empty to drop it.</returns>
    public virtual ReadOnlyMemory<byte>? ViewSignal(TState state, object signal, Audience audience) => null;

    /// <summary>The member whose subscriptions an event ends (removed, banned, left), or null.</summary>
    /// <param name="event">The event.</param>
    /// <returns>The member's id.</returns>
    public virtual string? Expels(TEvent @event) => null;

    /// <summary>The credential whose subscriptions an event ends (a token that was revoked), or null.</summary>
    /// <param name="event">The event.</param>
    /// <returns>The credential, as subscribers name it.</returns>
    public virtual string? Revokes(TEvent @event) => null;

    /// <summary>
    /// Whether an event may end credentials that it does not name (a member is gone, with all tokens): then each subscription's is asked
    /// for again.
    /// </summary>
    /// <param name="event">The event.</param>
    /// <returns>True to have <see cref="Accepts"/> asked for every subscription with a credential.</returns>
    public virtual bool MayRevoke(TEvent @event) => false;

    /// <summary>Whether an event ends every subscription (the entity is closed or deleted).</summary>
    /// <param name="event">The event.</param>
    /// <returns>True to end them all after the event's frames were sent.</returns>
    public virtual bool EndsFeed(TEvent @event) => false;

    /// <summary>Whether a member may follow the feed; asked in the entity's turn when the subscription begins.</summary>
    /// <param name="state">The current state.</param>
    /// <param name="member">The member's id.</param>
    /// <returns>False ends the subscription as <see cref="FeedEnd.Expelled"/>.</returns>
    public virtual bool MayFollow(TState state, string member) => true;

    /// <summary>
    /// Whether a subscription's credential still holds; asked in the entity's turn when the subscription begins, here or after a move.
    /// </summary>
    /// <param name="state">The current state.</param>
    /// <param name="member">The member's id; null for none.</param>
    /// <param name="credential">The credential, as the subscriber names it.</param>
    /// <returns>False ends the subscription as <see cref="FeedEnd.Revoked"/>.</returns>
    public virtual bool Accepts(TState state, string? member, string credential) => true;

    /// <summary>The members the state believes to be connected; compared with the real subscriptions after recovery.</summary>
    /// <param name="state">The current state.</param>
    /// <returns>Their ids; empty when the kind keeps no presence.</returns>
    public virtual IReadOnlyCollection<string> ConnectedMembers(TState state) => [];

    /// <summary>
    /// The command for a member's arrival (first subscription) or departure (last one gone for <see cref="PresenceGrace"/>).
    /// </summary>
    /// <param name="state">The current state.</param>
    /// <param name="member">The member's id.</param>
    /// <param name="connected">True for an arrival.</param>
    /// <param name="at">The time now.</param>
    /// <returns>The command, or null when the kind keeps no presence.</returns>
    public virtual TCommand? OnPresence(TState state, string member, bool connected, DateTimeOffset at) => null;
}
