using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>A command that was not answered yet.</summary>
/// <param name="Number">The person's own number for it.</param>
/// <param name="CalledAt">When it was first sent.</param>
/// <param name="Kind">What it changes.</param>
/// <param name="Value">What to, as the history has it.</param>
/// <param name="Frame">What a socket sends.</param>
/// <param name="Call">The call that does the same.</param>
/// <param name="Item">The item it changes; null for something else.</param>
internal sealed record PendingCommand(
    long Number, long CalledAt, CommandKind Kind, string Value, object Frame, PlainCall Call, string? Item = null);
