using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>What a call is about: a room, or something in one. Its id leads to the room.</summary>
/// <param name="Text">The id as sent.</param>
/// <param name="ErrorCode">The error when it is no id.</param>
/// <param name="Field">What the id is called.</param>
internal readonly record struct RoomTarget(string? Text, string ErrorCode, string Field)
{
    /// <summary>The error of an id that is none.</summary>
    public ApiError Malformed => ApiError.Of(ErrorCode, field: Field);

    /// <summary>A room.</summary>
    /// <param name="text">Its id as sent.</param>
    /// <returns>The target.</returns>
    public static RoomTarget Room(string? text) => new(text, RoomErrorCodes.InvalidRoomId, "room_id");

    /// <summary>An item of a queue.</summary>
    /// <param name="text">Its id as sent.</param>
    /// <returns>The target.</returns>
    public static RoomTarget Item(string? text) => new(text, RoomErrorCodes.InvalidItemId, "item_id");

    /// <summary>A history entry.</summary>
    /// <param name="text">Its id as sent.</param>
    /// <returns>The target.</returns>
    public static RoomTarget Entry(string? text) => new(text, RoomErrorCodes.InvalidHistoryId, "history_id");
}

/// <summary>What a request asks of a room, once its inputs are read.</summary>
/// <param name="Target">What it is about.</param>
/// <param name="Make">Makes the command from the time, who acts and the target's id as it is stored.</param>
internal sealed record RoomOrder(RoomTarget Target, Func<DateTimeOffset, RoomActor, string, RoomCommand> Make)
{
    /// <summary>Whom the request names as the one who acts; null when it names nobody.</summary>
    public string? ActingUser { get; init; }

    /// <summary>Where it names them.</summary>
    public string ActingField { get; init; } = "user_id";

    /// <summary>What is wrong with the request as a whole; null when nothing is.</summary>
    public ApiError? Refusal { get; init; }

    /// <summary>Whether only a member can do that, and not the holder of an admin's token without a seat.</summary>
    public bool NeedsSeat { get; init; }
}
