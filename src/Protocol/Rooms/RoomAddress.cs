namespace AkkaParty.Protocol.Rooms;

/// <summary>How rooms and their codes are addressed in the cluster.</summary>
public static class RoomAddress
{
    /// <summary>The entity kind of a room; its id is 24 hex characters (<see cref="RoomIds"/>).</summary>
    public const string Kind = "room";

    /// <summary>The entity kind of a room's code; its id is the code in upper case.</summary>
    public const string CodeKind = "room-code";

    /// <summary>Whoever follows a room over its WebSocket: flat frames of every event and signal.</summary>
    public const string SocketAudience = "watchqueue/socket";

    /// <summary>Whoever follows <c>/api/events/room</c>: every change.</summary>
    public const string RoomStreamAudience = "watchqueue/room";

    /// <summary>Whoever follows <c>/api/events/votes</c>: votes only.</summary>
    public const string VotesStreamAudience = "watchqueue/votes";

    /// <summary>Whoever follows <c>/api/events/queue</c>: items only.</summary>
    public const string QueueStreamAudience = "watchqueue/queue";
}
