using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>One command's decision in the making: the events so far, the state they lead to, and what is answered.</summary>
/// <param name="state">The state before the command.</param>
internal sealed class WatchTurn(WatchState state)
{
    private readonly List<WatchEvent> _events = [];

    /// <summary>The state after the events so far.</summary>
    internal WatchState State { get; private set; } = state;

    /// <summary>The events so far.</summary>
    internal IReadOnlyCollection<WatchEvent> Events => _events;

    /// <summary>Adds an event. What it touches is checked at once, so that a check costs no more than the change.</summary>
    /// <param name="event">What happens; where the party was at that moment is noted here.</param>
    internal void Raise(WatchEvent @event)
    {
        State = WatchEvolution.Evolve(State, @event);
        var play = State.Play;
        var moment = new WatchMoment(
            State.Id, play.At(@event.At).ItemId, play.PositionAt(@event.At), play.IsPlayingAt(@event.At));
        _events.Add(@event with { Moment = moment });
        WatchInvariants.CheckAfter(State, @event);
    }
}

/// <summary>What becomes of a command: a refusal, or a reply that is made when the whole turn is over.</summary>
/// <param name="Code">One of <see cref="WatchErrorCodes"/>; null when the command is carried out.</param>
/// <param name="Message">One sentence for people; null when the command is carried out.</param>
/// <param name="Field">The field at fault, if one is.</param>
/// <param name="Reply">Makes the reply from the state after the turn; null when the command is refused.</param>
internal sealed record WatchOutcome(string? Code, string? Message, string? Field, Func<WatchState, WatchReply>? Reply)
{
    /// <summary>Carried out; there is nothing else to say.</summary>
    internal static WatchOutcome Done { get; } = Say(_ => WatchDone.Instance);

    /// <summary>Carried out.</summary>
    /// <param name="reply">Makes the reply.</param>
    /// <returns>The outcome.</returns>
    internal static WatchOutcome Say(Func<WatchState, WatchReply> reply) => new(null, null, null, reply);

    /// <summary>Refused with the text of the table.</summary>
    /// <param name="code">One of <see cref="WatchErrorCodes"/>.</param>
    /// <param name="field">The field at fault, if one is.</param>
    /// <returns>The outcome.</returns>
    internal static WatchOutcome Refuse(string code, string? field = null) => new(code, WatchErrors.TextOf(code), field, null);

    /// <summary>Refused with another text.</summary>
    /// <param name="code">One of <see cref="WatchErrorCodes"/>.</param>
    /// <param name="message">One sentence for people.</param>
    /// <returns>The outcome.</returns>
    internal static WatchOutcome RefuseSaying(string code, string message) => new(code, message, null, null);

    /// <summary>Refused because an input breaks its rule.</summary>
    /// <param name="error">What is wrong; null when nothing is.</param>
    /// <returns>The outcome, or null.</returns>
    internal static WatchOutcome? Refuse(InputError? error) => error is null ? null : new(error.Code, error.Message, error.Field, null);
}
