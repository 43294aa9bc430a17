namespace AkkaParty.Runtime.Entities;

/// <summary>What a decider answers to a command: events to store with a reply, a reply alone, or a rejection.</summary>
/// <typeparam name="TEvent">The entity's event family.</typeparam>
public readonly struct Decision<TEvent>
    where TEvent : class
{
    private Decision(TEvent[] events, object? reply, Rejection? rejection)
    {
        Events = events;
        Reply = reply;
        Rejection = rejection;
    }

    /// <summary>The events to store, in order; empty for a reply alone and for a rejection.</summary>
    public TEvent[] Events { get; }

    /// <summary>The reply to the asker; null for a rejection.</summary>
    public object? Reply { get; }

    /// <summary>Why the command was refused, or null when it was not.</summary>
    public Rejection? Rejection { get; }

    /// <summary>Stores one event, then replies.</summary>
    /// <param name="event">The event.</param>
    /// <param name="reply">The reply, sent only after the event is durable.</param>
    /// <returns>The decision.</returns>
    public static Decision<TEvent> Accept(TEvent @event, object? reply) => new([@event], reply, null);

    /// <summary>Stores several events, all of them or none, then replies.</summary>
    /// <param name="events">The events in order; none makes this a plain reply.</param>
    /// <param name="reply">The reply, sent only after the events are durable.</param>
    /// <returns>The decision.</returns>
    public static Decision<TEvent> Accept(IReadOnlyCollection<TEvent> events, object? reply) => new([.. events], reply, null);

    /// <summary>Replies without storing anything: the command changes nothing.</summary>
    /// <param name="reply">The reply.</param>
    /// <returns>The decision.</returns>
    public static Decision<TEvent> Answer(object? reply) => new([], reply, null);

    /// <summary>Refuses the command.</summary>
    /// <param name="rejection">Why.</param>
    /// <returns>The decision.</returns>
    public static Decision<TEvent> Reject(Rejection rejection) => new([], null, rejection);

    /// <summary>Refuses the command.</summary>
    /// <param name="code">A stable code in snake_case.</param>
    /// <param name="message">One sentence for people.</param>
    /// <param name="field">The field at fault, if one is.</param>
    /// <returns>The decision.</returns>
    public static Decision<TEvent> Reject(string code, string message, string? field = null) =>
        Reject(new Rejection(code, message, field));
}
