using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>Somebody in the frames of <c>/api/v1/watch-parties/{id}/ws</c>.</summary>
/// <param name="UserId">Who.</param>
/// <param name="DisplayName">Their name.</param>
/// <param name="AvatarUrl">Their picture; left out for none.</param>
/// <param name="Role"><c>host</c>, <c>co-host</c> or <c>viewer</c>.</param>
/// <param name="IsGuest">Whether they have no account.</param>
public sealed record WatchPersonShown(
    string UserId,
    string DisplayName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AvatarUrl,
    string Role,
    bool IsGuest)
{
    /// <summary>Shows somebody.</summary>
    /// <param name="face">Who.</param>
    /// <returns>The form that clients get.</returns>
    public static WatchPersonShown Of(WatchFace face)
    {
        ArgumentNullException.ThrowIfNull(face);
        return new(face.MemberId, face.Name, face.AvatarUrl, WordOf(face.Role), face.IsGuest);
    }

    /// <summary>The word of a role on the watch-parties surface.</summary>
    /// <param name="role">The role.</param>
    /// <returns><c>host</c>, <c>co-host</c> or <c>viewer</c>.</returns>
    public static string WordOf(WatchRole role) => role switch
    {
        WatchRole.Host => "host",
        WatchRole.CoHost => "co-host",
        _ => "viewer",
    };
}

/// <summary>A message in the frames of <c>/api/v1/watch-parties/{id}/ws</c>, as its REST surface shows it too.</summary>
/// <param name="Id">Its id.</param>
/// <param name="WatchPartyId">The party.</param>
/// <param name="UserId">Who said it.</param>
/// <param name="DisplayName">Their name then.</param>
/// <param name="Message">What they said; empty when it was taken back.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ItemId">What played; null for nothing.</param>
/// <param name="PositionMs">The position it is pinned to, in milliseconds.</param>
/// <param name="Deleted">Whether it was taken back.</param>
/// <param name="Role">What they were when they said it; left out where that is not kept.</param>
/// <param name="AvatarUrl">Their picture then; left out for none.</param>
public sealed record WatchChatShown(
    string Id,
    string WatchPartyId,
    string UserId,
    string DisplayName,
    string Message,
    DateTimeOffset CreatedAt,
    string? ItemId,
    long PositionMs,
    bool Deleted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AvatarUrl = null)
{
    /// <summary>Shows a message.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="message">The message.</param>
    /// <returns>The form that clients get.</returns>
    public static WatchChatShown Of(string partyId, ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(
            message.MessageId,
            partyId,
            message.MemberId,
            message.Name,
            message.Text,
            message.At,
            message.ItemId,
            message.PositionMs,
            message.Deleted);
    }
}
