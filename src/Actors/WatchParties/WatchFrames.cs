using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What the sockets of both surfaces are told. It depends on the event alone, so that a resumed feed is the live one.</summary>
internal static class WatchFrames
{
    /// <summary>The frame of an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="seq">Its number.</param>
    /// <param name="audience">Who looks.</param>
    /// <returns>UTF-8 JSON; null when this audience is told nothing of it.</returns>
    internal static ReadOnlyMemory<byte>? Of(WatchEvent @event, long seq, Audience audience) => null;

    /// <summary>The frame of a signal. Whether its sender may be heard at all was asked before.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="audience">Who looks.</param>
    /// <returns>UTF-8 JSON; null when this audience is told nothing of it.</returns>
    internal static ReadOnlyMemory<byte>? OfSignal(string partyId, WatchSignal signal, Audience audience) => null;
}
