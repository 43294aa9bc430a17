namespace AkkaParty.Node.Opening;

/// <summary>A rule says no: trying again would end the same way.</summary>
/// <param name="reason">Why, for people; null when nobody knows.</param>
internal sealed class OpeningRefusedException(string? reason) : Exception($"The watch party was refused: {reason ?? "without a reason"}")
{
    /// <summary>Why, for people.</summary>
    public string? Reason { get; } = reason;
}
