namespace AkkaParty.Chaos.Faults;

/// <summary>A fault that was injected.</summary>
/// <param name="Name">Which.</param>
/// <param name="Where">To whom.</param>
/// <param name="InjectedAt">When it began, in nanoseconds of the machine's monotonic clock.</param>
/// <param name="ServedAt">When everybody had been served again after it was over.</param>
internal sealed record FaultRecord(string Name, string Where, long InjectedAt, long ServedAt);
