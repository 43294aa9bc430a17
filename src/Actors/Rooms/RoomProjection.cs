using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>A read model over all rooms, made from some of their events.</summary>
/// <param name="wanted">The types of those events; others, such as votes, are not even read.</param>
public abstract class RoomProjection(params Type[] wanted) : EntityProjection<RoomEvent>(RoomAddress.Kind, RoomCodec.Events, wanted);
