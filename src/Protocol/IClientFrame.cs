namespace AkkaParty.Protocol;

/// <summary>What the frames that clients send have in common on every surface.</summary>
public interface IClientFrame
{
    /// <summary>What the client wants.</summary>
    string? Type { get; }

    /// <summary>
    /// The client's own number for this frame, from 1: a frame with a number is answered, and sending it again does nothing twice.
    /// Null for none.
    /// </summary>
    long? Id { get; }
}
