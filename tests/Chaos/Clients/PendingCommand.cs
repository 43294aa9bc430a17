using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>A command that was not answered yet.</summary>
/// <param name="Number">The person's own number for it.</param>
/// <param name="CalledAt">When it was first sent.</param>
/// <param name="Kind">What it changes.</param>
/// <param name="Value">What to, as the history has it.</param>
/// <param name="Payload">What to, as the server takes it.</param>
internal sealed record PendingCommand(long Number, long CalledAt, CommandKind Kind, string Value, object Payload);
