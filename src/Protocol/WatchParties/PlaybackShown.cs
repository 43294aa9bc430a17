using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>
/// Where a party is, as clients compute with it: while <paramref name="Playing"/>, the position at a time t of the server's clock is
/// <c>position_ms + (t - at_ms) * rate</c> from <paramref name="AtMs"/> on. Before that instant what held before goes on.
/// </summary>
/// <param name="ItemId">What plays; null for nothing.</param>
/// <param name="PositionMs">The position at <paramref name="AtMs"/>, in milliseconds.</param>
/// <param name="Playing">Whether it plays from then on.</param>
/// <param name="Rate">Times normal speed.</param>
/// <param name="AtMs">Since when, or from when on, in Unix milliseconds of the server's clock.</param>
/// <param name="DurationMs">How long the item is; null when nobody knows.</param>
/// <param name="ChangedBy">Whose command it was; null for the party's own.</param>
public sealed record PlaybackShown(
    string? ItemId, long PositionMs, bool Playing, double Rate, long AtMs, long? DurationMs, string? ChangedBy)
{
    /// <summary>Shows a party's playback.</summary>
    /// <param name="playback">The playback.</param>
    /// <param name="durationMs">How long its item is; null when nobody knows.</param>
    /// <returns>The form that clients get.</returns>
    public static PlaybackShown Of(Playback playback, long? durationMs) => new(
        playback.ItemId,
        playback.PositionMs,
        playback.Playing,
        playback.Rate,
        playback.At.ToUnixTimeMilliseconds(),
        durationMs,
        playback.ChangedBy);

    /// <summary>Shows what goes on until the playback of an answer begins.</summary>
    /// <param name="state">Where the party is.</param>
    /// <returns>In order, each until the next one begins; the first holds now. Null when nothing is announced.</returns>
    public static IReadOnlyList<PlaybackShown>? Before(PlaybackChanged state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Before.Count == 0
            ? null
            : [.. state.Before.Select((playback, place) => Of(playback, state.BeforeDurationsMs?.ElementAtOrDefault(place)))];
    }
}

/// <summary>The client's own seat.</summary>
/// <param name="UserId">Its id.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Role">What they are, in the surface's word.</param>
/// <param name="IsGuest">Whether they have no account.</param>
/// <param name="Muted">Whether they are muted.</param>
/// <param name="GuestToken">A guest who came with a ticket: the token to come back with. Left out otherwise.</param>
/// <param name="GuestTokenExpiresAt">When that ends.</param>
public sealed record OwnSeatShown(
    string UserId,
    string Name,
    string Role,
    bool IsGuest,
    bool Muted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? GuestToken = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? GuestTokenExpiresAt = null);

/// <summary>What a party is, besides its playback and its people.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">The title.</param>
/// <param name="Description">More about it; null for none.</param>
/// <param name="HostUserId">The host; null when nobody has a seat.</param>
/// <param name="InviteCode">The code; null for those who have no seat.</param>
/// <param name="Settings">The settings.</param>
/// <param name="HasPassword">Whether a password is asked of whoever joins.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="StartedAt">When it began; null before.</param>
/// <param name="ParticipantCount">How many have a seat.</param>
public sealed record WatchPartyShown(
    string Id,
    string Title,
    string? Description,
    string? HostUserId,
    string? InviteCode,
    WatchSettings Settings,
    bool HasPassword,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    int ParticipantCount)
{
    /// <summary>Shows a party.</summary>
    /// <param name="view">The party.</param>
    /// <returns>The form that clients get.</returns>
    public static WatchPartyShown Of(WatchPartyView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new(
            view.Id,
            view.Title,
            view.Description,
            view.HostId,
            view.InviteCode,
            view.Settings,
            view.HasPassword,
            view.CreatedAt,
            view.StartedAt,
            view.ParticipantCount);
    }
}
