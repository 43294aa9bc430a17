namespace AkkaParty.Bench.Sockets;

/// <summary>One room as the load generator sees it.</summary>
internal abstract class Room(Traffic traffic)
{
    public Traffic Traffic => traffic;

    public List<MemberSocket> Members { get; } = [];

    /// <summary>A text frame came to one of the members.</summary>
    /// <param name="member">To whom.</param>
    /// <param name="kind">The first letter of its type.</param>
    /// <param name="length">The payload's length.</param>
    /// <param name="tail">The payload's end.</param>
    public abstract void OnText(MemberSocket member, byte kind, long length, ReadOnlySpan<byte> tail);
}
