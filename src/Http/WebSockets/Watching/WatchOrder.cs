using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>A client's frame, the same for both dialects.</summary>
/// <param name="Type">What the client called it.</param>
/// <param name="Deed">What it wants.</param>
/// <param name="Frame">
/// The members. A position that the dialect goes by is in <see cref="WatchClientFrame.PositionMs"/>, an item in
/// <see cref="WatchClientFrame.ItemId"/>.
/// </param>
/// <param name="Id">The client's own number for it; null for none.</param>
internal sealed record WatchOrder(string? Type, WatchDeed Deed, WatchClientFrame Frame, long? Id) : IClientFrame;
