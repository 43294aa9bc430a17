using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>One command's decision in the making: the events so far, the state they lead to, and what is answered.</summary>
/// <param name="state">The state before the command.</param>
internal sealed class RoomTurn(RoomState state)
{
    private readonly List<RoomEvent> _events = [];

    /// <summary>The state after the events so far.</summary>
    internal RoomState State { get; private set; } = state;

    /// <summary>The events so far.</summary>
    internal IReadOnlyCollection<RoomEvent> Events => _events;

    /// <summary>The id of the next thing that gets one.</summary>
    internal string NextId => State.IdOf(State.LastNumber + 1);

    /// <summary>Adds an event. What it touches is checked at once, so that a check costs no more than the change.</summary>
    /// <param name="event">What happens.</param>
    internal void Raise(RoomEvent @event)
    {
        State = RoomEvolution.Evolve(State, @event);
        _events.Add(@event);
        RoomInvariants.CheckAfter(State, @event);
    }
}

/// <summary>What becomes of a command: a refusal, or a reply that is made when the whole turn is over.</summary>
/// <param name="Code">One of <see cref="RoomErrorCodes"/>; null when the command is carried out.</param>
/// <param name="Message">One sentence for people; null when the command is carried out.</param>
/// <param name="Field">The field at fault, if one is.</param>
/// <param name="Reply">Makes the reply from the state after the turn; null when the command is refused.</param>
internal sealed record RoomOutcome(string? Code, string? Message, string? Field, Func<RoomState, RoomReply>? Reply)
{
    /// <summary>Carried out; there is nothing else to say.</summary>
    internal static RoomOutcome Done { get; } = Say(_ => RoomDone.Instance);

    /// <summary>Carried out.</summary>
    /// <param name="reply">Makes the reply.</param>
    /// <returns>The outcome.</returns>
    internal static RoomOutcome Say(Func<RoomState, RoomReply> reply) => new(null, null, null, reply);

    /// <summary>Refused with the text of the table.</summary>
    /// <param name="code">One of <see cref="RoomErrorCodes"/>.</param>
    /// <param name="field">The field at fault, if one is.</param>
    /// <returns>The outcome.</returns>
    internal static RoomOutcome Refuse(string code, string? field = null) => new(code, RoomErrors.TextOf(code), field, null);

    /// <summary>Refused with another text.</summary>
    /// <param name="code">One of <see cref="RoomErrorCodes"/>.</param>
    /// <param name="message">One sentence for people.</param>
    /// <returns>The outcome.</returns>
    internal static RoomOutcome RefuseSaying(string code, string message) => new(code, message, null, null);

    /// <summary>Refused because an input breaks its rule.</summary>
    /// <param name="error">What is wrong; null when nothing is.</param>
    /// <returns>The outcome, or null.</returns>
    internal static RoomOutcome? Refuse(InputError? error) => error is null ? null : new(error.Code, error.Message, error.Field, null);
}
