namespace AkkaParty.Protocol.WatchParties;

/// <summary>How watch parties and their invite codes are addressed in the cluster.</summary>
public static class WatchAddress
{
    /// <summary>The entity kind of a watch party; its id is a UUIDv7 in its 36-character form, lower case.</summary>
    public const string Kind = "watch-party";

    /// <summary>The entity kind of an invite code; its id is the code.</summary>
    public const string CodeKind = "watch-party-code";

    /// <summary>Whoever follows over <c>/api/v1/watch-parties/{id}/ws</c>: flat frames.</summary>
    public const string PartySocketAudience = "watch-parties/socket";

    /// <summary>Whoever follows over <c>/ws/room/{roomID}</c>: <c>type</c> and <c>payload</c>.</summary>
    public const string RoomSocketAudience = "sync/socket";
}
