using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Parties;

/// <summary>One command's decision in the making: the events so far, and the state they lead to.</summary>
/// <param name="state">The state before the command.</param>
internal sealed class PartyTurn(PartyState state)
{
    private readonly List<PartyEvent> _events = [];

    /// <summary>The state after the events so far.</summary>
    internal PartyState State { get; private set; } = state;

    /// <summary>The events so far.</summary>
    internal IReadOnlyCollection<PartyEvent> Events => _events;

    /// <summary>Adds an event.</summary>
    /// <param name="event">What happens.</param>
    internal void Raise(PartyEvent @event)
    {
        State = PartyEvolution.Evolve(State, @event);
        _events.Add(@event);
    }
}

/// <summary>Why a party says no.</summary>
/// <param name="Code">One of <see cref="PartyErrorCodes"/>.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Field">The field at fault, if one is.</param>
internal sealed record PartyRefusal(string Code, string Message, string? Field = null)
{
    /// <summary>A refusal with the text of the table.</summary>
    /// <param name="code">One of <see cref="PartyErrorCodes"/>.</param>
    /// <param name="field">The field at fault, if one is.</param>
    /// <returns>The refusal.</returns>
    internal static PartyRefusal Of(string code, string? field = null) => new(code, PartyErrors.TextOf(code), field);

    /// <summary>A refusal for an input that breaks its rule.</summary>
    /// <param name="error">What is wrong; null when nothing is.</param>
    /// <returns>The refusal, or null.</returns>
    internal static PartyRefusal? Of(InputError? error) => error is null ? null : new(error.Code, error.Message, error.Field);
}
